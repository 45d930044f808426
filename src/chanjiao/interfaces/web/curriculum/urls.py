"""Addresses of curricula."""

from django.urls import path

from chanjiao.interfaces.web.curriculum import views

app_name = "curriculum"
urlpatterns = [
    path("<int:pk>/", views.point, name="point"),
    path("<int:pk>/courses/", views.courses, name="courses"),
    path("<int:pk>/courses/drop/", views.drop, name="drop"),
]
