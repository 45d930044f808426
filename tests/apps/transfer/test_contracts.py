"""Technology contracts: registered once by the seller, first used with a proof; and how long it all took."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from chanjiao.apps.cooperation.models import Agreement
from chanjiao.apps.exchange.models import Need
from chanjiao.apps.matching.funnel import BountyStage, FunnelFilters, needs_on_their_way, stage_counts
from chanjiao.apps.projects.models import Project, Proof
from chanjiao.apps.transfer import selectors, speed
from chanjiao.apps.transfer.actions.note_first_use import note_first_use
from chanjiao.apps.transfer.actions.register_contract import register_contract
from chanjiao.apps.transfer.contract_selectors import ContractFilters, contract, contracts
from chanjiao.apps.transfer.models import ContractRegistration, FirstUse
from chanjiao.apps.transfer.speed import Step
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.models import Event
from chanjiao.core.permissions import Actor
from tests.apps.cooperation import samples as agreements
from tests.apps.projects.samples import PDF
from tests.apps.transfer import samples
from tests.cast import NOW, TODAY, Cast

NUMBER = "2026340800000123"


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: object) -> Path:
    """A store of this test's own."""
    settings.FILES_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    return tmp_path / "files"


def contract_of(cast: Cast) -> Agreement:
    agreement = samples.in_force(cast).agreement
    assert agreement is not None
    return agreement


def register(actor: Actor, agreement: Agreement, **changes: object) -> ContractRegistration:
    told: dict[str, object] = {"number": NUMBER, "office": "青浦川市技术合同登记站", "registered_on": TODAY}
    told |= changes
    return register_contract(actor=actor, agreement_id=agreement.pk, now=NOW, **told)  # type: ignore[arg-type]


def use(actor: Actor, agreement: Agreement, content: bytes = PDF, **changes: object) -> FirstUse:
    told: dict[str, object] = {"used_on": TODAY, "place": "总装二线", "effect": "废品率由 3.1% 降到 0.8%"} | changes
    return note_first_use(
        actor=actor, agreement_id=agreement.pk, chunks=[content], file_name="应用证明.pdf", now=NOW,
        **told,  # type: ignore[arg-type]
    )  # fmt: skip


def test_the_seller_registers_the_contract_once(cast: Cast) -> None:
    agreement = contract_of(cast)

    register(cast.dean, agreement)
    with pytest.raises(ChanjiaoError) as again:
        register(cast.dean, agreement, number="2026340800000124")

    assert again.value.code == "contract.registered"
    told = selectors.history(cast.dean, agreement.challenge.pk).values_list("name", flat=True)
    assert next(iter(told)) == "contract.registered"
    public = selectors.history(cast.nobody, agreement.challenge.pk).values_list("name", flat=True)
    assert list(public) == ["challenge.published"]
    row = contract(cast.personnel_officer, agreement.pk)
    assert (row.registration, row.registered_on, row.may_register) == (NUMBER, TODAY, False)
    event = Event.objects.get(name="contract.registered")
    assert (event.organisation_id, event.object_id, event.note) == (cast.college.pk, agreement.pk, NUMBER)


@pytest.mark.parametrize(
    ("person", "code"),
    [
        ("personnel_officer", "action.denied"),
        ("teacher", "action.denied"),
        ("secretary", "action.denied"),
        ("stranger", "record.not_found"),
        ("student", "record.not_found"),
    ],
)
def test_nobody_but_the_seller_registers(cast: Cast, person: str, code: str) -> None:
    agreement = contract_of(cast)

    with pytest.raises(ChanjiaoError) as refused:
        register(cast.people[person], agreement)

    assert refused.value.code == code
    assert not ContractRegistration.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"registered_on": TODAY - timedelta(days=1)}, "registered_on"),
        ({"registered_on": TODAY + timedelta(days=1)}, "registered_on"),
        ({"registered_on": None}, "registered_on"),
        ({"number": "\x00 "}, "number"),
        ({"office": "站" * 121}, "office"),
    ],
)
def test_a_wrong_registration_is_refused_at_its_field(cast: Cast, changes: dict[str, object], field: str) -> None:
    agreement = contract_of(cast)

    with pytest.raises(Rejected) as refused:
        register(cast.dean, agreement, **changes)

    assert [one.field for one in refused.value.errors] == [field]
    assert not ContractRegistration.objects.exists()


def test_a_contract_not_signed_yet_and_an_order_class_are_not_registered(cast: Cast) -> None:
    unsigned = samples.contract(cast, samples.chosen(cast))
    order_class = agreements.in_force(cast)

    codes = []
    for agreement in (unsigned, order_class):
        with pytest.raises(ChanjiaoError) as refused:
            register(cast.dean, agreement)
        codes.append(refused.value.code)

    assert codes == ["challenge.needs_contract", "record.not_found"]
    assert not ContractRegistration.objects.exists()


