"""Programme points: who adds and edits them, what is refused, who asks for them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chanjiao.apps.programmes.actions.add_programme_point import add_programme_point
from chanjiao.apps.programmes.actions.edit_programme_point import edit_programme_point
from chanjiao.apps.programmes.models import ProgrammePoint
from chanjiao.apps.programmes.rules.points import Figures
from chanjiao.apps.programmes.selectors.points import (
    Filters,
    colleges,
    colleges_to_edit,
    needs_asking_for,
    occupations_of,
    programme_point,
    programme_points,
    totals,
)
from chanjiao.apps.reference.models import CodeSystem, Link
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.models import AuditRecord
from chanjiao.core.permissions import Actor
from tests.apps.exchange.samples import need
from tests.cast import NOW, Cast

FIGURES = Figures(years=3, intake=90, enrolled=262, teachers=12, dual_qualified=9, first_year=2004)


def add(
    cast: Cast, actor: Actor | None = None, code: str = "460103", level: str = "associate", figures: Figures = FIGURES
) -> ProgrammePoint:
    return add_programme_point(
        actor=actor or cast.dean, college_id=cast.college.pk, level=level, code=code, figures=figures, now=NOW
    )


def test_an_officer_adds_a_programme_of_their_college(cast: Cast) -> None:
    point = add(cast)

    assert (point.programme_code, point.major_code, point.intake, point.version) == ("460103", "", 90, 1)
    assert AuditRecord.objects.get().action == "add_programme_point"


def test_an_undergraduate_major_stands_in_its_own_catalogue(cast: Cast) -> None:
    point = add(cast, code="080202", level="bachelor")

    assert (point.programme_code, point.major_code, point.code, point.system) == ("", "080202", "080202", "major")


@pytest.mark.parametrize("who", ["nobody", "stranger", "student", "teacher", "personnel_officer", "bureau_officer"])
def test_nobody_else_adds_or_edits(cast: Cast, who: str) -> None:
    point = add(cast)

    for attempt in (
        lambda actor: add(cast, actor, code="460301"),
        lambda actor: edit_programme_point(actor=actor, pk=point.pk, version=1, figures=FIGURES, now=NOW),
    ):
        with pytest.raises(ChanjiaoError) as refusal:
            attempt(cast.people[who])
        assert refusal.value.code == "action.denied"
    assert ProgrammePoint.objects.count() == 1


def test_the_same_programme_is_not_added_twice(cast: Cast) -> None:
    add(cast)

    with pytest.raises(ChanjiaoError) as refusal:
        add(cast)

    assert refusal.value.code == "programme.exists"
    assert AuditRecord.objects.count() == 1


def test_all_wrong_fields_are_named_at_once(cast: Cast) -> None:
    with pytest.raises(Rejected) as refusal:
        add(cast, code="999999", figures=Figures(years=0, intake=-1, enrolled=0, teachers=1, dual_qualified=2))

    assert {error.field for error in refusal.value.errors} == {"code", "years", "intake", "dual_qualified"}
    assert not ProgrammePoint.objects.exists()


def test_a_code_of_another_level_is_refused(cast: Cast) -> None:
    with pytest.raises(Rejected) as refusal:
        add(cast, code="660103", level="associate")

    assert refusal.value.code == "programme.unknown_code"


def test_an_enterprise_teaches_no_programmes(cast: Cast) -> None:
    with pytest.raises(ChanjiaoError) as refusal:
        add_programme_point(
            actor=cast.personnel_officer,
            college_id=cast.enterprise.pk,
            level="associate",
            code="460103",
            figures=FIGURES,
            now=NOW,
        )

    assert refusal.value.code == "programme.not_a_college"


def test_figures_are_edited_and_the_change_recorded(cast: Cast) -> None:
    point = add(cast)

    edit_programme_point(actor=cast.dean, pk=point.pk, version=1, figures=replace(FIGURES, intake=120), now=NOW)

    record = AuditRecord.objects.filter(action="edit_programme_point").get()
    assert (record.before, record.after) == ({"intake": 90, "version": 1}, {"intake": 120, "version": 2})


def test_a_stale_edit_is_refused(cast: Cast) -> None:
    point = add(cast)
    edit_programme_point(actor=cast.dean, pk=point.pk, version=1, figures=replace(FIGURES, intake=120), now=NOW)

    with pytest.raises(ChanjiaoError) as refusal:
        edit_programme_point(actor=cast.dean, pk=point.pk, version=1, figures=FIGURES, now=NOW)

    assert refusal.value.code == "record.stale"
    assert ProgrammePoint.objects.get().intake == 120


def test_points_are_filtered_sorted_and_summed(cast: Cast) -> None:
    add(cast)
    add(cast, code="460301", figures=replace(FIGURES, intake=240))
    add(cast, code="080202", level="bachelor", figures=replace(FIGURES, intake=60))

    def shown(**filters: object) -> list[str]:
        return [point.code for point in programme_points(cast.nobody, Filters(**filters))]  # type: ignore[arg-type]

    assert shown() == ["080202", "460103", "460301"]
    assert shown(level="associate") == ["460103", "460301"]
    assert shown(code="4603") == ["460301"]
    assert shown(sort="-intake") == ["460301", "460103", "080202"]
    assert shown(college=cast.enterprise.pk) == []
    assert shown(text="青浦川职业") == ["080202", "460103", "460301"]
    assert totals(programme_points(cast.nobody)).intake == 390
    assert [college.name for college in colleges(cast.nobody)] == ["青浦川职业技术学院"]


def test_a_point_lists_the_open_needs_that_ask_for_it(cast: Cast) -> None:
    point = add(cast)
    CodeSystem.objects.create(code="occupation", title="职业", digest="", loaded_at=NOW)
    Link.objects.create(programme_code="460103", occupation_code="6-18-01", granularity="minor", source="official")
    need(cast, title="数控操作工", occupation_code="6-18-01-07")
    need(cast, title="点名要数控专业", occupation_code="", programme_code="460103")
    need(cast, title="焊工", occupation_code="6-18-02-04")
    need(cast, title="未审核", occupation_code="6-18-01-07", actor=cast.personnel_officer)

    found = programme_point(cast.nobody, point.pk)
    links = occupations_of(cast.nobody, found)

    assert [link.code for link in links] == ["6-18-01"]
    assert [row.title for row in needs_asking_for(cast.nobody, found, links)] == ["点名要数控专业", "数控操作工"]


def test_an_unknown_point_is_not_found(cast: Cast) -> None:
    with pytest.raises(ChanjiaoError) as refusal:
        programme_point(cast.nobody, 999)

    assert refusal.value.code == "record.not_found"


def test_only_officers_of_a_college_may_add(cast: Cast) -> None:
    may = {name: [body.name for body in colleges_to_edit(actor)] for name, actor in cast.people.items()}

    assert {name for name, bodies in may.items() if bodies} == {"dean", "administrator"}
