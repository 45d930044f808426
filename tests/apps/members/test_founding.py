"""From a document to group, consortia, members and goals."""

from __future__ import annotations

import pytest

from chanjiao.apps.members import selectors
from chanjiao.apps.members.actions.accept_founding import accept_founding
from chanjiao.apps.members.actions.correct_founding import add_fact, correct_founding, remove_fact
from chanjiao.apps.members.actions.discard_founding import discard_founding
from chanjiao.apps.members.actions.read_founding import read_founding
from chanjiao.apps.members.facts import FactKind, FactSheet
from chanjiao.apps.members.models import (
    Consortium,
    Founding,
    Goal,
    Membership,
    Organisation,
    Post,
    SourceDocument,
)
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import AuditRecord, Event
from chanjiao.core.permissions import SYSTEM, Actor
from tests.cast import NOW, Cast, organisation

pytestmark = pytest.mark.django_db
LIMIT = 100_000
EAST, WEST = "青浦川经济技术开发区产教联合体", "青浦川高新技术产业开发区产教联合体"


def read(content: bytes | str, actor: Actor = SYSTEM) -> Founding:
    return read_founding(actor=actor, content=content, name="notice.txt", limit=LIMIT, now=NOW)


def accepted(content: bytes | str) -> Founding:
    founding = read(content)
    return accept_founding(actor=SYSTEM, founding_id=founding.pk, version=founding.version, now=NOW)


def counts() -> tuple[int, ...]:
    tables = (Organisation, Consortium, Membership, Post, Goal)
    return tuple(table.objects.count() for table in tables)


def fact_named(founding: Founding, title: str) -> str:
    return next(fact.id for fact in FactSheet.from_json(founding.facts).facts if fact.title == title)


def test_a_story_becomes_a_draft_and_nothing_more(story: str) -> None:
    founding = read(story)

    sheet = FactSheet.from_json(founding.facts)
    assert {fact.title for fact in sheet.of(FactKind.CONSORTIUM)} >= {EAST, WEST}
    assert counts() == (0, 0, 0, 0, 0)


def test_every_span_of_the_draft_lies_in_the_repaired_text(story: str) -> None:
    founding = read(story)

    sheet, length = FactSheet.from_json(founding.facts), len(founding.document.repaired)
    assert all(0 <= start < end <= length for fact in sheet.facts for start, end in fact.spans)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_the_same_story_in_any_encoding_is_one_document(story: str, encoding: str) -> None:
    first = read(story)

    again = read(story.encode(encoding))

    assert again.pk == first.pk
    assert SourceDocument.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "text.empty"),
        ("   \n", "text.empty"),
        (b"\x7fELF\x02\x01\x01" + b"\x00" * 200, "text.not_text"),
        (b"x" * (LIMIT + 1), "text.too_large"),
        ("今天天气很好，大家去公园散步。", "founding.no_consortium"),
        ("<script>alert(1)</script>", "founding.no_consortium"),
    ],
)
def test_what_founds_nothing_is_refused_and_nothing_is_stored(content: bytes | str, code: str) -> None:
    with pytest.raises(ChanjiaoError) as refusal:
        read(content)

    assert refusal.value.code == code
    assert (Founding.objects.count(), SourceDocument.objects.count(), AuditRecord.objects.count()) == (0, 0, 0)


def test_a_half_cut_story_is_a_draft_of_what_is_left(story: str) -> None:
    founding = read(story.encode()[:301])

    assert FactSheet.from_json(founding.facts).of(FactKind.CONSORTIUM)