def test_the_first_use_is_a_proof_of_the_contracts_project_and_told_once(cast: Cast) -> None:
    agreement = contract_of(cast)

    told = use(cast.personnel_officer, agreement)
    with pytest.raises(ChanjiaoError) as again:
        use(cast.dean, agreement)

    assert again.value.code == "contract.used"
    assert (told.proof.number, told.proof.project.agreement_id) == (1, agreement.pk)
    assert Event.objects.filter(name="result.first_used").count() == 2
    assert [row.place for row in contracts(cast.secretary, ContractFilters(standing="used"))] == ["总装二线"]
    assert (FirstUse.objects.count(), Proof.objects.count()) == (1, 1)


def test_a_forged_proof_leaves_no_first_use_and_no_project(cast: Cast) -> None:
    agreement = contract_of(cast)

    with pytest.raises(ChanjiaoError) as refused:
        use(cast.dean, agreement, content=b"MZ not a document")

    assert refused.value.code == "file.forged"
    assert (FirstUse.objects.count(), Project.objects.count(), Proof.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("person", ["teacher", "secretary", "stranger"])
def test_only_who_acts_for_a_party_tells_of_the_first_use(cast: Cast, person: str) -> None:
    agreement = contract_of(cast)

    with pytest.raises(ChanjiaoError) as refused:
        use(cast.people[person], agreement)

    assert refused.value.code == ("record.not_found" if person == "stranger" else "action.denied")
    assert not FirstUse.objects.exists()


def test_curves_count_the_unanswered_as_long_as_they_waited(cast: Cast) -> None:
    agreement = contract_of(cast)
    use(cast.dean, agreement)
    Need.objects.filter(title="数控机床主轴热变形补偿").update(opened_at=NOW - timedelta(days=10))
    samples.problem(cast, "N-2026-0902", opened_at=NOW - timedelta(days=40))
    samples.problem(cast, "N-2026-0903", opened_at=NOW - timedelta(days=4))

    found = speed.problems(cast.secretary, now=NOW)
    curves = speed.curves(found)

    assert [(one.number, round(one.days(Step.REPLY))) for one in found] == [
        ("N-2026-0903", 4), ("N-2026-0901", 10), ("N-2026-0902", 40),
    ]  # fmt: skip
    for step in Step:
        assert (curves[step].count, curves[step].happened, curves[step].censored) == (3, 1, 2)
    # At ten days two were still watched, of which one was answered: half wait on.
    assert dict(zip(curves[Step.REPLY].times, curves[Step.REPLY].shares, strict=True))[10.0] == pytest.approx(0.5)


def test_a_problem_that_was_closed_is_watched_until_then(cast: Cast) -> None:
    need = samples.problem(cast, opened_at=NOW - timedelta(days=40), state="closed", close_reason="elsewhere")
    Event.objects.create(
        name="need.closed", at=NOW - timedelta(days=33), object_type="exchange.need", object_id=need.pk, object_name="",
        actor_name="", organisation_name="",
    )  # fmt: skip

    (found,) = speed.problems(cast.secretary, now=NOW)

    assert found.days(Step.REPLY) == 7


def test_nobody_reads_of_replies_to_others(cast: Cast) -> None:
    samples.answered(cast.dean, samples.published(cast))

    counts = {name: len(speed.problems(actor, now=NOW)) for name, actor in cast.people.items()}

    keep = {"personnel_officer", "secretary", "administrator"}
    assert {name for name, count in counts.items() if count} == keep


def test_the_funnel_follows_a_problem_from_its_bounty_to_its_first_use(cast: Cast) -> None:
    by_bounty, beside = FunnelFilters(way="challenge"), samples.published(cast, number="N-2026-0902")
    samples.problem(cast, "N-2026-0903")

    challenge = samples.in_force(cast)
    lines = needs_on_their_way(cast.secretary, by_bounty)
    assert stage_counts(lines, "challenge") == (2, 1, 1, 1, 0, 0)
    register_contract(
        actor=cast.dean, agreement_id=challenge.agreement_id, number="2026-1", office="站", registered_on=TODAY, now=NOW
    )

    lines = needs_on_their_way(cast.secretary, by_bounty)
    every = needs_on_their_way(cast.secretary)
    stuck = needs_on_their_way(cast.secretary, FunnelFilters(way="challenge", stuck=BountyStage.PUT_OUT))
    assert {line.number: line.stage for line in lines} == {"N-2026-0901": 4, "N-2026-0902": 0}
    assert {line.number: line.stage for line in every} == {"N-2026-0901": 4, "N-2026-0902": 1, "N-2026-0903": 0}
    assert [line.id for line in stuck] == [beside.need_id]
