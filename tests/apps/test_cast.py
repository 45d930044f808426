"""The cast itself."""

from __future__ import annotations

from tests.cast import Cast


def test_the_secretary_of_a_group_runs_its_consortia(cast: Cast) -> None:
    assert cast.secretary.runs(cast.group.pk)
    assert cast.secretary.runs(cast.consortium.pk)


def test_nobody_else_of_the_cast_runs_a_consortium_but_the_administrator(cast: Cast) -> None:
    running = {name for name, actor in cast.people.items() if actor.runs(cast.consortium.pk)}

    assert running == {"secretary", "administrator"}
