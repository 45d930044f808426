"""Where programmes lead is inferred, judged by people, and never proposed against their judgement."""

from __future__ import annotations

from functools import partial

import pytest

from chanjiao.apps.reference.actions.infer_links import infer_links
from chanjiao.apps.reference.actions.judge_link import enter_link, judge_link, remove_link
from chanjiao.apps.reference.link_selectors import inferred_counts, links_of_occupation, links_of_programme
from chanjiao.apps.reference.models import CodeSystem, Link, Term
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import AuditRecord, Event
from tests.cast import NOW, Cast, make_cast

pytestmark = pytest.mark.django_db

LINKED, UNLINKED = "460103", "460120"


@pytest.fixture
def cast() -> Cast:
    programmes = CodeSystem.objects.create(code="programme", title="专业", digest="0" * 64, loaded_at=NOW)
    occupations = CodeSystem.objects.create(code="occupation", title="职业", digest="0" * 64, loaded_at=NOW)
    for code, name in ((LINKED, "数控技术"), (UNLINKED, "工业互联网应用")):
        Term.objects.create(system=programmes, code=code, name=name, level="programme")
    Term.objects.create(system=occupations, code="6-18-01-07", name="多工序数控机床操作调整工", level="occupation")
    Link.objects.create(
        programme_code=LINKED, occupation_code="6-18-01-07", granularity="occupation", source="official"
    )
    return make_cast()


def test_programmes_without_an_official_link_get_likely_ones_with_score_and_reasons(cast: Cast) -> None:
    proposed = infer_links(actor=cast.system, now=NOW)

    links = Link.objects.filter(source="inferred")
    assert proposed == links.count() > 0
    assert {link.programme_code for link in links} == {UNLINKED}
    assert {link.state for link in links} == {"proposed"}
    assert all(0 < (link.score or 0) <= 1 and link.reasons and link.edition for link in links)
    assert AuditRecord.objects.filter(action="infer_links").count() == proposed
    assert Event.objects.get(name="links.inferred").amount == proposed


def test_what_was_judged_stays_when_links_are_inferred_anew(cast: Cast) -> None:
    infer_links(actor=cast.system, now=NOW)
    best, second = Link.objects.filter(source="inferred").order_by("-score")[:2]
    judge_link(actor=cast.secretary, pk=best.pk, confirms=True, now=NOW)
    judge_link(actor=cast.secretary, pk=second.pk, confirms=False, now=NOW)

    infer_links(actor=cast.system, now=NOW)

    assert Link.objects.get(pk=best.pk).state == "confirmed"
    assert Link.objects.get(pk=second.pk).judged_by == cast.secretary.name
    assert Link.objects.filter(programme_code=UNLINKED, occupation_code=second.occupation_code).count() == 1


def test_a_rejected_link_is_gone_for_all_but_those_who_judge(cast: Cast) -> None:
    infer_links(actor=cast.system, now=NOW)
    link = Link.objects.filter(source="inferred").order_by("-score").first()
    assert link is not None

    judge_link(actor=cast.secretary, pk=link.pk, confirms=False, now=NOW)

    assert link.pk not in [one.id for one in links_of_programme(cast.dean, UNLINKED)]
    assert links_of_programme(cast.secretary, UNLINKED)[-1].id == link.pk
    assert inferred_counts(cast.secretary)["rejected"] == 1


def test_a_site_enters_and_removes_links_of_its_own(cast: Cast) -> None:
    link = enter_link(actor=cast.secretary, programme_code=UNLINKED, occupation_code="6-18-01-07", now=NOW)
    assert [one.source for one in links_of_programme(cast.nobody, UNLINKED)] == ["local"]
    with pytest.raises(ChanjiaoError) as twice:
        enter_link(actor=cast.secretary, programme_code=UNLINKED, occupation_code="6-18-01-07", now=NOW)
    assert twice.value.code == "destination.exists"

    remove_link(actor=cast.secretary, pk=link.pk, now=NOW)

    assert links_of_programme(cast.nobody, UNLINKED) == []


def test_an_undergraduate_major_that_leads_to_an_occupation_is_told_from_a_programme(cast: Cast) -> None:
    majors = CodeSystem.objects.create(code="major", title="本科专业", digest="0" * 64, loaded_at=NOW)
    Term.objects.create(system=majors, code="080207", name="车辆工程")
    for code in ("080207", UNLINKED, "999999"):
        Link.objects.create(programme_code=code, occupation_code="6-18-01-07", source="local", granularity="detail")

    links = links_of_occupation(cast.nobody, "6-18-01-07")

    assert {(link.code, link.system, link.name) for link in links} == {
        (LINKED, "programme", "数控技术"),
        (UNLINKED, "programme", "工业互联网应用"),
        ("080207", "major", "车辆工程"),
        ("999999", "", "999999"),
    }


def test_only_secretariats_judge_and_enter(cast: Cast) -> None:
    infer_links(actor=cast.system, now=NOW)
    link = Link.objects.filter(source="inferred").first()
    assert link is not None
    deeds = (
        partial(judge_link, pk=link.pk, confirms=True, now=NOW),
        partial(enter_link, programme_code=UNLINKED, occupation_code="6-18-01-07", now=NOW),
        partial(infer_links, now=NOW),
    )
    for actor in (cast.dean, cast.personnel_officer, cast.student, cast.nobody):
        for deed in deeds:
            with pytest.raises(ChanjiaoError) as refused:
                deed(actor=actor)
            assert refused.value.code == "action.denied"

    assert Link.objects.get(pk=link.pk).state == "proposed"
    assert not Link.objects.filter(source="local").exists()


def test_an_official_link_can_neither_be_judged_nor_removed(cast: Cast) -> None:
    official = Link.objects.get(source="official")

    for deed in (partial(judge_link, confirms=False), remove_link):
        with pytest.raises(ChanjiaoError) as refused:
            deed(actor=cast.administrator, pk=official.pk, now=NOW)
        assert refused.value.code == "record.not_found"
    assert Link.objects.get() == official


def test_a_code_that_is_no_occupation_is_refused(cast: Cast) -> None:
    for code in ("460103", "6-18", "", "6-99-99-99"):
        with pytest.raises(ChanjiaoError) as refused:
            enter_link(actor=cast.secretary, programme_code=UNLINKED, occupation_code=code, now=NOW)
        assert refused.value.code == "destination.unknown_code"
