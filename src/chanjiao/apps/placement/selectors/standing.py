"""What a round has yielded: figures by rank, group and college, each of which opens to its rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from chanjiao.apps.placement.changes import round_run_by
from chanjiao.apps.placement.models import OfferState, Placement, PlacementOffer, PlacementRound, PlacementRun
from chanjiao.apps.placement.rights import runs_round
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor

FEW = 5
"""Below this number of students a share would tell of single persons, and is not given."""


@dataclass(frozen=True, slots=True)
class Share:
    """How students of one group or college fared."""

    name: str
    key: str
    students: int
    placed: int
    first_wish: int
    first_three: int
    accepted: int
    joined: int

    @property
    def is_few(self) -> bool:
        """Whether there are too few students to compare."""
        return self.students < FEW


@dataclass(frozen=True, slots=True)
class Yield:
    """What a round has yielded."""

    whole: Share
    places: int
    ranks: tuple[tuple[int, int], ...]
    colleges: tuple[Share, ...]
    groups: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One student in the figures, by alias; `offer` is the state of the latest offer."""

    alias: str
    college_id: int
    college: str
    groups: tuple[str, ...]
    rank: int | None
    seat: str
    firm: str
    offer: str

    @property
    def offer_words(self) -> str:
        """The state of the offer in words; empty without one."""
        return str(OfferState(self.offer).label) if self.offer else ""


@dataclass(frozen=True, slots=True)
class RowFilters:
    """What narrows the rows behind a figure."""

    rank: int | None = None
    placed: str = ""
    college: int | None = None
    group: str = ""
    offer: str = ""


def yield_of(actor: Actor, run: PlacementRun) -> Yield:
    """The figures of a run; for who runs the round. Two queries, whatever the size."""
    found = rows(actor, run)
    colleges = Counter((one.college_id, one.college) for one in found)
    groups = Counter(group for one in found for group in one.groups)
    return Yield(
        whole=_share("", "", found),
        places=run.places_count,
        ranks=tuple(sorted(Counter(one.rank for one in found if one.rank is not None).items())),
        colleges=tuple(
            _share(name, str(pk), [one for one in found if one.college_id == pk]) for pk, name in sorted(colleges)
        ),
        groups=tuple(_share(name, name, [one for one in found if name in one.groups]) for name in sorted(groups)),
    )


def rows(actor: Actor, run: PlacementRun, filters: RowFilters = RowFilters()) -> list[Row]:
    """The students of a run, by alias; for who runs the round."""
    if not runs_round(actor, run.round):
        raise ChanjiaoError("record.not_found")
    offers = dict(PlacementOffer.objects.filter(round=run.round_id).order_by("pk").values_list("student_id", "state"))
    columns = (
        "student_id", "student__alias", "student__college_id", "student__college__name", "student__groups", "rank",
        "seat__title", "seat__organisation__name",
    )  # fmt: skip
    found = _narrowed(run.placements.all(), filters).order_by("student__alias").values_list(*columns)
    made = (
        Row(alias, college, name, tuple(groups or ()), rank, seat or "", firm or "", offers.get(pk, ""))
        for pk, alias, college, name, groups, rank, seat, firm in found
    )
    return [
        one
        for one in made
        if (not filters.group or filters.group in one.groups) and (not filters.offer or _answers(one, filters.offer))
    ]


def _answers(one: Row, wanted: str) -> bool:
    accepted = (OfferState.ACCEPTED, OfferState.JOINED)
    return one.offer in accepted if wanted == OfferState.ACCEPTED else one.offer == wanted


def _narrowed(found: QuerySet[Placement], filters: RowFilters) -> QuerySet[Placement]:
    if filters.rank is not None:
        found = found.filter(rank=filters.rank)
    if filters.placed:
        found = found.filter(seat__isnull=filters.placed == "no")
    return found.filter(student__college_id=filters.college) if filters.college is not None else found


def _share(name: str, key: str, found: list[Row]) -> Share:
    return Share(
        name=name,
        key=key,
        students=len(found),
        placed=sum(one.rank is not None for one in found),
        first_wish=sum(one.rank == 1 for one in found),
        first_three=sum(one.rank is not None and one.rank <= 3 for one in found),
        accepted=sum(one.offer in (OfferState.ACCEPTED, OfferState.JOINED) for one in found),
        joined=sum(one.offer == OfferState.JOINED for one in found),
    )


@dataclass(frozen=True, slots=True)
class OfferFilters:
    """What narrows the list of offers."""

    state: str = ""
    text: str = ""
    from_line: bool = False


def offers(actor: Actor, round_: PlacementRound, filters: OfferFilters = OfferFilters()) -> QuerySet[PlacementOffer]:
    """The offers of a round, by alias, for who runs it; the latest first."""
    round_run_by(actor, round_.pk)
    found = PlacementOffer.objects.filter(round=round_).select_related("student__college", "seat__organisation")
    if filters.state:
        found = found.filter(state=filters.state)
    if filters.from_line:
        found = found.filter(from_line=True)
    if filters.text.strip():
        text = filters.text.strip()
        found = found.filter(Q(student__alias=text) | Q(seat__title__icontains=text))
    return found.order_by("-pk")
