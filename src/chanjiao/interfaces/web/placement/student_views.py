"""A college's students: the list with who has not handed in, one student, files in and out."""

from __future__ import annotations

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.apps.placement.actions.answer_offer import answer_for_student
from chanjiao.apps.placement.actions.register_student import (
    delete_student,
    edit_student,
    give_log_in,
    register_student,
    register_students,
)
from chanjiao.apps.placement.models import Student
from chanjiao.apps.placement.selectors import rounds, students
from chanjiao.apps.reference.selectors import names_of
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import require
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.exchange.lists import whole_number
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.members.forms import refuse
from chanjiao.interfaces.web.placement.entry import deed, page_of
from chanjiao.interfaces.web.placement.files import read_students
from chanjiao.interfaces.web.placement.forms import StudentForm, student_values


def student_list(request: HttpRequest) -> HttpResponseBase:
    """The students of the reader's college; with a round, what each has done in it."""
    actor = known_actor(request)
    if not actor.sees_all:
        students.college_kept(actor)
    chosen = whole_number(request.GET.get("round", ""))
    round_ = rounds.placement_round(actor, chosen) if chosen else rounds.rounds(actor).first()
    filters = students.StudentFilters(
        text=request.GET.get("q", "")[:60],
        missing=request.GET.get("missing", "") if round_ else "",
        sort=request.GET.get("sort", "number"),
    )
    rows = students.students(actor, filters, round_)
    file = exported(request, rows.iterator(500), _columns(round_ is not None), "students")
    if file is not None:
        return file
    page = page_of(request, rows)
    names = names_of(actor, [("programme", one.programme_code) for one in page.object_list])
    context = {
        "page": page,
        "lines": [(one, names.get(("programme", one.programme_code), "")) for one in page.object_list],
        "filters": filters,
        "round": round_,
        "rounds": rounds.rounds(actor),
        "missing": [("wishes", _("No wishes yet")), ("consent", _("No consent yet"))],
        "is_narrowed": bool(filters.text or filters.missing),
    }
    return render(request, "placement/students.html", context)


def student_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One student: data held, and what may be done with them."""
    actor = known_actor(request)
    found = students.student(actor, pk)
    context = {
        "student": found,
        "programme": names_of(actor, [("programme", found.programme_code)]).get(("programme", found.programme_code)),
        "keeps": actor.acts_for(found.college_id),
        "now": clock.now(),
        "consents": found.consents.select_related("round"),
        "offers": found.offers.select_related("seat__organisation", "round"),
    }
    return render(request, "placement/student.html", context)


@require_POST
def answer_for(request: HttpRequest, pk: int) -> HttpResponse:
    """An officer answers an offer as the student told it."""
    actor, accept = known_actor(request), request.POST.get("answer") == "accept"
    told, offer = request.POST.get("told", ""), students.offer_kept(actor, pk)
    words = _("The place is accepted for the student") if accept else _("Declined; the place goes to the next in line")
    back = reverse("placement:student", args=[offer.student_id])
    return deed(
        request, back, words,
        lambda: answer_for_student(actor=actor, pk=pk, accept=accept, told=told, now=clock.now()),
    )  # fmt: skip


def add(request: HttpRequest) -> HttpResponse:
    """The form for one student."""
    actor = known_actor(request)
    college = students.college_kept(actor)
    form = StudentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = register_student(actor=actor, college_id=college.pk, record=form.record(), now=clock.now())
        except ChanjiaoError as error:
            refuse(form, error)
        else:
            return redirect("placement:student", pk=made.pk)
    return _form_page(request, form, reverse("placement:students"), _("Register a student"))


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for a student's data."""
    actor = known_actor(request)
    found = students.student(actor, pk)
    require(actor.acts_for(found.college_id))
    form = StudentForm(request.POST or None, initial=student_values(found))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            edit_student(actor=actor, pk=pk, version=version, record=form.record(), now=clock.now())
        except ChanjiaoError as error:
            refuse(form, error)
        else:
            return redirect("placement:student", pk=pk)
    return _form_page(request, form, reverse("placement:student", args=[pk]), found.name)


def _form_page(request: HttpRequest, form: StudentForm, back: str, title: str) -> HttpResponse:
    context = {"form": form, "back": back, "title": title}
    return render(request, "placement/student_form.html", context, status=422 if form.errors else 200)


@require_POST
def log_in(request: HttpRequest, pk: int) -> HttpResponse:
    """The student is linked with a log-in of the college."""
    actor, username = known_actor(request), request.POST.get("username", "")
    back = reverse("placement:student", args=[pk])
    return deed(request, back, _("Saved"), lambda: give_log_in(actor=actor, pk=pk, username=username, now=clock.now()))


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything held about the student is gone."""
    actor = known_actor(request)
    found = students.student(actor, pk)
    back = reverse("placement:students") if actor.acts_for(found.college_id) else reverse("placement:list")
    return deed(request, back, _("The data are deleted"), lambda: delete_student(actor=actor, pk=pk, now=clock.now()))


def own_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything held about the student, as a file."""
    told = students.own_data(known_actor(request), pk)
    content = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
    return HttpResponse(content, content_type="application/json; charset=utf-8", headers=headers)


@require_POST
def import_file(request: HttpRequest) -> HttpResponse:
    """All students of a file are registered, or none and every row that is wrong is shown."""
    actor = known_actor(request)
    college = students.college_kept(actor)
    uploaded = request.FILES.get("file")
    if uploaded is None:
        raise ChanjiaoError("input.missing", name=_("File"))
    records, faults = read_students(uploaded.read(), str(uploaded.name))
    if faults:
        context = {"faults": faults[:200], "count": len(faults), "back": reverse("placement:students")}
        return render(request, "placement/import_faults.html", context, status=422)
    words = _("%d students registered") % len(records)
    return deed(
        request,
        reverse("placement:students"),
        words,
        lambda: register_students(actor=actor, college_id=college.pk, records=records, now=clock.now()),
    )


def _columns(with_round: bool) -> list[Column[Student]]:
    deeds: list[Column[Student]] = [
        Column(_("Wishes"), lambda one: getattr(one, "wish_count", None), 8),
        Column(_("Consent"), lambda one: getattr(one, "has_consent", None), 8),
    ]
    return [
        Column(_("Student number"), lambda one: one.number, 14),
        Column(_("Student's name"), lambda one: one.name, 12),
        Column(_("Level of study"), lambda one: one.get_level_display(), 18),
        Column(_("Programme"), lambda one: one.programme_code, 12),
        Column(_("Date of birth"), lambda one: one.birth_date, 12),
        Column(_("Average mark"), lambda one: one.mark, 10),
        Column(_("Lives in"), lambda one: one.home, 14),
        Column(_("Groups"), lambda one: "，".join(one.groups), 20),
        Column(_("Alias"), lambda one: one.alias, 14),
        *(deeds if with_round else []),
    ]
