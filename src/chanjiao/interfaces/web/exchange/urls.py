"""Addresses of exchange."""

from django.urls import path, register_converter

from chanjiao.apps.exchange.kinds import Side
from chanjiao.interfaces.web.exchange import deed_views, entry_views, list_views, listing_views, views


class SideConverter:
    """`needs` or `offers` in an address."""

    regex = "needs|offers"

    def to_python(self, value: str) -> Side:
        return Side(value.removesuffix("s"))

    def to_url(self, value: str) -> str:
        return f"{value}s"


register_converter(SideConverter, "side")

app_name = "exchange"
urlpatterns = [
    path("", views.board, name="board"),
    path("needs/", views.board, {"side": Side.NEED}, name="needs"),
    path("offers/", views.board, {"side": Side.OFFER}, name="offers"),
    path("lists/", list_views.lists, name="lists"),
    path("lists/publish/", list_views.publish, name="publish_list"),
    path("lists/<int:pk>/", list_views.edition, name="list_edition"),
    path("mine/", views.own, name="own"),
    path("review/", views.review_queue, name="review"),
    path("needs/<int:pk>/", listing_views.listing, {"side": Side.NEED}, name="need"),
    path("offers/<int:pk>/", listing_views.listing, {"side": Side.OFFER}, name="offer"),
    path("<side:side>/new/", entry_views.post, name="post"),
    path("<side:side>/<int:pk>/edit/", entry_views.edit, name="edit"),
    path("<side:side>/<int:pk>/submit/", deed_views.submit, name="submit"),
    path("<side:side>/<int:pk>/review/", deed_views.review, name="judge"),
    path("<side:side>/<int:pk>/close/", deed_views.close, name="close"),
    path("<side:side>/<int:pk>/renew/", deed_views.renew, name="renew"),
]
