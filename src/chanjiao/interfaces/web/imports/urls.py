"""Addresses of import and export."""

from django.urls import path

from chanjiao.interfaces.web.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.index, name="index"),
    path("export/<slug:kind>/", views.export, name="export"),
    path("template/<slug:kind>/", views.template, name="template"),
    path("<int:pk>/", views.batch, name="batch"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/discard/", views.discard, name="discard"),
    path("<int:pk>/undo/", views.undo, name="undo"),
    path("<int:pk>/rejected/", views.rejected, name="rejected"),
]
