"""Addresses of dossiers."""

from django.urls import path

from chanjiao.interfaces.web.dossiers import deed_views, document_views, evidence_views, views, writing_views

app_name = "dossiers"
urlpatterns = [
    path("", views.dossiers, name="list"),
    path("new/", writing_views.new, name="new"),
    path("<int:pk>/", views.dossier, name="dossier"),
    path("<int:pk>/edit/", writing_views.edit, name="edit"),
    path("<int:pk>/cite/", evidence_views.cite, name="cite"),
    path("<int:pk>/attach/", evidence_views.attach, name="attach"),
    path("<int:pk>/evidence/<int:number>/", evidence_views.file, name="file"),
    path("<int:pk>/evidence/<int:number>/remove/", evidence_views.remove, name="remove"),
    path("<int:pk>/complete/", deed_views.complete, name="complete"),
    path("<int:pk>/ask/", deed_views.ask, name="ask"),
    path("<int:pk>/opinion/", deed_views.opinion, name="opinion"),
    path("<int:pk>/ready/", deed_views.ready, name="ready"),
    path("<int:pk>/return/", deed_views.send_back, name="return"),
    path("<int:pk>/decide/", deed_views.decide, name="decide"),
    path("<int:pk>/carry-out/", deed_views.carry_out, name="carry_out"),
    path("<int:pk>/measure/", deed_views.measure, name="measure"),
    path("<int:pk>/withdraw/", deed_views.withdraw, name="withdraw"),
    path("<int:pk>/dossier.docx", document_views.docx, name="docx"),
    path("<int:pk>/dossier.pdf", document_views.pdf, name="pdf"),
]
