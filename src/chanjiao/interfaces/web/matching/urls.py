"""Addresses of matching."""

from django.urls import path

from chanjiao.interfaces.web.matching import views

app_name = "matching"
urlpatterns = [
    path("", views.matches, name="list"),
    path("run/", views.run, name="run"),
    path("<int:pk>/", views.match, name="match"),
    path("<int:pk>/accept/", views.accept, name="accept"),
    path("<int:pk>/decline/", views.decline, name="decline"),
]
