"""Addresses of exchange."""

from django.urls import path
from django.views.generic import TemplateView

app_name = "exchange"
urlpatterns = [path("", TemplateView.as_view(template_name="home/home.html"), name="board")]
