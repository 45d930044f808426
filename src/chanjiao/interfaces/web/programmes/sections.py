"""What the pages of programmes share: the sections above them and names of codes."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from chanjiao.apps.programmes.selectors.alignment import latest_year
from chanjiao.apps.reference.selectors import names_of
from chanjiao.core import clock
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.web.exchange.lists import whole_number


def sections(here: str) -> list[dict[str, object]]:
    """The tabs above every list about the programme structure."""
    told = [
        ("programmes:list", _("Programmes")),
        ("programmes:years", _("Yearly figures")),
        ("programmes:demand", _("Demand")),
        ("programmes:alignment", _("Alignment")),
        ("programmes:forecasts", _("Outlook")),
        ("programmes:warnings", _("Warnings")),
        ("plans:list", _("Plans of intake")),
        ("dossiers:list", _("Dossiers")),
        ("report:report", _("Yearly report")),
    ]
    names = (here, f"programmes:{here}")
    return [{"label": label, "url": reverse(route), "here": route in names} for route, label in told]


def shown_year(request: HttpRequest, actor: Actor) -> int:
    """The year asked for, else the latest with completions, else this one."""
    asked = whole_number(request.GET.get("year", "")) or 0
    return asked if 2000 <= asked <= 2100 else latest_year(actor) or clock.now().year


def occupation_names(actor: Actor, codes: Iterable[str]) -> dict[str, str]:
    """Code of an occupation → its name, the code itself where the tables have none."""
    wanted = set(codes)
    names = names_of(actor, [("occupation", code) for code in wanted])
    return {code: names.get(("occupation", code), code) for code in wanted}


def programme_names(actor: Actor, codes: Iterable[str]) -> dict[str, str]:
    """Code of a programme or major → its name, the code itself where the tables have none."""
    wanted = set(codes)
    names = names_of(actor, [("programme", code) for code in wanted])
    return {code: names.get(("programme", code), code) for code in wanted}


def industry_names(actor: Actor, codes: Iterable[str]) -> dict[str, str]:
    """Code of an industry without its letter → its name."""
    found = names_of(actor, [("industry", code) for code in set(codes) if code])
    return {code: name for (_system, code), name in found.items()}
