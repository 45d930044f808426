"""How allauth behaves here: accounts are made by an organisation for its staff, not by strangers."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from chanjiao.core.errors import ChanjiaoError
from chanjiao.interfaces.web.accounts.choices import remember_language
from chanjiao.interfaces.web.errors import error_page
from chanjiao.interfaces.web.middleware import ACTING_AS


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Log-in only; nobody signs up alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **told: Any) -> HttpResponse:
        """The way on after logging in, in the language of the person's account."""
        request.session.pop(ACTING_AS, None)
        return remember_language(super().post_login(request, user, **told), user.language)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """The page that tells somebody with the right password that their account is closed."""
        return error_page(request, ChanjiaoError("person.closed"))

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: that one is logged in shows in the top bar."""
