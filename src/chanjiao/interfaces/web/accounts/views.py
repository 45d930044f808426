"""Logging in, and a person's own account: particulars, password, tokens, places where they are logged in."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from chanjiao.apps.accounts.actions.change_password import change_password
from chanjiao.apps.accounts.actions.edit_profile import edit_profile
from chanjiao.apps.accounts.actions.make_token import make_token
from chanjiao.apps.accounts.actions.revoke_token import revoke_token
from chanjiao.apps.accounts.selectors import oneself, tokens_of
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.interfaces.callers import actor_of
from chanjiao.interfaces.web.accounts.choices import remember_language
from chanjiao.interfaces.web.accounts.demo import demo_panel
from chanjiao.interfaces.web.accounts.forms import PasswordForm, ProfileForm, TokenForm
from chanjiao.interfaces.web.form_errors import add_refusal


class LogIn(LoginView):  # type: ignore[misc]
    """The log-in page; on a demo site with a button for each kind of person."""

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        for field in form.fields.values():
            field.widget.attrs.pop("placeholder", None)
        form.fields["password"].help_text = ""
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "demo_people": demo_panel(),
            "next": self.request.GET.get("next", ""),
        }


def profile(request: HttpRequest) -> HttpResponse:
    """One's name, address and language."""
    actor = actor_of(request)
    user = oneself(actor)
    given = {"full_name": user.full_name, "email": user.email, "language": user.language}
    form = ProfileForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            edit_profile(actor=actor, now=clock.now(), **form.cleaned_data)
        except ChanjiaoError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Your particulars are stored"))
            return remember_language(redirect("account_profile"), form.cleaned_data["language"])
    return render(request, "account/profile.html", {"form": form, "person": user, "tab": "profile"})


@never_cache
@sensitive_post_parameters("present", "wanted", "again")
def password(request: HttpRequest) -> HttpResponse:
    """A new password for oneself; other sessions end."""
    actor = actor_of(request)
    user = oneself(actor)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["wanted"] != form.cleaned_data["again"]:
                raise ChanjiaoError("person.password_differs", field="again")
            present, wanted = form.cleaned_data["present"], form.cleaned_data["wanted"]
            changed = change_password(actor=actor, present=present, wanted=wanted, now=clock.now())
        except ChanjiaoError as error:
            add_refusal(form, error)
        else:
            update_session_auth_hash(request, changed)
            messages.success(request, _("Your password is changed; you are logged out everywhere else"))
            return redirect("account_change_password")
    return render(request, "account/password.html", {"form": form, "person": user, "tab": "password"})


@never_cache
def tokens(request: HttpRequest) -> HttpResponse:
    """One's tokens, and a form for another; its secret is shown on the answer to the form and never again."""
    actor = actor_of(request)
    oneself(actor)
    form, secret = TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            _token, secret = make_token(actor=actor, now=clock.now(), **form.cleaned_data)
        except ChanjiaoError as error:
            add_refusal(form, error)
        else:
            form = TokenForm()
    told = {"form": form, "secret": secret, "tokens": tokens_of(actor), "now": clock.now(), "tab": "tokens"}
    return render(request, "account/tokens.html", told)


@require_POST
def end_token(request: HttpRequest, pk: int) -> HttpResponse:
    """The token lets nobody in any more."""
    token = revoke_token(actor=actor_of(request), token_id=pk, now=clock.now())
    messages.success(request, _("The token “%s” is revoked") % token.name)
    return redirect("account_tokens")


def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is logged in."""
    user = oneself(actor_of(request))
    found = sorted(UserSession.objects.purge_and_list(user), key=lambda one: one.created_at, reverse=True)
    told = {"sessions": found, "present": request.session.session_key, "tab": "sessions"}
    return render(request, "account/sessions.html", told)


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """One stays logged in here and nowhere else."""
    user = oneself(actor_of(request))
    for session in UserSession.objects.purge_and_list(user):
        if session.session_key != request.session.session_key:
            session.end()
    messages.success(request, _("You are logged out everywhere else"))
    return redirect("account_sessions")
