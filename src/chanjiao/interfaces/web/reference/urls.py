"""Addresses of the code tables."""

from django.urls import path

from chanjiao.interfaces.web.reference import views

app_name = "reference"
urlpatterns = [
    path("", views.tables, name="index"),
    path("suggest/", views.options, name="suggest"),
    path("<str:system>/", views.table, name="system"),
    path("<str:system>/<str:code>/", views.term, name="term"),
    path("<str:system>/<str:code>/below/", views.below, name="below"),
]
