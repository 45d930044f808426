"""Addresses of projects."""

from django.urls import path

from chanjiao.interfaces.web.projects import deed_views, proof_views, views

app_name = "projects"
urlpatterns = [
    path("", views.projects, name="list"),
    path("start/<int:agreement_id>/", deed_views.start, name="start"),
    path("<int:pk>/", views.project, name="project"),
    path("<int:pk>/gantt/", views.gantt, name="gantt"),
    path("<int:pk>/proofs/", views.proofs, name="proofs"),
    path("<int:pk>/money/", views.money, name="money"),
    path("<int:pk>/end/", views.closing, name="closing"),
    path("<int:pk>/milestones/new/", deed_views.milestone, name="add_milestone"),
    path("<int:pk>/milestones/<int:milestone_id>/", deed_views.milestone, name="milestone"),
    path("<int:pk>/milestones/<int:milestone_id>/drop/", deed_views.drop, name="drop"),
    path("<int:pk>/proofs/new/", proof_views.hand_in, name="hand_in"),
    path("<int:pk>/proofs/<int:number>/", proof_views.proof, name="proof"),
    path("<int:pk>/proofs/<int:number>/judge/", proof_views.judge, name="judge"),
    path("<int:pk>/proofs/<int:number>/replace/", proof_views.replace, name="replace"),
    path("<int:pk>/proofs/<int:number>/<int:version>/file/", proof_views.file, name="file"),
    path("<int:pk>/money/book/", deed_views.book, name="book"),
    path("<int:pk>/money/<int:entry_id>/cancel/", deed_views.unbook, name="unbook"),
    path("<int:pk>/evaluate/", deed_views.evaluate, name="evaluate"),
    path("<int:pk>/close/", deed_views.close, name="close"),
]
