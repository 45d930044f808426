"""The demo city's files: codes exist, references resolve, counts and dates hold together."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from chanjiao.apps.exchange.kinds import FIELDS, Kind, Side, Value
from chanjiao.data import demo, tables

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
GROUP = "澄浦职业教育集团"
GUIDING = "guidance_committee"
CONSORTIA = {"澄浦经济技术开发区产教联合体", "澄浦高新技术产业开发区产教联合体"}
SIDES = [(Side.NEED, demo.needs), (Side.OFFER, demo.offers)]

names = {organisation.name for organisation in demo.organisations()}
by_number = {listing.number: listing for listing in (*demo.needs(), *demo.offers())}


def check_character(credit_code: str) -> str:
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(credit_code, WEIGHTS, strict=False))
    return ALPHABET[-total % 31]


def test_the_city_has_the_organisations_it_should_have() -> None:
    kinds = Counter(organisation.type for organisation in demo.organisations())

    assert len(names) == len(demo.organisations()) == 73
    assert kinds == {
        "enterprise": 41,
        "government": 10,
        "school_vocational": 5,
        "university": 1,
        "institute": 4,
        "association": 4,
        "consortium": 3,
        "park": 2,
        "park_admin": 2,
        "union": 1,
    }


def test_the_city_bears_no_name_of_a_real_region_college_or_zone() -> None:
    real = {
        *(region.name for region in tables.regions()),
        *(region.name for region in tables.regions_abolished()),
        *(institution.name for institution in tables.institutions()),
        *(zone.name for zone in tables.zones()),
    }

    assert not [name for name in real if "澄浦" in name]
    assert not names & real


def test_credit_codes_are_unique_and_have_their_check_character() -> None:
    codes = [organisation.credit_code for organisation in demo.organisations() if organisation.credit_code]

    assert len(codes) == len(set(codes)) == 68
    assert [code for code in codes if len(code) != 18 or code[-1] != check_character(code)] == []


def test_short_names_and_aliases_name_one_organisation_only() -> None:
    bearers: dict[str, set[str]] = {}
    for organisation in demo.organisations():
        for name in (organisation.name, organisation.short_name, *organisation.aliases):
            bearers.setdefault(name, set()).add(organisation.name)

    assert {name: who for name, who in bearers.items() if len(who) > 1} == {}


def test_organisations_lie_in_known_zones_regions_and_industries() -> None:
    industries = {industry.code for industry in tables.industries() if industry.level == "class"}
    regions = {region.code for region in tables.regions()}

    assert {organisation.zone for organisation in demo.organisations()} == {"", "澄浦经开区", "澄浦高新区"}
    assert {organisation.region_code for organisation in demo.organisations()} <= regions
    assert {organisation.industry_code for organisation in demo.organisations()} <= industries


def test_memberships_resolve_and_stand_once() -> None:
    keys = [(row.consortium, row.organisation, row.role) for row in demo.memberships()]

    assert {row.consortium for row in demo.memberships()} == {GROUP, *CONSORTIA}
    assert {row.organisation for row in demo.memberships()} <= names
    assert len(keys) == len(set(keys))
    assert all(row.start < row.end for row in demo.memberships())


@pytest.mark.parametrize("consortium", sorted(CONSORTIA))
def test_each_consortium_has_its_leads_its_zone_and_ten_departments(consortium: str) -> None:
    roles = Counter(row.role for row in demo.memberships() if row.consortium == consortium)

    assert (roles["lead_school"], roles["lead_enterprise"], roles["park"], roles["guidance_committee"]) == (1, 1, 1, 10)


def test_the_story_names_only_organisations_and_people_of_the_files() -> None:
    story = demo.notice(clean=True)
    guests = ("梁怀远", "顾文澜", "邵立群", "万秋实", "程志航", "喻松林", "郝建业", "季明远", "秦雪岚")

    assert 900 <= len(story) <= 1500
    assert all(guest in story and guest in {person.name for person in demo.people()} for guest in guests)
    assert "现有成员单位57家" in story
    members = {one.organisation for one in demo.memberships() if one.consortium == GROUP and one.role != GUIDING}
    assert len(members) == 57


def test_the_damaged_story_has_readings_and_lacks_one_separator() -> None:
    damaged = demo.notice()

    assert "聯(lián)合體" in damaged
    assert "會(huì )" in damaged
    assert len(re.findall(r"\([^()\d]{1,7}\)", damaged)) > 150
    assert demo.notice(clean=True).count("；") == damaged.count(";") + 1


def test_people_and_log_ins_belong_to_organisations_of_the_city() -> None:
    roles = {login.role for login in demo.logins()}

    assert {person.organisation for person in demo.people()} <= names
    assert {login.organisation for login in demo.logins()} <= names
    assert {login.name for login in demo.logins()} <= {person.name for person in demo.people()}
    assert roles == {"member", "officer", "secretariat", "guidance", "student", "administrator"}


def test_programmes_have_codes_of_their_level_and_figures_that_agree() -> None:
    codes = {(row.level, row.code, row.name) for row in tables.programmes()}
    codes |= {("bachelor", row.code, row.name) for row in tables.majors()}

    assert len(demo.programmes()) == 60
    assert [row for row in demo.programmes() if (row.level, row.programme_code, row.programme) not in codes] == []
    assert {row.college for row in demo.programmes()} <= names
    assert all(row.dual_qualified <= row.teachers for row in demo.programmes())
    assert all(row.enrolled <= 1.15 * row.years * row.intake for row in demo.programmes())


def test_eighty_needs_and_eighty_offers_cover_all_kinds() -> None:
    needs = Counter(listing.kind for listing in demo.needs())
    offers = Counter(listing.kind for listing in demo.offers())

    assert len(by_number) == sum(needs.values()) + sum(offers.values()) == 160
    assert set(needs) == set(offers) == set(Kind)
    assert (needs["post"], offers["post"]) == (36, 37)
    assert min(*needs.values(), *offers.values()) == 7


def test_every_code_of_a_listing_exists() -> None:
    occupations = {"", *(row.code for row in tables.occupations())}
    industries = {row.code for row in tables.industries()}
    programmes = {(row.level, row.code) for row in tables.programmes()}
    programmes |= {("bachelor", row.code) for row in tables.majors()} | {("", "")}

    for listing in by_number.values():
        assert listing.occupation_code in occupations, listing.number
        assert listing.industry_code in industries, listing.number
        assert (listing.programme_level, listing.programme_code) in programmes, listing.number
        assert listing.region_code == "340000", listing.number


@pytest.mark.parametrize(("side", "listings"), SIDES)
def test_the_typed_fields_of_a_listing_are_those_of_its_kind(side: Side, listings) -> None:
    for listing in listings():
        known = {field.name: field for field in FIELDS[side, Kind(listing.kind)]}
        given = dict(listing.fields)

        assert set(given) <= set(known), listing.number
        assert {name for name, field in known.items() if field.required} <= set(given), listing.number
        assert all(
            given[name] in field.choices
            for name, field in known.items()
            if field.value is Value.CHOICE and name in given
        ), listing.number


def test_listings_are_posted_by_members_while_they_are_members() -> None:
    terms = {(row.consortium, row.organisation): (row.start, row.end) for row in demo.memberships()}

    for listing in by_number.values():
        start, end = terms[listing.consortium, listing.organisation]
        assert start <= listing.posted_on <= end, listing.number


def test_open_listings_run_into_the_next_months_and_dates_are_in_order() -> None:
    for listing in by_number.values():
        assert date(2026, 8, 1) <= listing.posted_on <= date(2026, 11, 24), listing.number
        assert listing.posted_on < listing.expires_on, listing.number
        assert not (listing.starts_on and listing.ends_on) or listing.starts_on <= listing.ends_on, listing.number
        if listing.state == "open":
            assert date(2026, 12, 1) <= listing.expires_on <= date(2027, 6, 30), listing.number


def test_summaries_and_details_have_the_length_of_real_ones() -> None:
    assert all(38 <= len(listing.summary) <= 125 for listing in by_number.values())
    assert all(58 <= len(listing.detail) <= 205 for listing in by_number.values())


def test_internships_take_at_most_a_tenth_of_the_staff() -> None:
    staff = {organisation.name: organisation.staff for organisation in demo.organisations()}
    interns: Counter[str] = Counter()
    for listing in demo.needs():
        if dict(listing.fields).get("engagement") == "internship":
            interns[listing.organisation] += listing.quantity

    assert interns
    assert [name for name, count in interns.items() if count > 0.1 * (staff[name] or 0)] == []


def test_judged_pairs_join_a_need_and_an_offer_of_one_kind() -> None:
    pairs = [(row.need, row.offer) for row in demo.judgements()]

    assert len(pairs) == len(set(pairs)) >= 120
    assert {row.grade for row in demo.judgements()} == {0, 1, 2}
    assert all(by_number[need].kind == by_number[offer].kind for need, offer in pairs)


def test_the_year_runs_in_order_and_agrees_with_the_files() -> None:
    days = [deed.day for deed in demo.deeds()]
    joined = {(deed.object, deed.organisation, deed.day) for deed in demo.deeds() if deed.event == "member.joined"}
    starts = {(row.consortium, row.organisation, row.start) for row in demo.memberships()}

    assert 30 <= len(days) <= 60
    assert days == sorted(days)
    assert {deed.organisation for deed in demo.deeds()} <= names
    assert joined
    assert joined <= starts
