"""The workbench: what waits for me, what is new, how we stand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """The page every walk starts from."""
    return render(request, "home/home.html")


def waiting_count(request: HttpRequest) -> HttpResponse:
    """How many things wait for the person, for the top bar."""
    return render(request, "home/waiting_count.html", {"count": 0})


def stand(request: HttpRequest) -> HttpResponse:
    """How the consortium stands."""
    return render(request, "home/home.html")


def search(request: HttpRequest) -> HttpResponse:
    """Members, listings and codes that answer to some words."""
    return render(request, "home/home.html")
