"""Addresses of matching."""

from django.urls import path

from chanjiao.interfaces.web.matching import choice_views, reply_views, views, weight_views

app_name = "matching"
urlpatterns = [
    path("", views.matches, name="list"),
    path("run/", views.run, name="run"),
    path("choice/", choice_views.choice, name="choice"),
    path("choice/organisation/", choice_views.organisation_choice, name="organisation_choice"),
    path("why/", choice_views.why, name="why"),
    path("weights/", weight_views.weights, name="weights"),
    path("weights/learn/", weight_views.learn, name="learn"),
    path("weights/<str:kind>/", weight_views.kind_weights, name="kind_weights"),
    path("weights/<str:kind>/restore/", weight_views.restore, name="restore"),
    path("replies/", reply_views.figures, name="replies"),
    path("replies/rows/", reply_views.rows, name="turns"),
    path("replies/terms/", reply_views.terms, name="terms"),
    path("<int:pk>/write/", reply_views.write, name="write"),
    path("<int:pk>/", views.match, name="match"),
    path("<int:pk>/accept/", views.accept, name="accept"),
    path("<int:pk>/decline/", views.decline, name="decline"),
]
