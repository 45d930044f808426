"""What can be imported and exported: one module a kind, in one table."""

from __future__ import annotations

from chanjiao.apps.imports.kinds.agreements import AGREEMENTS
from chanjiao.apps.imports.kinds.answers import ANSWERS
from chanjiao.apps.imports.kinds.base import ImportKind
from chanjiao.apps.imports.kinds.challenges import CHALLENGES
from chanjiao.apps.imports.kinds.demand import DEMAND
from chanjiao.apps.imports.kinds.headcounts import HEADCOUNTS
from chanjiao.apps.imports.kinds.link_shares import LINK_SHARES
from chanjiao.apps.imports.kinds.listings import NEEDS, OFFERS
from chanjiao.apps.imports.kinds.milestones import MILESTONES
from chanjiao.apps.imports.kinds.organisations import ORGANISATIONS
from chanjiao.apps.imports.kinds.programme_years import PROGRAMME_YEARS
from chanjiao.apps.imports.kinds.programmes import PROGRAMMES
from chanjiao.apps.imports.kinds.projects import PROJECTS
from chanjiao.apps.imports.kinds.proofs import PROOFS
from chanjiao.apps.imports.kinds.registrations import REGISTRATIONS
from chanjiao.apps.imports.kinds.wishes import WISH_LISTS
from chanjiao.core.errors import ChanjiaoError

KINDS: dict[str, ImportKind] = {
    kind.key: kind
    for kind in (
        ORGANISATIONS, NEEDS, OFFERS, PROGRAMMES, PROGRAMME_YEARS, DEMAND, HEADCOUNTS, LINK_SHARES,
        AGREEMENTS, PROJECTS, MILESTONES, PROOFS, CHALLENGES, ANSWERS, REGISTRATIONS, WISH_LISTS,
    )
}  # fmt: skip


def kind_named(key: str) -> ImportKind:
    """The kind; `import.unknown_kind` names those there are."""
    if key not in KINDS:
        raise ChanjiaoError("import.unknown_kind", kind=key[:40], expected="、".join(KINDS))
    return KINDS[key]