def test_acceptance_founds_group_consortia_zones_members_posts_and_goals(story: str) -> None:
    accepted(story)

    east = Consortium.objects.get(organisation__name=EAST)
    assert east.group is not None
    assert (east.group.organisation.name, east.group.kind) == ("青浦川职业教育集团", "group")
    assert east.zone is not None
    assert (east.zone.name, east.founded_on and east.founded_on.isoformat()) == ("青浦川经济技术开发区", "2026-04-17")
    lead = Membership.objects.get(consortium=east, role="lead_school")
    assert (lead.organisation.name, lead.state, str(lead.starts_on), str(lead.ends_on)) == (
        "青浦川职业技术学院",
        "active",
        "2026-04-17",
        "2031-04-16",
    )
    chair = Membership.objects.get(office="chair")
    assert (chair.organisation.name, chair.consortium) == ("青浦川职业技术学院", east.group)
    assert Membership.objects.filter(consortium=east, role="guidance_committee").count() == 3
    assert set(Goal.objects.filter(consortium=east).values_list("measure", flat=True)) == {"depth", "breadth"}
    assert Post.objects.filter(person="邵一鸣", title="副市长").exists()


def test_acceptance_is_recorded_and_told(story: str) -> None:
    founding = accepted(story)

    assert Event.objects.filter(name="document.accepted").count() == 1
    assert Event.objects.filter(name="consortium.founded").count() == 3
    assert Event.objects.filter(name="member.joined").count() == Membership.objects.count()
    record = AuditRecord.objects.get(action="accept_founding")
    assert (record.before["state"], record.after["state"]) == ("draft", "accepted")
    assert len(founding.outcome["made"]["consortia"]) == 3
    assert founding.outcome["known"]["consortia"] == []


def test_the_same_document_twice_makes_two_of_nothing(story: str) -> None:
    first = accepted(story)
    before = counts()

    again = read(story)

    assert (again.pk, again.state) == (first.pk, "accepted")
    assert counts() == before


def test_a_second_document_in_short_forms_makes_two_of_nothing(story: str) -> None:
    accepted(story)
    before = counts()
    second = (
        "5月6日，青浦川职教集团理事长方砚秋在青浦川职院为青浦川经开区产教联合体授牌，"
        "青浦川职院作为牵头院校介绍了情况，青浦川市汽车工业协会代表参加会议。"
    )

    founding = accepted(second)

    assert founding.outcome["made"]["organisations"] == []
    assert founding.outcome["made"]["consortia"] == []
    assert counts()[:2] == before[:2]


def test_a_body_registered_before_is_completed_not_doubled(story: str) -> None:
    college = organisation("青浦川职业技术学院", "school_vocational", credit_code="91350100M000100Y43")

    accepted(story)

    assert Organisation.objects.filter(type="school_vocational").count() == 1
    college.refresh_from_db()
    assert college.credit_code == "91350100M000100Y43"


def test_a_wrong_credit_code_in_a_fact_is_refused(story: str) -> None:
    founding = read(story)
    fact = fact_named(founding, "青浦川职业技术学院")

    with pytest.raises(ChanjiaoError) as refusal:
        correct_founding(
            actor=SYSTEM,
            founding_id=founding.pk,
            version=founding.version,
            fact_id=fact,
            values={"name": "青浦川职业技术学院", "type": "school_vocational", "credit_code": "91350100M000100Y44"},
            now=NOW,
        )

    assert refusal.value.code == "credit_code.wrong_check"
    assert Founding.objects.get().version == founding.version


def test_a_body_with_another_credit_code_stops_the_founding_whole(story: str) -> None:
    organisation("青浦川职业技术学院", "school_vocational", credit_code="91350100M000100Y43")
    founding = read(story)
    values = {"name": "青浦川职业技术学院", "type": "school_vocational", "credit_code": "12340000485126882K"}
    fact = fact_named(founding, "青浦川职业技术学院")
    corrected = correct_founding(
        actor=SYSTEM, founding_id=founding.pk, version=founding.version, fact_id=fact, values=values, now=NOW
    )
    before = counts()

    with pytest.raises(ChanjiaoError) as refusal:
        accept_founding(actor=SYSTEM, founding_id=founding.pk, version=corrected.version, now=NOW)

    assert refusal.value.code == "organisation.other_code"
    assert counts() == before
    assert Founding.objects.get().state == "draft"


