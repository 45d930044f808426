"""Jobs in the background: how far they are, cancel, retry."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.core import clock
from chanjiao.core.jobs import cancel_job, retry_job
from chanjiao.core.models import Job, JobState
from chanjiao.core.selectors import jobs
from chanjiao.interfaces.web.administration.entry import administering
from chanjiao.interfaces.web.administration.words import task_word
from chanjiao.interfaces.web.deed_words import doer_of
from chanjiao.interfaces.web.export import Column, exported

PAGE = 30


def job_list(request: HttpRequest) -> HttpResponseBase:
    """The jobs, the latest first, or the same as a file; the table renews itself while one is under way."""
    actor = administering(request)
    state = request.GET.get("state", "")
    found = jobs(actor, state=state if state in JobState.values else "")
    file = exported(request, found.iterator(500), _columns(), "jobs")
    if file is not None:
        return file
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    is_busy = any(one.state in (JobState.RUNNING, JobState.QUEUED) for one in page.object_list)
    template = "administration/jobs_table.html" if getattr(request, "htmx", False) else "administration/jobs.html"
    return render(request, template, {"page": page, "states": JobState.choices, "is_busy": is_busy})


def _columns() -> list[Column[Job]]:
    return [
        Column(_("Job"), lambda one: task_word(one.task), 30),
        Column(_("State"), lambda one: one.get_state_display(), 12),
        Column(_("Outcome"), lambda one: one.outcome, 40),
        Column(_("Asked for by"), lambda one: doer_of(one.actor_name), 14),
        Column(_("Asked for"), lambda one: one.created_at, 18),
        Column(_("Ended"), lambda one: one.finished_at, 18),
    ]


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """The job is cancelled, or stops at its next step."""
    cancel_job(actor=administering(request), job_id=pk, now=clock.now())
    messages.success(request, _("The job is cancelled"))
    return redirect("administration:jobs")


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """The job waits for its turn again."""
    retry_job(actor=administering(request), job_id=pk, now=clock.now())
    messages.success(request, _("The job waits for its turn again"))
    return redirect("administration:jobs")
