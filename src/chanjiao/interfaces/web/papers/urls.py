"""Addresses of papers."""

from django.urls import path

from chanjiao.interfaces.web.papers import views

app_name = "papers"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.paper, name="paper"),
    path("<int:pk>/<int:number>/", views.part, name="part"),
    path("<int:pk>/<int:number>/skip/", views.skip, name="skip"),
]
