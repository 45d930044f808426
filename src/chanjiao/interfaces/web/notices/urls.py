"""Addresses of the inbox and of the links that answer."""

from django.urls import path

from chanjiao.interfaces.web.notices import answer_views, settings_views, views

app_name = "notices"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("unread/", views.unread, name="unread"),
    path("read/", views.read, name="read_all"),
    path("settings/", settings_views.preference, name="settings"),
    path("contacts/<int:pk>/", settings_views.contacts, name="contacts"),
    path("bots/<int:pk>/", settings_views.bots, name="bots"),
    path("bots/<int:pk>/end/", settings_views.end, name="end_bot"),
    path("<int:pk>/", views.open_notice, name="open"),
    path("answer/<str:token>/", answer_views.answer, name="answer"),
]
