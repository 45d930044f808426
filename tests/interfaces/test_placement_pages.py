"""Pages of placement: wishes by buttons, files with faults, figures that open, queries that do not grow."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from chanjiao.apps.accounts.models import User
from chanjiao.apps.placement.models import Consent, PlacementRound, RunKind, Student, Wish, WishList
from chanjiao.core.models import Job
from tests.apps.placement.samples import City, city, published
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db
HEAD = "学号,姓名,学历层次,专业,出生日期,平均成绩,居住片区,群体\n"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def logged_in(client: Client, username: str) -> Client:
    client.force_login(User.objects.get(username=username))
    return client


def open_round(cast: Cast, seats: int = 2) -> City:
    """A round that takes wishes today, with a student."""
    made = city(cast)
    for number in range(seats):
        made.adds_seat(title=f"岗位{number}")
    made.adds_student()
    made.opens()
    PlacementRound.objects.update(
        wishes_until=timezone.now() + timedelta(days=2), rankings_until=timezone.now() + timedelta(days=3),
        appeals_until=timezone.now() + timedelta(days=4), answers_until=timezone.now() + timedelta(days=4),
    )  # fmt: skip
    return made


def send(client: Client, made: City, **told: object) -> int:
    """The status of one change of the list, sent as a browser without scripts would."""
    stored = WishList.objects.filter(round=made.round).first()
    order = ",".join(str(pk) for pk in Wish.objects.order_by("rank").values_list("seat_id", flat=True))
    fields = {"order": order, "version": stored.version if stored else "", **told}
    return client.post(reverse("placement:wishes", args=[made.round.pk]), fields).status_code


def listed() -> list[int]:
    return list(Wish.objects.order_by("rank").values_list("seat_id", flat=True))


def test_a_list_is_put_in_order_by_buttons_alone(client: Client, cast: Cast) -> None:
    made = open_round(cast)
    first, second = (seat.pk for seat in made.seats)
    logged_in(client, "student")

    added = [send(client, made, add=first), send(client, made, add=second)]
    moved = send(client, made, up=second)

    assert (added, moved, listed()) == ([302, 302], 302, [second, first])
    assert send(client, made, down=second) == 302
    assert listed() == [first, second]
    assert send(client, made, remove=first) == 302
    assert listed() == [second]


@pytest.mark.parametrize(
    "told", [{"add": "999999"}, {"add": "x"}, {"order": "1,1"}, {"version": "77", "add": "1"}, {"order": "-1,²"}]
)
def test_a_change_that_makes_no_sense_leaves_the_list_as_it_is(
    client: Client, cast: Cast, told: dict[str, str]
) -> None:
    made = open_round(cast)
    logged_in(client, "student")
    send(client, made, add=made.seats[0].pk)
    before = listed()

    send(client, made, **told)

    assert listed() in (before, [])  # an order that names no seat is an empty list, which is a list


def test_a_page_after_the_deadline_says_so_and_saves_nothing(client: Client, cast: Cast) -> None:
    made = open_round(cast)
    PlacementRound.objects.update(wishes_until=timezone.now() - timedelta(seconds=1))
    logged_in(client, "student")

    answer = client.post(
        reverse("placement:wishes", args=[made.round.pk]), {"order": "", "add": made.seats[0].pk, "version": ""}
    )

    assert answer.status_code == 409
    assert "已过截止时间" in answer.content.decode()
    assert not Wish.objects.exists()


def test_consent_is_given_and_withdrawn_on_the_page(client: Client, cast: Cast) -> None:
    made = open_round(cast)
    logged_in(client, "student")
    address = reverse("placement:consent", args=[made.round.pk])

    client.post(address)
    client.post(address, {"withdraw": "1"})

    assert [one.withdrawn_at is not None for one in Consent.objects.all()] == [True]


def upload(client: Client, content: bytes, name: str = "学生.csv") -> tuple[int, str]:
    answer = client.post(reverse("placement:import_students"), {"file": SimpleUploadedFile(name, content)})
    return answer.status_code, answer.content.decode()


def test_students_come_from_a_file_in_either_encoding(client: Client, cast: Cast) -> None:
    logged_in(client, "dean")
    row = "2024{n},孔令安,高职专科,460103,2006年5月4日,81.5,主城区,脱贫家庭；退役士兵\n"

    upload(client, (HEAD + row.format(n=1)).encode("gb18030"))
    upload(client, (HEAD + row.format(n=2)).encode("utf-8-sig"))

    assert list(Student.objects.values_list("number", "level", "groups")) == [
        ("20241", "associate", ["脱贫家庭", "退役士兵"]), ("20242", "associate", ["脱贫家庭", "退役士兵"]),
    ]  # fmt: skip


def test_students_come_from_a_sheet(client: Client, cast: Cast) -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD.strip().split(","))
        sheet.write_row(1, 0, [20241, "孔令安", "高职专科", 460103, "2006-05-04", 81.5, "", ""])
    logged_in(client, "dean")

    upload(client, content.getvalue(), "学生.xlsx")

    assert list(Student.objects.values_list("number", "programme_code")) == [("20241", "460103")]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("1,甲,高职专科,460103,,,,\n1,乙,高职专科,460103,,,,\n", "与第 2 行重复"),
        ("1,甲,博士后,460103,,,,\n", "“博士后”不是学历层次"),
        ("1,甲,高职专科,460103,五月,,,\n", "“五月”不是日期"),
        ("1,甲,高职专科,460103,,NaN,,\n", "“NaN”不是数字"),
        ("1,甲,高职专科,460103,,1e9,,\n", "0至100"),
        ("1,,高职专科,460103,,,,\n", "未填写"),
    ],
)
def test_a_wrong_row_is_named_with_line_and_column_and_nobody_is_registered(
    client: Client, cast: Cast, rows: str, told: str
) -> None:
    logged_in(client, "dean")

    status, page = upload(client, (HEAD + "9,好,高职专科,460103,,,,\n" + rows).encode())

    assert (status, told.replace("2", "3") in page or told in page) == (422, True)
    assert not Student.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"PK\x03\x04broken", "姓名\n甲\n".encode(), HEAD.encode()])
def test_a_file_that_is_none_is_refused_in_words(client: Client, cast: Cast, content: bytes) -> None:
    logged_in(client, "dean")

    status, page = upload(client, content)

    assert status == 422
    assert "Traceback" not in page
    assert not Student.objects.exists()


def test_a_run_is_started_from_the_page_and_shows_its_bar(client: Client, cast: Cast) -> None:
    made = open_round(cast)
    made.wishes(0, made.seats[0])
    PlacementRound.objects.update(state="allocation")
    logged_in(client, "secretary")

    client.post(reverse("placement:start_run", args=[made.round.pk]), {"kind": "draft", "note": "第一次"})

    page = client.get(reverse("placement:runs", args=[made.round.pk])).content.decode()
    assert Job.objects.get(task="placement.run").arguments["note"] == "第一次"
    assert "<progress" in page
    refused = client.post(reverse("placement:start_run", args=[made.round.pk]), {"kind": "secret"})
    assert refused.status_code == 422


def test_rules_that_cannot_be_read_change_nothing(client: Client, cast: Cast) -> None:
    made = city(cast)
    logged_in(client, "secretary")
    address = reverse("placement:rules", args=[made.round.pk])
    kept = {f"{one.code}_{part}": value for one in made.round.internship_rules.all()
            for part, value in (("bound", "15"), ("severity", "warn"), ("source", "市级办法"))}  # fmt: skip

    for wrong in ({"pay_share_bound": "很多"}, {"ways": "主城区,经开区"}, {"ways": "主城区,经开区,9999999"}):
        answer = client.post(address, kept | wrong, follow=True)
        assert "主城区" in answer.content.decode() or "很多" in answer.content.decode()

    assert not made.round.travel_times.exists()


def test_figures_open_to_rows_that_add_up(client: Client, cast: Cast) -> None:
    made = published(cast)
    run = made.round.runs.get()
    logged_in(client, "secretary")
    rows = reverse("placement:rows", args=[run.pk])

    by_rank = [client.get(rows, {"rank": rank}).context["page"].paginator.count for rank in (1, 2, 3)]
    unplaced = client.get(rows, {"placed": "no"}).context["page"].paginator.count
    figures = client.get(reverse("placement:yield", args=[made.round.pk])).context["figures"]

    assert (by_rank, unplaced) == ([1, 1, 0], 1)
    assert (figures.ranks, figures.whole.students, figures.whole.placed) == (((1, 1), (2, 1)), 3, 2)


def test_the_page_of_a_seat_says_in_sentences_what_it_gives_points_for(client: Client, cast: Cast) -> None:
    made = published(cast)
    seat = made.seats[0]
    rules = [("mark", 80, ""), ("programme", 10, "460103"), ("home", 5, "主城区"), ("near", 5, "60")]
    seat.point_rules = [{"what": what, "points": points, "value": value} for what, points, value in rules]
    seat.save()
    client.force_login(User.objects.get(username="student2"))

    page = client.get(reverse("placement:seat", args=[seat.pk])).content.decode()

    assert "<li>平均成绩：最多 80 分，按百分制成绩折算</li>" in page
    assert "<li>专业“460103…”：10 分</li>" in page  # by its name where the table of programmes is loaded
    assert "<li>住在主城区：5 分</li>" in page
    assert "<li>路程近：最多 5 分，路程越长分越少，满 60 分钟为 0 分</li>" in page


def test_the_result_page_says_why_in_words(client: Client, cast: Cast) -> None:
    made = published(cast)
    client.force_login(User.objects.get(username="student2"))

    page = client.get(reverse("placement:result", args=[made.round.pk])).content.decode()

    assert "这里的名额都给了 90 分及以上的同学，你在这里是 80 分。" in page
    assert "你是第一候补：这里再多一个名额就是你的。" in page
    assert "这就是你的岗位。" in page
    assert "学生1" not in page


LISTS = {
    "placement:list": (None, 13),
    "placement:seats": ("round", 14),
    "placement:students": (None, 15),
    "placement:offers": ("round", 13),
    "placement:rows": ("run", 13),
    "placement:yield": ("round", 17),
}
"""How many queries each list may make, whatever its length."""


@pytest.mark.parametrize("name", sorted(LISTS))
def test_queries_of_a_list_do_not_grow_with_its_length(client: Client, cast: Cast, name: str) -> None:
    made = city(cast)
    seat = made.adds_seat(capacity=12)
    for _ in range(8):
        made.adds_student()
    made.opens()
    for who in range(8):
        made.wishes(who, seat)
    made.closes()
    run = made.runs(RunKind.FINAL)
    made.publishes()
    of, most = LISTS[name]
    address = reverse(name, args=[] if of is None else [{"round": made.round, "run": run}[of].pk])
    logged_in(client, "dean" if name == "placement:students" else "secretary")
    client.get(address)

    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200

    assert len(queries) <= most, "\n".join(one["sql"][:150] for one in queries)
