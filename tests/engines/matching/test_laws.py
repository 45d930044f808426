"""What must hold of every match, whatever is put in."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from chanjiao.engines.matching import LEVELS, Item, Options, match, problem_hash, verify

TITLES = (
    "焊工",
    "电焊工实习生",
    "数控车工",
    "CNC操作",
    "会计",
    "出纳",
    "养老护理员",
    "",
    "外贸跟单",
    "😀",
    "123",
    "Java developer",
)
SKILLS = ("焊接", "PLC", "普通话", "数控编程", "会计电算化")
DATES = st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31))


def _items(side: str) -> st.SearchStrategy[list[Item]]:
    one = st.builds(
        Item,
        id=st.sampled_from([f"{side}{number}" for number in range(8)]),
        side=st.just(side),
        kind=st.sampled_from(("post", "training", "equipment")),
        title=st.sampled_from(TITLES) | st.text(max_size=20),
        summary=st.sampled_from(TITLES),
        skills=st.lists(st.sampled_from(SKILLS), max_size=3).map(tuple),
        occupations=st.sampled_from(((), ("6-18-04-06",), ("6-18-02-04",), ("9-99-99-99",))),
        programmes=st.sampled_from(((), ("460103",), ("000000",))),
        industries=st.sampled_from(((), ("C3466",), ("F51",))),
        region=st.sampled_from(("", "340803", "340100", "110101")),
        regions=st.sampled_from(((), ("340800",), ("340000", "110000"))),
        level=st.sampled_from(("", *LEVELS)),
        quantity=st.none() | st.integers(0, 5),
        starts=DATES,
        ends=DATES,
        open_until=DATES,
        organisation=st.sampled_from(("", "a", "b")),
        only_to=st.sampled_from(((), ("a",))),
        refuses=st.sampled_from(((), ("b",))),
        consent=st.booleans(),
        extras=st.sampled_from(
            ((), (("engagement", "internship"),), (("engagement", "employment"), ("pay_low", 3000)))
        ),
    )
    return st.lists(one, max_size=6, unique_by=lambda item: item.id)


@settings(deadline=None, max_examples=150)
@given(_items("need"), _items("offer"), DATES)
def test_every_answer_passes_the_independent_verifier(
    needs: list[Item], offers: list[Item], today: date | None
) -> None:
    options = Options(today=today, least_score=0.0)

    result = match(needs, offers, top=3, options=options)

    assert verify(result, needs, offers, top=3) == ()


@settings(deadline=None, max_examples=40)
@given(_items("need"), _items("offer"), st.randoms())
def test_the_answer_does_not_depend_on_the_order_of_the_input(needs, offers, random) -> None:  # type: ignore[no-untyped-def]
    shuffled_needs, shuffled_offers = random.sample(needs, len(needs)), random.sample(offers, len(offers))

    assert match(needs, offers) == match(shuffled_needs, shuffled_offers)


@settings(deadline=None, max_examples=40)
@given(_items("need"), _items("offer"))
def test_a_pair_left_out_by_a_full_run_breaks_a_condition_or_scores_nothing(
    needs: list[Item], offers: list[Item]
) -> None:
    from chanjiao.engines.matching import failures

    result = match(needs, offers, top=100, options=Options(least_score=0.0))

    found = {(pair.need, pair.offer) for pair in result.pairs}
    kept = {(n.id, o.id) for n in needs for o in offers if not failures(n, o)}
    assert found == kept


def test_the_hash_changes_with_one_letter() -> None:
    one, other = Item("a", "need", "post", "焊工"), Item("a", "need", "post", "焊 工")

    hashes = [problem_hash([item], [], top=3, options=Options()) for item in (one, other)]

    assert hashes[0] != hashes[1]


def test_the_neutral_order_has_no_scores_and_keeps_the_hard_conditions() -> None:
    needs = [Item("n", "need", "post", "焊工", level="bachelor")]
    offers = [
        Item("b", "offer", "post", "焊工", level="master"),
        Item("a", "offer", "post", "会计"),
        Item("c", "offer", "post", "焊工", level="secondary"),
    ]

    result = match(needs, offers, options=Options(personalised=False))

    assert [(pair.offer, pair.score) for pair in result.pairs] == [("a", 0.0), ("b", 0.0)]
