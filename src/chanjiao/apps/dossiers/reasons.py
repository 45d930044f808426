"""Why a change is refused or sent back: a code of the book, and words that say what is meant."""

from __future__ import annotations

from chanjiao.apps.dossiers.book import book
from chanjiao.apps.dossiers.rules import text_faults
from chanjiao.apps.exchange.contents import clean_text
from chanjiao.core.errors import ChanjiaoError, Rejected


def checked_reason(reason: str, note: str) -> dict[str, object]:
    """Reason and note as columns of a dossier; both are needed, because a code alone mends nothing."""
    note = clean_text(note)
    errors = [*text_faults(note=note)]
    if reason not in book().refusals:
        errors.insert(0, ChanjiaoError("listing.required", field="reason"))
    if errors:
        raise Rejected(errors)
    return {"reason": reason, "note": note}
