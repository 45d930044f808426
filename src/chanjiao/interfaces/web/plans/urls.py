"""Addresses of plans."""

from django.urls import path

from chanjiao.interfaces.web.plans import compare_views, plan_views, views

app_name = "plans"
urlpatterns = [
    path("", views.scenario_list, name="list"),
    path("new/", views.add, name="add"),
    path("side-by-side/", compare_views.compare, name="compare"),
    path("<int:pk>/", views.scenario, name="scenario"),
    path("<int:pk>/solve/", views.solve, name="solve"),
    path("<int:pk>/stop/", views.stop, name="stop"),
    path("results/<int:pk>/", plan_views.plan, name="plan"),
    path("results/<int:pk>/files/", plan_views.files, name="files"),
    path("changes/<int:pk>/", plan_views.change, name="change"),
]
