"""The workbench: what waits for me, what is new, how we stand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """The page every walk starts from."""
    return render(request, "home/home.html")
