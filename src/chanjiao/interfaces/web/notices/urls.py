"""Addresses of the inbox and of the links that answer."""

from django.urls import path

from chanjiao.interfaces.web.notices import answer_views, views

app_name = "notices"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("unread/", views.unread, name="unread"),
    path("read/", views.read, name="read_all"),
    path("<int:pk>/", views.open_notice, name="open"),
    path("answer/<str:token>/", answer_views.answer, name="answer"),
]
