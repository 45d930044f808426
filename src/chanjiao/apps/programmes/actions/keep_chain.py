"""Keep an industry chain of the city."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from chanjiao.apps.exchange.codes import is_known
from chanjiao.apps.programmes.changes import refuse_faults, rewritten
from chanjiao.apps.programmes.models import IndustryChain
from chanjiao.apps.programmes.rights import may_tell_demand
from chanjiao.core.audit import record_change
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def keep_chain(
    *,
    actor: Actor,
    name: str,
    is_key: bool,
    industry_codes: tuple[str, ...],
    now: datetime,
    pk: int | None = None,
    version: int | None = None,
) -> IndustryChain:
    """The chain as told: a new one, or that of `pk`; `chain.exists` where another bears the name."""
    require(may_tell_demand(actor))
    wrong = [code for code in industry_codes if not is_known("industry", code)]
    faults = [ChanjiaoError("listing.unknown_code", field="industry_codes", value=code[:40]) for code in wrong]
    if not name.strip():
        faults.append(ChanjiaoError("import.required", field="name"))
    refuse_faults(faults)
    values = {"name": name.strip()[:60], "is_key": is_key, "industry_codes": list(dict.fromkeys(industry_codes))}
    try:
        with transaction.atomic():
            if pk is None:
                chain = IndustryChain.objects.create(**values)
                record_change(actor=actor, action="keep_chain", instance=chain, now=now)
                return chain
            known = IndustryChain.objects.select_for_update().filter(pk=pk).first()
            if known is None:
                raise ChanjiaoError("record.not_found")
            return rewritten(actor=actor, row=known, action="keep_chain", now=now, version=version, **values)
    except IntegrityError:
        raise ChanjiaoError("chain.exists", field="name") from None
