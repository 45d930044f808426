"""People with accounts: list, a new one, closing and opening, a new password."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from chanjiao.apps.accounts import selectors
from chanjiao.apps.accounts.actions.end_account import end_account, reopen_account
from chanjiao.apps.accounts.actions.register_person import register_person
from chanjiao.apps.accounts.actions.reset_password import reset_password
from chanjiao.apps.accounts.models import User
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.rows import column_asked
from chanjiao.core.selectors import RecordFilters, audit_records
from chanjiao.interfaces.web.administration.entry import administering
from chanjiao.interfaces.web.administration.words import action_word
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.form_errors import add_refusal

PAGE = 50
SORTS = {"name": "full_name", "username": "username", "last": "last_login"}


class PersonForm(forms.Form):
    """Who is to have an account."""

    full_name = forms.CharField(label=gettext_lazy("Person's name"), max_length=60)
    username = forms.CharField(
        label=gettext_lazy("Log-in name"),
        max_length=30,
        help_text=gettext_lazy("3 to 30 lower-case letters, digits, dots, hyphens or underscores"),
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)


def people_list(request: HttpRequest) -> HttpResponseBase:
    """People with accounts and the posts they hold."""
    actor = administering(request)
    standing, search = request.GET.get("standing", ""), request.GET.get("q", "").strip()
    found = selectors.people(actor, search=search, standing=standing).prefetch_related("posts__organisation")
    if asked := column_asked(request.GET.get("sort", ""), SORTS):
        found = found.order_by(asked, "pk")
    columns = [
        Column[User](_("Person's name"), lambda one: one.full_name, 14),
        Column[User](_("Log-in name"), lambda one: one.username, 16),
        Column[User](_("E-mail"), lambda one: one.email, 24),
        Column[User](_("Posts"), lambda one: "；".join(posts_told(one)), 50),
        Column[User](_("Last logged in"), lambda one: one.last_login, 18),
        Column[User](_("In use"), lambda one: one.is_active, 8),
    ]
    file = exported(request, found.iterator(500), columns, "people")
    if file:
        return file
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    standings = [("active", _("In use")), ("ended", _("Closed"))]
    return render(request, "administration/people.html", {"page": page, "search": search, "standings": standings})


def posts_told(user: User) -> list[str]:
    """The posts a person holds now, in words."""
    posts = user.posts.all()
    return [f"{post.organisation} · {post.get_role_display()}" for post in posts if post.ended_on is None]


@never_cache
def register(request: HttpRequest) -> HttpResponse:
    """A form for a new account; the first password is shown on its answer and never again."""
    actor = administering(request)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user, password = register_person(actor=actor, now=clock.now(), **form.cleaned_data)
        except ChanjiaoError as error:
            add_refusal(form, error)
        else:
            return render(request, "administration/password_told.html", {"person": user, "password": password})
    return render(request, "administration/register_person.html", {"form": form})


def person_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: posts, account, and what they did last."""
    actor = administering(request)
    user = selectors.person(actor, pk)
    done = audit_records(actor, RecordFilters()).filter(actor_id=user.pk)[:10]
    deeds = [
        {"at": one.at, "text": f"{action_word(one.action)} · {one.object_name}", "who": one.organisation_name}
        for one in done
    ]
    told = {
        "person": user,
        "posts_told": posts_told(user),
        "deeds": deeds,
        "tokens": user.tokens.filter(revoked_at=None).count(),
    }
    return render(request, "administration/person.html", told)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The account is closed."""
    user = end_account(actor=administering(request), user_id=pk, now=clock.now())
    messages.success(request, _("The account of %s is closed") % user)
    return redirect("administration:person", pk)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """The account is open again."""
    user = reopen_account(actor=administering(request), user_id=pk, now=clock.now())
    messages.success(request, _("The account of %s is open again") % user)
    return redirect("administration:person", pk)


@never_cache
@require_POST
def new_password(request: HttpRequest, pk: int) -> HttpResponse:
    """A new password, shown on the answer and never again."""
    user, password = reset_password(actor=administering(request), user_id=pk, now=clock.now())
    return render(request, "administration/password_told.html", {"person": user, "password": password})
