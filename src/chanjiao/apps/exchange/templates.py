"""What a new need or offer may begin with: templates of its kind, and what the organisation posted before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

import yaml

from chanjiao.apps.exchange.kinds import Kind, Side
from chanjiao.apps.exchange.rules import Content
from chanjiao.core.days import months_later, years_until


@dataclass(frozen=True, slots=True)
class Template:
    """A beginning under a name in both languages."""

    zh: str
    en: str
    content: Content


def templates_of(side: Side, kind: Kind) -> tuple[Template, ...]:
    """The templates of one side of a kind, in their order; none where the data have none."""
    return _book().get((side.value, kind.value), ())


def repeated(content: Content, today: date) -> Content:
    """The same once more: its days as many whole years later as it takes for the first not to be past; open anew."""
    first = content.starts_on or content.ends_on
    months = 12 * years_until(first, today) if first else 0
    starts, ends = (day and months_later(day, months) for day in (content.starts_on, content.ends_on))
    return replace(content, starts_on=starts, ends_on=ends, expires_on=None)


@cache
def _book() -> dict[tuple[str, str], tuple[Template, ...]]:
    told = yaml.safe_load(files("chanjiao.data").joinpath("exchange/templates.yaml").read_text(encoding="utf-8"))
    return {
        (side, kind): tuple(_template(dict(one)) for one in templates)
        for side, kinds in told.items()
        for kind, templates in kinds.items()
    }


def _template(told: dict[str, object]) -> Template:
    name, fields = told.pop("name"), told.pop("fields", {})
    assert isinstance(name, dict)
    assert isinstance(fields, dict)
    return Template(**name, content=Content(**told, fields=tuple(fields.items())))  # type: ignore[arg-type]
