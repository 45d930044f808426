"""The pages and the API of the programme structure: figures with their intervals, rows behind them, cards and forms."""

from __future__ import annotations

import pytest
from django.test import Client

from chanjiao.apps.plans.models import PlannedChange, PlanScenario
from chanjiao.apps.programmes.actions.issue_cards import issue_cards
from chanjiao.apps.programmes.models import DemandFigure, IndustryChain, WarningCard, WarningRuleSet, YearFigures
from tests.apps.programmes.structure import MACHINING, Structure, structure
from tests.apps.programmes.structure import demand as told_demand
from tests.apps.programmes.test_warnings import RULES
from tests.cast import NOW, Cast
from tests.interfaces.plans_sample import make_plans
from tests.interfaces.test_exchange_pages import logged_in, page


@pytest.fixture
def made(client: Client, cast: Cast) -> Structure:
    client.cookies["django_language"] = "en"
    return structure(cast)


def csv(client: Client, url: str) -> str:
    return b"".join(client.get(url).streaming_content).decode()  # type: ignore[attr-defined]


def test_the_alignment_shows_each_figure_with_its_interval_and_opens_to_its_rows(
    client: Client, made: Structure
) -> None:
    shown = page(client, "/programmes/alignment/?by=chain&sort=-gap")
    behind = page(client, "/programmes/alignment/behind/?by=programme&key=460103")
    flow = page(client, "/programmes/alignment/flow/")

    assert "高端装备" in shown
    assert "+120" in shown
    assert "H = Σxy" in shown
    assert "2026年用工台账" in behind
    assert "青浦川职业技术学院" in behind
    assert "<path" in flow
    assert '<a href="/programmes/alignment/behind/?by=programme&amp;key=460103"' in flow
    assert '"460103"' in csv(client, "/programmes/alignment/?format=csv").replace("460103,", '"460103"')
    behind_url = "/programmes/alignment/behind/?by=programme&key=460103&format=csv"
    assert csv(client, f"{behind_url}&part=demand").count("2026年用工台账") == 1
    assert csv(client, f"{behind_url}&part=years").count("青浦川职业技术学院") == 3
    assert client.get("/programmes/alignment/behind/?by=programme&key=999999").status_code == 404


def test_an_outlook_draws_years_ahead_names_every_method_and_says_which_years_are_missing(
    client: Client, made: Structure
) -> None:
    told_demand(MACHINING, 2018, 200)
    shown = page(client, f"/programmes/outlook/{MACHINING}/?ahead=5")

    assert "Grey model GM(1,1)" in shown
    assert "2031" in shown
    assert "of the naive" in shown
    assert "Nobody tells 2019, 2020; the forecast starts after that and does not use 2018." in shown
    assert "2019, 2020 missing" in page(client, "/programmes/outlook/")
    holes = page(client, "/programmes/demand/").partition("forecasts start after them")[2][:200]
    assert f"/programmes/outlook/{MACHINING}/" in holes
    assert "(2019, 2020)" in holes
    assert MACHINING in csv(client, "/programmes/outlook/?format=csv")
    assert client.get("/programmes/outlook/6-18-01-07/").status_code == 404


