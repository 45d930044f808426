"""Addresses of founding."""

from django.urls import path

from chanjiao.interfaces.web.founding import fact_views, views

app_name = "founding"
urlpatterns = [
    path("", views.index, name="index"),
    path("training/", views.training, name="training"),
    path("corrections.jsonl", views.corrections, name="corrections"),
    path("<int:pk>/", views.draft, name="draft"),
    path("<int:pk>/accept/", views.accept, name="accept"),
    path("<int:pk>/discard/", views.discard, name="discard"),
    path("<int:pk>/facts/add/<str:kind>/", fact_views.add, name="add_fact"),
    path("<int:pk>/facts/<str:fact_id>/", fact_views.change, name="change_fact"),
    path("<int:pk>/facts/<str:fact_id>/confirm/", fact_views.confirm, name="confirm_fact"),
    path("<int:pk>/facts/<str:fact_id>/merge/", fact_views.merge, name="merge_fact"),
    path("<int:pk>/facts/<str:fact_id>/remove/", fact_views.remove, name="remove_fact"),
]
