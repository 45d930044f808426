"""Addresses of the workbench, the board and the search."""

from django.urls import path

from chanjiao.interfaces.web.home import funnel_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("waiting/", views.waiting_count, name="waiting_count"),
    path("stand/", views.stand, name="stand"),
    path("stand/funnel/", funnel_views.funnel, name="funnel"),
    path("stand/funnel/rows/", funnel_views.rows, name="funnel_rows"),
    path("stand/wall/", views.wall, name="wall"),
    path("search/", views.search, name="search"),
]
