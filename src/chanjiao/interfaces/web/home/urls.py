"""Addresses of the workbench."""

from django.urls import path

from chanjiao.interfaces.web.home import views

urlpatterns = [path("", views.home, name="home")]
