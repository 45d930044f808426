"""Technology contracts: the list, the registration, the first use."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from chanjiao.apps.cooperation.models import AgreementState
from chanjiao.apps.transfer.actions.note_first_use import note_first_use
from chanjiao.apps.transfer.actions.register_contract import register_contract
from chanjiao.apps.transfer.contract_selectors import ContractFilters
from chanjiao.apps.transfer.contract_selectors import contract as contract_seen
from chanjiao.apps.transfer.contract_selectors import contracts as contracts_seen
from chanjiao.apps.transfer.shown import ContractRow
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError, Kind, Rejected
from chanjiao.core.files import KINDS
from chanjiao.core.permissions import require
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.export import exported
from chanjiao.interfaces.web.form_errors import add_refusal, raise_unless
from chanjiao.interfaces.web.places import page_of
from chanjiao.interfaces.web.transfer import lists, words
from chanjiao.interfaces.web.transfer.forms import FirstUseForm, PlainForm, RegistrationForm
from chanjiao.interfaces.web.wording import listed


def contracts(request: HttpRequest) -> HttpResponseBase:
    """The reader's technology contracts; or the same as a file."""
    actor, filters = known_actor(request), lists.contract_filters_of(request.GET)
    found = contracts_seen(actor, filters)
    file = exported(request, found, lists.contract_columns(), "technology-contracts")
    if file is not None:
        return file
    page = Paginator(found, lists.PAGE_SIZE).get_page(request.GET.get("page"))
    standings = [("to_register", _("To be registered")), ("registered", _("Registered")), ("used", _("In use"))]
    context = {
        "page": page,
        "lines": [_line(row) for row in page.object_list],
        "filters": filters,
        "is_narrowed": filters != ContractFilters(sort=filters.sort),
        "standings": [
            (value, label, len(contracts_seen(actor, ContractFilters(standing=value)))) for value, label in standings
        ],
        "kinds": words.contract_kinds(),
        "tabs": lists.tabs("contracts", known=True),
    }
    return render(request, "transfer/contracts.html", context)


def register(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a registration."""
    actor = known_actor(request)
    row = contract_seen(actor, pk)
    require(row.may_register)
    form = RegistrationForm(request.POST or None, initial={"registered_on": timezone.localdate(clock.now())})
    if request.method == "POST" and form.is_valid():
        try:
            register_contract(actor=actor, agreement_id=pk, now=clock.now(), **form.cleaned_data)
        except Rejected as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Registered; the other side has been told"))
            return redirect("transfer:contracts")
    return _form(request, "transfer/register.html", form, row)


def first_use(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a first use, with its proof."""
    actor = known_actor(request)
    row = contract_seen(actor, pk)
    require(row.may_note_use)
    start = {"used_on": timezone.localdate(clock.now())}
    form = FirstUseForm(request.POST or None, request.FILES or None, initial=start)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        file = told.pop("file")
        try:
            note_first_use(
                actor=actor, agreement_id=pk, chunks=file.chunks(), file_name=file.name, now=clock.now(), **told
            )
        except ChanjiaoError as error:
            raise_unless(error, Kind.INVALID, Kind.LIMIT, Kind.CONFLICT)
            add_refusal(form, error)
        else:
            messages.success(request, _("Told; the other side verifies the proof"))
            return redirect("transfer:contracts")
    return _form(request, "transfer/first_use.html", form, row)


def _form(request: HttpRequest, template: str, form: PlainForm, row: ContractRow) -> HttpResponse:
    context = {"form": form, "row": row, "kinds": listed(KINDS), "limit": settings.PROOF_LIMIT >> 20}
    return render(request, template, context, status=422 if form.errors else 200)


def _line(row: ContractRow) -> dict[str, object]:
    return {
        "row": row,
        "kind": words.kind_words(row.kind),
        "state": str(AgreementState(row.state).label),
        "url": page_of(row.id, "cooperation.agreement"),
        "proof_url": page_of(row.proof[0], "projects.project") if row.proof else "",
    }
