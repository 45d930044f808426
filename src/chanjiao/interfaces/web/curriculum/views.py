"""What a programme teaches beside what is asked: the page, the same as a file, and the college's own list."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_POST

from chanjiao.apps.curriculum import selectors
from chanjiao.apps.curriculum.actions.keep_courses import drop_courses, keep_courses
from chanjiao.apps.curriculum.selectors import AskedRow, CurriculumView
from chanjiao.apps.programmes.selectors.points import programme_point
from chanjiao.core import clock
from chanjiao.core.errors import Rejected
from chanjiao.interfaces.callers import actor_of, known_actor
from chanjiao.interfaces.web.exchange.lists import whole_number
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.form_errors import add_refusal
from chanjiao.interfaces.web.programmes.views import lines_of
from chanjiao.interfaces.web.wording import listed

STANDINGS = {
    "taught": ("done", gettext_noop("Taught")),
    "touched": ("waits", gettext_noop("Touched")),
    "missing": ("bad", gettext_noop("No course names it")),
}
"""Standing of something asked → (tone, words)."""


class CoursesForm(forms.Form):
    """The courses of a programme, one a line."""

    use_required_attribute = False
    courses = forms.CharField(
        label=gettext_lazy("Courses"),
        widget=forms.Textarea(attrs={"rows": 24}),
        max_length=80_000,
        help_text=gettext_lazy("One a line; after a colon what it deals with: it is compared too"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


def point(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Courses against functions and skills, narrowed by standing or occupation; or the same as a file."""
    actor = actor_of(request)
    view = selectors.curriculum_of(actor, pk)
    standing, occupation = request.GET.get("standing", ""), request.GET.get("occupation", "")
    rows = [one for one in view.asked if _fits(one, standing, occupation)]
    file = exported(request, rows, _columns(), "curriculum")
    if file is not None:
        return file
    context = {
        "view": view,
        "line": lines_of(actor, [view.point])[0],
        "rows": [(one, *_standing(one)) for one in rows],
        "standings": [(code, _(words), len(view.of(code))) for code, (_tone, words) in STANDINGS.items()],
        "groups": _groups(view),
        "standing": standing,
        "occupation": occupation,
        "is_narrowed": bool(standing or occupation),
        "counts": {code: len(view.of(code)) for code in STANDINGS},
        "change_url": f"{reverse('dossiers:new')}?{urlencode(_change(pk))}",
    }
    return render(request, "curriculum/point.html", context)


def courses(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for the college's own list."""
    actor = known_actor(request)
    text, version = selectors.course_text(actor, pk)
    form = CoursesForm(request.POST or None, initial={"courses": text, "version": version})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            keep_courses(actor=actor, point_id=pk, text=told["courses"], version=told["version"], now=clock.now())
        except Rejected as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Saved"))
            return redirect("curriculum:point", pk=pk)
    line = lines_of(actor, [programme_point(actor, pk)])[0]
    context: dict[str, Any] = {"form": form, "line": line, "version": version}
    return render(request, "curriculum/courses.html", context, status=422 if form.errors else 200)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """The courses of the national standard stand for it again."""
    version = whole_number(request.POST.get("version")) or 0
    drop_courses(actor=known_actor(request), point_id=pk, version=version, now=clock.now())
    messages.success(request, _("The courses of the national standard are compared again"))
    return redirect("curriculum:point", pk=pk)


def _change(pk: int) -> dict[str, object]:
    """What a dossier begins with that this page led to."""
    return {"change": "reorient", "point": pk, "cites": f"course:curriculum.point:{pk}:missing"}


def _fits(one: AskedRow, standing: str, occupation: str) -> bool:
    code = one.occupation.code if one.occupation else "skills"
    return (not standing or one.standing == standing) and (not occupation or code == occupation)


def _standing(one: AskedRow) -> tuple[str, str]:
    tone, words = STANDINGS[one.standing]
    return tone, _(words)


def _groups(view: CurriculumView) -> list[tuple[str, str, int]]:
    """(code, name, rows) of every occupation with functions, and of the skills of needs."""
    found = [(one.code, one.name, len(one.functions)) for one in view.occupations if one.functions]
    skills = sum(one.skill is not None for one in view.asked)
    return [*found, *([("skills", _("Skills that needs name"), skills)] if skills else [])]


def _columns() -> list[Column[AskedRow]]:
    return [
        Column(_("Required by work"), lambda one: one.text, 28),
        Column(_("Occupation code"), lambda one: one.occupation.code if one.occupation else "", 14),
        Column(_("Occupation"), lambda one: one.occupation.name if one.occupation else "", 26),
        Column(_("Edition of the standard"), lambda one: one.occupation.edition if one.occupation else "", 10),
        Column(_("Standing"), lambda one: _standing(one)[1], 14),
        Column(_("Course that names most of it"), lambda one: one.cover.course if one.cover else "", 28),
        Column(_("Part that it names"), lambda one: round(one.cover.part, 2) if one.cover else None, 10),
        Column(_("Firms that ask"), lambda one: listed(one.skill.firms) if one.skill else "", 40),
        Column(_("Places"), lambda one: one.skill.places if one.skill else None, 8),
    ]
