"""How allauth behaves here: accounts are made by an organisation for its staff, not by strangers."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Log-in only; nobody signs up alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
