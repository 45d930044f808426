"""Addresses of programmes."""

from django.urls import path

from chanjiao.interfaces.web.programmes import (
    alignment_views,
    behind_views,
    demand_views,
    forecast_views,
    views,
    warning_views,
    year_views,
)

app_name = "programmes"
urlpatterns = [
    path("", views.points, name="list"),
    path("new/", views.add, name="add"),
    path("<int:pk>/", views.point, name="point"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/year/", year_views.tell, name="tell_year"),
    path("years/", year_views.years, name="years"),
    path("demand/", demand_views.demand, name="demand"),
    path("demand/new/", demand_views.tell, name="tell_demand"),
    path("demand/<int:pk>/", demand_views.tell, name="edit_demand"),
    path("chains/", demand_views.chains, name="chains"),
    path("chains/new/", demand_views.chain, name="add_chain"),
    path("chains/<int:pk>/", demand_views.chain, name="edit_chain"),
    path("alignment/", alignment_views.alignment, name="alignment"),
    path("alignment/behind/", behind_views.behind, name="behind"),
    path("alignment/flow/", alignment_views.flow, name="flow"),
    path("outlook/", forecast_views.forecasts, name="forecasts"),
    path("outlook/<str:code>/", forecast_views.forecast, name="forecast"),
    path("warnings/", warning_views.warnings, name="warnings"),
    path("warnings/issue/", warning_views.issue, name="issue"),
    path("warnings/rules/", warning_views.rules, name="rules"),
    path("warnings/<int:pk>/", warning_views.card, name="card"),
]
