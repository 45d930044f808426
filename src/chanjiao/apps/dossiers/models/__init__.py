"""Dossiers of programme changes: the dossier, its evidence, the opinions on it."""

from chanjiao.apps.dossiers.models.dossier import Decision, Dossier, DossierState, Effect
from chanjiao.apps.dossiers.models.evidence import Evidence, EvidenceKind
from chanjiao.apps.dossiers.models.opinion import Opinion, OpinionSide, Verdict

__all__ = [
    "Decision",
    "Dossier",
    "DossierState",
    "Effect",
    "Evidence",
    "EvidenceKind",
    "Opinion",
    "OpinionSide",
    "Verdict",
]
