"""Jobs in the background: how far they are, cancel, retry."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.core import clock
from chanjiao.core.jobs import cancel_job, retry_job
from chanjiao.core.models import JobState
from chanjiao.core.selectors import jobs
from chanjiao.interfaces.web.administration.entry import administering

PAGE = 30


def job_list(request: HttpRequest) -> HttpResponse:
    """The jobs, the latest first; the table renews itself while one is under way."""
    actor = administering(request)
    state = request.GET.get("state", "")
    page = Paginator(jobs(actor, state=state if state in JobState.values else ""), PAGE).get_page(
        request.GET.get("page")
    )
    is_busy = any(one.state in (JobState.RUNNING, JobState.QUEUED) for one in page.object_list)
    template = "administration/jobs_table.html" if getattr(request, "htmx", False) else "administration/jobs.html"
    return render(request, template, {"page": page, "states": JobState.choices, "is_busy": is_busy})


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
