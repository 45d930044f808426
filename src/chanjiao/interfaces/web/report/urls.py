"""Addresses of the yearly report."""

from django.urls import path

from chanjiao.interfaces.web.report import views

app_name = "report"
urlpatterns = [
    path("", views.report, name="report"),
    path("report.docx", views.docx, name="docx"),
    path("report.pdf", views.pdf, name="pdf"),
]
