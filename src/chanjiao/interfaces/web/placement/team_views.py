"""Teams on the page of wishes: form one, join by its code, leave."""

from __future__ import annotations

import secrets

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.apps.placement.actions.join_team import form_team, join_team, leave_team
from chanjiao.core import clock
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.placement.entry import deed

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Of a code: none that are mistaken for each other."""


@require_POST
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """The student forms a team, joins one or leaves theirs."""
    actor, asked, now = known_actor(request), request.POST.get("do", ""), clock.now()
    back = reverse("placement:wishes", args=[pk])
    if asked == "form":
        code = "".join(secrets.choice(LETTERS) for _place in range(6))
        words = _("Your team is made; give the code to those who should join")
        return deed(request, back, words, lambda: form_team(actor=actor, round_id=pk, code=code, now=now))
    if asked == "leave":
        words = _("You have left the team")
        return deed(request, back, words, lambda: leave_team(actor=actor, round_id=pk, now=now))
    code = request.POST.get("code", "").strip().upper()
    return deed(
        request, back, _("You have joined the team"),
        lambda: join_team(actor=actor, round_id=pk, code=code, now=now),
    )  # fmt: skip
