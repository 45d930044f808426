"""What agreements leave to do, and the needs that they came from."""

from __future__ import annotations

from chanjiao.apps.cooperation.models import Agreement
from chanjiao.apps.cooperation.publicity_selectors import PublicityRow, objections_to_answer, prices_to_publicise
from chanjiao.apps.cooperation.selectors import signatures_due
from chanjiao.apps.cooperation.shown import AgreementRow
from chanjiao.core.commitments import Item, Source, Standing, register_source
from chanjiao.core.traces import register_path
from chanjiao.engines.words import N_


def _to_sign(one: AgreementRow) -> Item:
    return Item(one.title, "、".join(one.parties), "cooperation.agreement", one.id)


def _to_publicise(one: Agreement) -> Item:
    return Item(str(one), one.number, "cooperation.agreement", one.pk)


def _objected_to(one: PublicityRow) -> Item:
    return Item(one.subject, one.number, "cooperation.publicity", one.id)


register_path(Agreement, "match__need_id")
register_source(
    Source(
        "cooperation.signatures",
        Standing.WAITS,
        N_("Agreements waiting for your signature"),
        N_("Read and sign"),
        "certificate",
        lambda actor, now: signatures_due(actor),
        _to_sign,
    )
)
register_source(
    Source(
        "cooperation.publicise",
        Standing.WAITS,
        N_("Prices to publicise"),
        N_("Publicise"),
        "world",
        lambda actor, now: prices_to_publicise(actor),
        _to_publicise,
    )
)
register_source(
    Source(
        "cooperation.objections",
        Standing.WAITS,
        N_("Objections to answer"),
        N_("Answer"),
        "message-2",
        lambda actor, now: objections_to_answer(actor),
        _objected_to,
    )
)
