"""What can be done to needs and offers, by whom, and what it leaves in the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chanjiao.apps.exchange.actions.close_listing import close_listing
from chanjiao.apps.exchange.actions.edit_listing import edit_listing
from chanjiao.apps.exchange.actions.expire_due import expire_due
from chanjiao.apps.exchange.actions.fill_listing import fill_listing
from chanjiao.apps.exchange.actions.post_listing import post_listing
from chanjiao.apps.exchange.actions.renew_listing import renew_listing
from chanjiao.apps.exchange.actions.review_listing import Verdict, review_listing
from chanjiao.apps.exchange.actions.submit_listing import submit_listing
from chanjiao.apps.exchange.kinds import Kind, Side
from chanjiao.apps.exchange.models import AnyListing, CloseReason, Need
from chanjiao.apps.exchange.rules import Content
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.models import AuditRecord, Event
from chanjiao.core.permissions import SYSTEM, Actor
from tests.apps.exchange.samples import WELDERS, need, offer
from tests.cast import NOW, Cast


def events() -> list[str]:
    return list(Event.objects.order_by("id").values_list("name", flat=True))


def review(actor: Actor, listing: AnyListing, verdict: Verdict, note: str = "") -> AnyListing:
    return review_listing(
        actor=actor, side=listing.side, pk=listing.pk, version=listing.version, verdict=verdict, note=note, now=NOW
    )


def test_a_draft_is_numbered_recorded_and_no_deed_yet(cast: Cast) -> None:
    listing = need(cast, actor=cast.personnel_officer, submit=False)

    assert (listing.number, listing.state, listing.version) == ("N-2026-0001", "draft", 1)
    assert listing.fields == {"engagement": "internship", "pay_low": 4500, "pay_high": 6000}
    assert AuditRecord.objects.get().action == "post_listing"
    assert events() == []


def test_numbers_run_by_side_and_year(cast: Cast) -> None:
    later = NOW + timedelta(days=120)

    numbers = [need(cast).number, need(cast).number, offer(cast).number]
    numbers.append(need(cast, now=later, expires_on=date(2027, 4, 1)).number)

    assert numbers == ["N-2026-0001", "N-2026-0002", "O-2026-0001", "N-2027-0001"]


def test_an_officer_submits_and_the_secretariat_opens(cast: Cast) -> None:
    listing = need(cast, actor=cast.personnel_officer, submit=False)

    submit_listing(actor=cast.personnel_officer, side=Side.NEED, pk=listing.pk, version=1, now=NOW)
    opened = review_listing(
        actor=cast.secretary, side=Side.NEED, pk=listing.pk, version=2, verdict=Verdict.APPROVE, now=NOW
    )

    stored = Need.objects.get()
    assert (stored.state, stored.version, stored.opened_at) == ("open", 3, NOW)
    assert opened.version == 3
    assert events() == ["need.posted", "need.opened"]
    told = Event.objects.get(name="need.opened")
    assert (told.organisation_name, told.amount, told.unit) == ("青浦川恒锐机械有限公司", 12, "人")
    assert (told.actor_name, told.consortium_id) == ("许文清", cast.consortium.pk)


def test_what_the_system_submits_is_open_at_once(cast: Cast) -> None:
    listing = need(cast)

    assert listing.state == "open"
    assert events() == ["need.posted", "need.opened"]


def test_a_returned_draft_carries_the_word_of_the_reviewer_and_is_posted_once(cast: Cast) -> None:
    listing = need(cast, actor=cast.personnel_officer)

    review(cast.secretary, listing, Verdict.RETURN, "请写明班次")
    stored = Need.objects.get()
    resubmitted = submit_listing(
        actor=cast.personnel_officer, side=Side.NEED, pk=stored.pk, version=stored.version, now=NOW
    )

    assert (stored.state, stored.review_note) == ("draft", "请写明班次")
    assert (resubmitted.state, resubmitted.review_note) == ("submitted", "")
    assert events() == ["need.posted", "need.returned"]


def test_a_refused_listing_is_closed_for_that_reason(cast: Cast) -> None:
    listing = need(cast, actor=cast.personnel_officer)

    review(cast.secretary, listing, Verdict.REFUSE, "不属于联合体业务")

    stored = Need.objects.get()
    assert (stored.state, stored.close_reason, stored.review_note) == ("closed", "refused", "不属于联合体业务")
    assert Event.objects.get(name="need.closed").note == "refused"


def test_whoever_returns_a_listing_says_why(cast: Cast) -> None:
    listing = need(cast, actor=cast.personnel_officer)

    with pytest.raises(Rejected) as refusal:
        review(cast.secretary, listing, Verdict.RETURN, "  ")

    assert refusal.value.code == "review.reason_required"
    assert Need.objects.get().state == "submitted"


@pytest.mark.parametrize(
    ("who", "code"),
    [("personnel_officer", "action.denied"), ("dean", "record.not_found"), ("bureau_officer", "record.not_found")],
)
def test_only_the_secretariat_reviews(cast: Cast, who: str, code: str) -> None:
    listing = need(cast, actor=cast.personnel_officer)

    with pytest.raises(ChanjiaoError) as refusal:
        review(cast.people[who], listing, Verdict.APPROVE)

    assert refusal.value.code == code
    assert Need.objects.get().state == "submitted"


@pytest.mark.parametrize("who", ["nobody", "stranger", "student", "teacher", "dean", "bureau_officer"])
def test_nobody_posts_for_an_organisation_that_is_not_theirs(cast: Cast, who: str) -> None:
    with pytest.raises(ChanjiaoError) as refusal:
        need(cast, actor=cast.people[who])

    assert refusal.value.code == "action.denied"
    assert not Need.objects.exists()


def test_an_organisation_posts_only_where_it_is_a_member(cast: Cast) -> None:
    with pytest.raises(ChanjiaoError) as refusal:
        post_listing(
            actor=cast.stranger,
            side=Side.NEED,
            kind=Kind.POST,
            organisation_id=cast.outsider.pk,
            consortium_id=cast.consortium.pk,
            content=WELDERS,
            now=NOW,
        )

    assert refusal.value.code == "listing.not_a_member"
    assert not Need.objects.exists()


def test_all_wrong_fields_are_named_at_once_and_nothing_is_stored(cast: Cast) -> None:
    with pytest.raises(Rejected) as refusal:
        need(cast, title="", occupation_code="9-99-99-99", region_code="000000", quantity=0)

    assert {error.field for error in refusal.value.errors} == {
        "title",
        "occupation_code",
        "region_code",
        "quantity",
    }
    assert not Need.objects.exists()


def test_control_characters_and_blanks_are_taken_out_of_text(cast: Cast) -> None:
    listing = need(cast, title=" 焊\x00工\x07 ", skills=("", "焊接", "焊接 "))

    assert (listing.title, listing.skills) == ("焊工", ["焊接"])


def edit(actor: Actor, listing: AnyListing, content: Content, version: int | None = None) -> AnyListing:
    return edit_listing(
        actor=actor,
        side=listing.side,
        pk=listing.pk,
        version=listing.version if version is None else version,
        content=content,
        now=NOW,
    )


def test_an_edit_of_public_words_sends_an_open_listing_back_to_review(cast: Cast) -> None:
    listing = need(cast)

    edited = edit(cast.personnel_officer, listing, replace(WELDERS, summary="三班倒"))

    assert (edited.state, edited.summary) == ("submitted", "三班倒")


def test_an_edit_of_inner_matters_leaves_an_open_listing_open(cast: Cast) -> None:
    listing = need(cast)

    edited = edit(cast.personnel_officer, listing, replace(WELDERS, quantity=15, detail="新的内部要求"))

    assert (edited.state, edited.quantity) == ("open", 15)
    record = AuditRecord.objects.filter(action="edit_listing").get()
    assert record.before["quantity"] == 12
    assert record.after["quantity"] == 15


def test_a_stale_edit_is_refused_and_changes_nothing(cast: Cast) -> None:
    listing = need(cast)
    edit(cast.personnel_officer, listing, replace(WELDERS, detail="甲"))

    with pytest.raises(ChanjiaoError) as refusal:
        edit(cast.personnel_officer, listing, replace(WELDERS, detail="乙"), version=1)

    assert refusal.value.code == "record.stale"
    assert Need.objects.get().detail == "甲"


def test_a_foreign_officer_sees_an_open_listing_but_may_not_edit_it(cast: Cast) -> None:
    listing = need(cast)

    with pytest.raises(ChanjiaoError) as refusal:
        edit(cast.dean, listing, replace(WELDERS, title="别的"))

    assert refusal.value.code == "action.denied"
    assert Need.objects.get().title == "焊工 12 人"


def test_the_quantity_may_not_fall_below_what_is_taken(cast: Cast) -> None:
    listing = need(cast)
    fill_listing(actor=SYSTEM, listing=listing, amount=5, now=NOW)

    with pytest.raises(Rejected) as refusal:
        edit(cast.personnel_officer, listing, replace(WELDERS, quantity=4))

    assert refusal.value.code == "listing.below_taken"


def test_a_listing_is_matched_once_nothing_is_left(cast: Cast) -> None:
    listing = need(cast)

    fill_listing(actor=SYSTEM, listing=listing, amount=7, now=NOW)
    half = Need.objects.get().state
    fill_listing(actor=SYSTEM, listing=listing, amount=5, now=NOW)

    assert (half, Need.objects.get().state) == ("open", "matched")
    with pytest.raises(ChanjiaoError) as refusal:
        fill_listing(actor=SYSTEM, listing=listing, amount=1, now=NOW)
    assert refusal.value.code == "listing.full"


def test_a_listing_is_closed_for_a_coded_reason(cast: Cast) -> None:
    listing = need(cast)

    close_listing(
        actor=cast.personnel_officer,
        side=Side.NEED,
        pk=listing.pk,
        version=listing.version,
        reason=CloseReason.ELSEWHERE,
        now=NOW,
    )

    stored = Need.objects.get()
    assert (stored.state, stored.close_reason) == ("closed", "elsewhere")
    assert Event.objects.get(name="need.closed").note == "elsewhere"


def test_a_closed_listing_stays_closed(cast: Cast) -> None:
    listing = need(cast)
    close = {"actor": cast.personnel_officer, "side": Side.NEED, "pk": listing.pk, "now": NOW}
    close_listing(**close, version=1, reason=CloseReason.WITHDRAWN)  # type: ignore[arg-type]

    with pytest.raises(ChanjiaoError) as refusal:
        close_listing(**close, version=2, reason=CloseReason.WITHDRAWN)  # type: ignore[arg-type]

    assert refusal.value.code == "state.refused"


def test_open_listings_expire_the_day_after_their_last(cast: Cast) -> None:
    listing = need(cast)

    on_the_day = expire_due(actor=SYSTEM, now=NOW.replace(month=12, day=31))
    after = expire_due(actor=SYSTEM, now=NOW.replace(month=12, day=31) + timedelta(days=1))

    assert (on_the_day, after) == (0, 1)
    assert Need.objects.get(pk=listing.pk).state == "expired"
    assert events()[-1] == "need.expired"


def test_an_expired_listing_is_renewed_by_its_owner(cast: Cast) -> None:
    listing = need(cast)
    january = NOW.replace(month=12, day=31) + timedelta(days=2)
    expire_due(actor=SYSTEM, now=january)

    renewed = renew_listing(actor=cast.personnel_officer, side=Side.NEED, pk=listing.pk, version=2, now=january)

    assert (renewed.state, renewed.expires_on) == ("open", date(2027, 4, 2))
    assert events()[-1] == "need.renewed"


def test_a_listing_cannot_be_renewed_into_the_past(cast: Cast) -> None:
    listing = need(cast)

    with pytest.raises(Rejected) as refusal:
        renew_listing(
            actor=cast.personnel_officer,
            side=Side.NEED,
            pk=listing.pk,
            version=1,
            expires_on=date(2026, 10, 11),
            now=NOW,
        )

    assert refusal.value.code == "listing.past"


def test_only_the_system_expires(cast: Cast) -> None:
    with pytest.raises(ChanjiaoError) as refusal:
        expire_due(actor=cast.secretary, now=NOW)

    assert refusal.value.code == "action.denied"


def test_partners_are_kept_by_their_full_names_and_an_unknown_one_is_refused(cast: Cast) -> None:
    listing = offer(cast, partners=(f" {cast.enterprise.name} ", cast.enterprise.name))

    with pytest.raises(Rejected) as refusal:
        offer(cast, partners=("无此单位",))

    assert listing.partners == [cast.enterprise.name]
    assert [(error.code, error.params["value"]) for error in refusal.value.errors] == [
        ("listing.unknown_partner", "无此单位")
    ]
    assert type(listing).objects.count() == 1