def test_forms_keep_years_demand_and_chains_and_say_what_is_wrong(client: Client, cast: Cast, made: Structure) -> None:
    logged_in(client, cast.secretary)
    year = f"/programmes/{made.machining.pk}/year/"
    figure = {
        "occupation": "6-31-01", "year": 2026, "source": "survey", "title": "调查", "expected": 30,
        "told_on": "2026-06-30",
    }  # fmt: skip

    told = client.post(year, {"year": 2023, "completed": 50, "employed": 40})
    wrong = client.post(year, {"year": 2022, "completed": 50, "employed": 60})
    row = YearFigures.objects.get(point=made.machining, year=2023)
    again = client.post(f"{year}?year=2023", {"year": 2023, "completed": 55, "employed": 40, "version": row.version})
    asked = client.post("/programmes/demand/new/", figure)
    refused = client.post("/programmes/demand/new/", {**figure, "low": 40, "weight": 3})
    chain = client.post("/programmes/chains/new/", {"name": "电子信息", "industry_codes": "C39、C3912", "is_key": "on"})
    unknown = client.post("/programmes/chains/new/", {"name": "其他", "industry_codes": "X99"})

    assert [one.status_code for one in (told, again, asked, chain)] == [302] * 4
    assert [one.status_code for one in (wrong, refused, unknown)] == [422] * 3
    assert "60 have a destination, more than have completed" in wrong.content.decode()
    assert YearFigures.objects.get(point=made.machining, year=2023).completed == 55
    assert DemandFigure.objects.get(occupation_code="6-31-01").expected == 30
    assert IndustryChain.objects.get(name="电子信息").industry_codes == ["C39", "C3912"]


def test_a_card_is_given_by_rules_loaded_here_read_by_the_college_and_decided_with_a_reason(
    client: Client, cast: Cast, made: Structure
) -> None:
    logged_in(client, cast.bureau_officer)
    bad = client.post("/programmes/warnings/rules/", {"content": "rules: none"})
    client.post("/programmes/warnings/rules/", {"content": RULES})
    client.post("/programmes/warnings/issue/", {"rule_set": "own", "year": 2026})
    card = WarningCard.objects.get()
    address = f"/programmes/warnings/{card.pk}/"

    nothing = client.post(address, {"decision": "reduce", "reason": " ", "version": card.version})
    decided = client.post(address, {"decision": "reduce", "reason": "落实率偏低", "version": card.version})
    logged_in(client, cast.dean)

    assert (bad.status_code, nothing.status_code, decided.status_code) == (422, 422, 302)
    assert WarningRuleSet.objects.get().key == "own"
    shown = page(client, address)
    assert "生师比高于25" in shown
    assert "落实率偏低" in shown
    assert "大数据与会计" in page(client, "/programmes/warnings/?colour=red") or "530302" in shown
    assert client.post(address, {"decision": "keep", "reason": "x", "version": 2}).status_code == 403


def test_the_api_tells_the_same(client: Client, cast: Cast, made: Structure) -> None:
    issue_cards(actor=cast.secretary, rule_set="heilongjiang", year=2026, now=NOW)

    alignment = client.get("/api/v1/programmes/alignment?by=college&year=2026").json()
    outlook = client.get(f"/api/v1/programmes/outlook/{MACHINING}?ahead=2").json()
    years = client.get("/api/v1/programmes/years?year=2026&code=5303").json()
    rows = client.get(f"/api/v1/programmes/demand?occupation={MACHINING}&limit=2").json()

    assert [line["gap"]["value"] for line in alignment["lines"]] == [40.0, 30.0]
    assert outlook["forecast"]["years"] == [2027, 2028]
    assert [item["facts"]["completed"] for item in years["items"]] == [100]
    assert (rows["count"], len(rows["items"])) == (6, 2)
    assert client.get("/api/v1/programmes/alignment?by=moon").status_code == 422


def test_scenarios_side_by_side_open_to_the_reasons_of_each_change(client: Client, cast: Cast) -> None:
    first = make_plans(cast)
    PlanScenario.objects.filter(pk=first.scenario.pk).update(title="缩减方案")
    second = make_plans(cast)
    PlannedChange.objects.filter(pk=second.change.pk).update(planned=80.0)
    client.cookies["django_language"] = "en"
    logged_in(client, cast.secretary)
    address = f"/plans/side-by-side/?scenario={first.scenario.pk}&scenario={second.scenario.pk}"

    shown = page(client, address)

    assert f'<a href="/plans/changes/{first.change.pk}/">60</a>' in shown
    assert f'<a href="/plans/changes/{second.change.pk}/">80</a>' in shown
    assert "青浦川职业技术学院,530302,100.0,60.0,80.0" in csv(client, f"{address}&format=csv")
