"""Every address of the site; the permission table of the tests walks this list."""

from __future__ import annotations

from django.urls import include, path

from chanjiao.interfaces.api import api
from chanjiao.interfaces.web import errors

urlpatterns = [
    path("", include("chanjiao.interfaces.web.home.urls")),
    path("accounts/", include("chanjiao.interfaces.web.accounts.urls")),
    path("reference/", include("chanjiao.interfaces.web.reference.urls")),
    path("members/", include("chanjiao.interfaces.web.members.urls")),
    path("founding/", include("chanjiao.interfaces.web.founding.urls")),
    path("papers/", include("chanjiao.interfaces.web.papers.urls")),
    path("exchange/", include("chanjiao.interfaces.web.exchange.urls")),
    path("cooperation/", include("chanjiao.interfaces.web.cooperation.urls")),
    path("projects/", include("chanjiao.interfaces.web.projects.urls")),
    path("matches/", include("chanjiao.interfaces.web.matching.urls")),
    path("notices/", include("chanjiao.interfaces.web.notices.urls")),
    path("transfer/", include("chanjiao.interfaces.web.transfer.urls")),
    path("placement/", include("chanjiao.interfaces.web.placement.urls")),
    path("programmes/", include("chanjiao.interfaces.web.programmes.urls")),
    path("curriculum/", include("chanjiao.interfaces.web.curriculum.urls")),
    path("plans/", include("chanjiao.interfaces.web.plans.urls")),
    path("report/", include("chanjiao.interfaces.web.report.urls")),
    path("dossiers/", include("chanjiao.interfaces.web.dossiers.urls")),
    path("imports/", include("chanjiao.interfaces.web.imports.urls")),
    path("administration/", include("chanjiao.interfaces.web.administration.urls")),
    path("api/v1/", api.urls),
]
handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.not_found
handler500 = errors.server_error
