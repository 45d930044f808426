"""Addresses of the code tables."""

from django.urls import path

from chanjiao.interfaces.web.reference import link_views, views

app_name = "reference"
urlpatterns = [
    path("", views.tables, name="index"),
    path("suggest/", views.options, name="suggest"),
    path("links/", link_views.links, name="links"),
    path("links/infer/", link_views.infer, name="infer_links"),
    path("links/<int:pk>/judge/", link_views.judge, name="judge_link"),
    path("links/<int:pk>/remove/", link_views.remove, name="remove_link"),
    path("links/<str:code>/enter/", link_views.enter, name="enter_link"),
    path("<str:system>/", views.table, name="system"),
    path("<str:system>/<str:code>/", views.term, name="term"),
    path("<str:system>/<str:code>/below/", views.below, name="below"),
]
