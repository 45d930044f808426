"""A later edition says what it changes and which records it touches, and is taken whole or not at all."""

from __future__ import annotations

import pytest

from chanjiao.apps.reference.actions.update_reference import update_reference
from chanjiao.apps.reference.link_selectors import links_of_occupation
from chanjiao.apps.reference.models import CodeSystem, Link, Term
from chanjiao.apps.reference.rules import Abolished, Edition, Moved, Placed, Renamed, Row
from chanjiao.apps.reference.selectors import Touched, functions_of, successors, suggest, term
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import AuditRecord, Event
from chanjiao.core.permissions import NOBODY
from chanjiao.engines.lookup import Reason
from tests.apps.reference.conftest import edition
from tests.cast import NOW, Cast

pytestmark = pytest.mark.usefixtures("tables")

LATER = edition(
    "occupation",
    "2027年版",
    Row("6", "生产制造及有关人员"),
    Row("6-18", "机械制造基础加工人员"),
    Row("6-18-02", "机械热加工人员"),
    Row("6-18-02-04", "焊接技师"),
    Row("6-18-02-08", "热处理工"),
    Row("6-18-02-09", "精密铸造工", former=("6-18-02-07",)),
    Row("6-18-02-10", "增材制造操作员"),
)


def update(cast: Cast, later: Edition = LATER, *, whole: bool = True, dry_run: bool = False):
    return update_reference(actor=cast.administrator, edition=later, whole=whole, now=NOW, dry_run=dry_run)


def test_each_kind_of_change_is_told_apart(cast: Cast) -> None:
    changes = update(cast).changes

    assert [row.code for row in changes.added] == ["6-18-02-10"]
    assert changes.renamed == (Renamed("6-18-02-04", "焊工", "焊接技师"),)
    assert set(changes.moved) == {
        Moved("6-18-02-07", "6-18-02-09", "精密铸造工"),
        Moved("6-18-02-05", "6-18-02-08", "热处理工"),
    }
    assert changes.abolished == (Abolished("6-18-02-06", "锻造工"),)
    assert (changes.placed, changes.restored) == ((), ())


def test_an_abolished_code_stays_findable_and_a_moved_one_leads_to_its_successor(cast: Cast) -> None:
    update(cast)

    abolished = term(NOBODY, "occupation", "6-18-02-06")
    moved = term(NOBODY, "occupation", "6-18-02-07")
    found = suggest(NOBODY, "6-18-02-07", "occupation")[0]

    assert (abolished.name, abolished.in_force, abolished.edition) == ("锻造工", False, "2027年版")
    assert [one.code for one in successors(NOBODY, moved)] == ["6-18-02-09"]
    assert (found.code, found.reason) == ("6-18-02-09", Reason.FORMER_CODE)


def test_records_that_bear_a_changed_code_are_counted_by_kind_and_field(cast: Cast) -> None:
    later = edition("industry", "2027", Row("C", "制造业"), Row("C34", "通用设备制造业"), Row("C348", "通用零部件制造"))

    touched = update(cast, later).touched

    assert touched == (Touched("members.Organisation", "industry_code", "C3484", 1),)


def test_what_an_edition_does_not_say_stays(cast: Cast) -> None:
    update(cast)

    welder = term(NOBODY, "occupation", "6-18-02-04")

    assert [alias.name for alias in welder.aliases.all()] == ["电焊工", "氩弧焊工"]
    assert suggest(NOBODY, "电焊工", "occupation")[0].name == "焊接技师"


def test_a_dry_run_tells_the_same_and_changes_nothing(cast: Cast) -> None:
    records = AuditRecord.objects.count()

    told = update(cast, dry_run=True)

    assert told.changes.count == 5
    assert CodeSystem.objects.get(code="occupation").edition == "2022年版"
    assert not Term.objects.filter(code="6-18-02-10").exists()
    assert AuditRecord.objects.count() == records


def test_a_partial_edition_abolishes_nothing(cast: Cast) -> None:
    part = edition("occupation", "2027年版", Row("6-18-02-10", "增材制造操作员"))

    changes = update(cast, part, whole=False).changes

    assert (len(changes.added), changes.abolished) == (1, ())
    assert Term.objects.filter(system__code="occupation", in_force=True).count() == 8


def test_a_file_that_would_abolish_most_codes_is_refused(cast: Cast) -> None:
    part = edition("occupation", "2027年版", Row("6-18-02-10", "增材制造操作员"))

    with pytest.raises(ChanjiaoError) as refused:
        update(cast, part)

    assert refused.value.code == "reference.too_much_abolished"
    assert not Term.objects.filter(code="6-18-02-10").exists()


def test_a_parent_that_nothing_bears_is_refused_and_nothing_is_stored(cast: Cast) -> None:
    later = edition(
        "industry", "2027", *(Row(code, code) for code in ("C", "C34", "C348")), Row("C3484", "x", parent="Z9")
    )

    with pytest.raises(ChanjiaoError) as refused:
        update(cast, later)

    assert refused.value.code == "table.unknown_reference"
    assert term(NOBODY, "industry", "C34").name == "通用设备制造业"


def test_only_an_administrator_updates(cast: Cast) -> None:
    for actor in (cast.nobody, cast.dean, cast.secretary, cast.bureau_officer):
        with pytest.raises(ChanjiaoError) as refused:
            update_reference(actor=actor, edition=LATER, whole=True, now=NOW)
        assert refused.value.code == "action.denied"

    assert CodeSystem.objects.get(code="occupation").edition == "2022年版"


def test_an_update_is_recorded_with_its_event(cast: Cast) -> None:
    update(cast)

    event = Event.objects.latest("id")
    record = AuditRecord.objects.latest("id")

    assert (event.name, event.amount, event.actor_name) == ("reference.updated", 5, "管理员")
    assert (record.before["edition"], record.after["edition"]) == ("2022年版", "2027年版")


def test_a_code_that_comes_back_is_restored(cast: Cast) -> None:
    update(cast)
    again = edition("occupation", "2030年版", Row("6-18-02-06", "锻造工"))

    changes = update(cast, again, whole=False).changes

    assert [row.code for row in changes.restored] == ["6-18-02-06"]
    assert term(NOBODY, "occupation", "6-18-02-06").in_force


def test_a_term_under_another_parent_is_told(cast: Cast) -> None:
    again = edition("occupation", "2030年版", Row("6-18-02-04", "焊工", parent="6-18"))

    changes = update(cast, again, whole=False).changes

    assert changes.placed == (Placed("6-18-02-04", "焊工", "6-18-02", "6-18"),)


def test_a_moved_term_keeps_its_particulars_its_names_and_its_links(cast: Cast) -> None:
    Link.objects.create(
        programme_code="460103", occupation_code="6-18-02-07", granularity="occupation", source="official"
    )

    update(cast)

    assert functions_of(NOBODY, "6-18-02-09")[0].names == ("造型",)
    assert suggest(NOBODY, "翻砂工", "occupation")[0].code == "6-18-02-09"
    assert [link.code for link in links_of_occupation(NOBODY, "6-18-02-09")] == ["460103"]
