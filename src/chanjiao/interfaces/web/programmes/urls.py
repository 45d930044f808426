"""Addresses of programmes."""

from django.urls import path

from chanjiao.interfaces.web.programmes import views

app_name = "programmes"
urlpatterns = [
    path("", views.points, name="list"),
    path("new/", views.add, name="add"),
    path("<int:pk>/", views.point, name="point"),
    path("<int:pk>/edit/", views.edit, name="edit"),
]
