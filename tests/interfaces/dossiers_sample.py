"""A dossier in every state, for tests that walk all routes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from chanjiao.apps.dossiers.actions.cite_evidence import attach_file, cite_rows
from chanjiao.apps.dossiers.models import Dossier
from tests.apps.dossiers import samples
from tests.cast import Cast


@dataclass(frozen=True, slots=True)
class DossierSample:
    """Dossiers of the college, by state; `drafted` cites two figures and a file, its third row."""

    drafted: Dossier
    complete: Dossier
    asked: Dossier
    ready: Dossier
    decided: Dossier
    carried_out: Dossier


def make_dossiers(cast: Cast) -> DossierSample:
    """The sample, stored; one was carried out more than a year ago."""
    now = timezone.now()
    drafted = samples.drafted(cast, now=now)
    cite_rows(actor=cast.dean, pk=drafted.pk, keys=samples.figure_keys(drafted), now=now)
    attach_file(actor=cast.dean, pk=drafted.pk, title="", chunks=[b"%PDF-1.7 9"], file_name="论证.pdf", now=now)
    return DossierSample(
        drafted=drafted,
        complete=samples.complete(cast, now, "530701"),
        asked=samples.asked(cast, now, "530702"),
        ready=samples.ready(cast, now, "530704"),
        decided=samples.decided(cast, now, "530802"),
        carried_out=samples.carried_out(cast, now - timedelta(days=400), "530805"),
    )