def test_a_corrected_fact_is_what_gets_founded(story: str) -> None:
    founding = read(story)
    values = {"name": "青浦川新能源产教联合体", "kind": "municipal", "park": "青浦川经济技术开发区"}

    corrected = correct_founding(
        actor=SYSTEM,
        founding_id=founding.pk,
        version=founding.version,
        fact_id=fact_named(founding, EAST),
        values=values,
        now=NOW,
    )
    accept_founding(actor=SYSTEM, founding_id=founding.pk, version=corrected.version, now=NOW)

    names = set(Consortium.objects.values_list("organisation__name", flat=True))
    assert "青浦川新能源产教联合体" in names
    assert EAST not in names


def test_facts_are_added_and_removed_one_at_a_time(story: str) -> None:
    founding = read(story)
    size = len(founding.facts["facts"])

    more = add_fact(
        actor=SYSTEM,
        founding_id=founding.pk,
        version=1,
        kind=FactKind.GOAL,
        values={"text": "共建实训基地", "kind": "aspect"},
        now=NOW,
    )
    fewer = remove_fact(actor=SYSTEM, founding_id=founding.pk, version=2, fact_id=f"f{more.facts['last_id']}", now=NOW)

    assert (len(more.facts["facts"]), len(fewer.facts["facts"])) == (size + 1, size)


def test_a_stale_correction_is_refused_and_changes_nothing(story: str) -> None:
    founding = read(story)
    remove_fact(actor=SYSTEM, founding_id=founding.pk, version=1, fact_id="f1", now=NOW)
    before = Founding.objects.get().facts

    with pytest.raises(ChanjiaoError) as refusal:
        remove_fact(actor=SYSTEM, founding_id=founding.pk, version=1, fact_id="f2", now=NOW)

    assert refusal.value.code == "record.stale"
    assert Founding.objects.get().facts == before


def test_accepting_twice_is_refused_the_second_time(story: str) -> None:
    founding = accepted(story)
    before = counts()

    with pytest.raises(ChanjiaoError) as refusal:
        accept_founding(actor=SYSTEM, founding_id=founding.pk, version=founding.version, now=NOW)

    assert refusal.value.code == "state.refused"
    assert counts() == before


def test_a_discarded_draft_comes_back_when_its_document_is_read_again(story: str) -> None:
    founding = read(story)
    discard_founding(actor=SYSTEM, founding_id=founding.pk, version=1, now=NOW)

    again = read(story)

    assert (again.pk, again.state) == (founding.pk, "draft")


def test_markup_in_a_story_is_kept_as_words(story: str) -> None:
    founding = read(story + "<script>alert(1)</script>")

    assert founding.document.original.endswith("<script>alert(1)</script>")


@pytest.mark.parametrize("who", "nobody stranger student teacher dean personnel_officer bureau_officer".split())
def test_only_secretariats_and_administrators_found(cast: Cast, story: str, who: str) -> None:
    founding = read(story)
    actor = cast.people[who]

    with pytest.raises(ChanjiaoError) as refusal:
        read(story, actor)
    with pytest.raises(ChanjiaoError) as hidden:
        selectors.founding(actor, founding.pk)
    with pytest.raises(ChanjiaoError) as barred:
        accept_founding(actor=actor, founding_id=founding.pk, version=1, now=NOW)

    assert (refusal.value.code, hidden.value.code, barred.value.code) == (
        "action.denied",
        "record.not_found",
        "record.not_found",
    )
    assert list(selectors.foundings(actor)) == []


@pytest.mark.parametrize("who", ["secretary", "administrator"])
def test_secretariats_and_administrators_found(cast: Cast, story: str, who: str) -> None:
    founding = read(story, cast.people[who])

    accept_founding(actor=cast.people[who], founding_id=founding.pk, version=1, now=NOW)

    assert Consortium.objects.filter(organisation__name=WEST).exists()
