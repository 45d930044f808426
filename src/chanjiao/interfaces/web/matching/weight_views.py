"""What the factors count for: learned from replies, reported, and taken back; for secretariats and administrators."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.apps.matching.actions.learn_weights import learn_weights
from chanjiao.apps.matching.actions.restore_weights import restore_weights
from chanjiao.apps.matching.models import WeightOrigin
from chanjiao.apps.matching.weight_sets import OWN, KindWeights, Version, all_weights, weights_of
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.engines.matching.learning import CLEAR, FLOOR, FLOOR_EACH, Move
from chanjiao.engines.matching.reasons import FACTOR_WORDS
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.errors import sentences
from chanjiao.interfaces.web.exchange.words import kind_words
from chanjiao.interfaces.web.matching.forms import RestoreForm
from chanjiao.interfaces.web.wording import listed


@dataclass(frozen=True, slots=True)
class ShareLine:
    """A factor with its points of a hundred: as shipped, and now."""

    label: str
    own: float
    now: float
    moved: bool


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A factor that moved, in points of a hundred."""

    label: str
    before: float
    after: float
    sureness: str
    blamed: int


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version with what moved in it of itself; the other factors only make room, so that shares add up."""

    version: Version
    origin: str
    moves: list[MoveLine]
    may_restore: bool


def weights(request: HttpRequest) -> HttpResponse:
    """The six kinds: version in force, and how many replies wait to be learned from."""
    found = all_weights(known_actor(request))
    context = {
        "kinds": [(one, kind_words(one.kind), one.versions[0] if one.versions else None) for one in found],
        "floor": FLOOR,
        "floor_each": FLOOR_EACH,
        "is_ready": any(one.since.is_enough for one in found),
    }
    return render(request, "matching/weights.html", context)


def kind_weights(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind: what each factor counts for, the versions, and the way back."""
    held = weights_of(known_actor(request), kind)
    context = {
        "held": held,
        "kind": kind_words(held.kind),
        "shares": [
            ShareLine(str(_(FACTOR_WORDS[one.factor])), 100 * one.own, 100 * one.now, abs(one.own - one.now) > 1e-9)
            for one in sorted(held.shares, key=lambda one: -one.now)
        ],
        "versions": _versions(held),
        "may_restore_own": held.number != OWN and any(abs(one.own - one.now) > 1e-9 for one in held.shares),
        "floor": FLOOR,
        "floor_each": FLOOR_EACH,
        "clear": f"{CLEAR:g}",
    }
    return render(request, "matching/kind_weights.html", context)


def _versions(held: KindWeights) -> list[VersionLine]:
    return [
        VersionLine(
            one,
            str(WeightOrigin(one.origin).label),
            [_move(move) for move in one.moves if move.sureness >= CLEAR],
            one.number != held.number,
        )
        for one in held.versions
    ]


def _move(move: Move) -> MoveLine:
    label = str(_(FACTOR_WORDS[move.factor]))
    return MoveLine(label, 100 * move.before, 100 * move.after, _sureness(move), move.blamed)


def _sureness(move: Move) -> str:
    """How sure a move is, in words."""
    words = _("very sure") if move.sureness >= 2 * CLEAR else _("sure")
    return _("%(words)s (%(errors)s standard errors)") % {"words": words, "errors": f"{move.sureness:.1f}"}


@require_POST
def learn(request: HttpRequest) -> HttpResponse:
    """Learn now instead of at the week's end."""
    done = learn_weights(actor=known_actor(request), now=clock.now())
    if done.sets:
        kinds = listed(kind_words(one.kind) for one in done.sets)
        messages.success(request, _("Weights moved: %(kinds)s. Everything open is matched anew.") % {"kinds": kinds})
    else:
        messages.info(request, _("Nothing moved: replies are too few, or say nothing clear"))
    return redirect("matching:weights")


@require_POST
def restore(request: HttpRequest, kind: str) -> HttpResponse:
    """An earlier version comes back."""
    actor, form = known_actor(request), RestoreForm(request.POST)
    try:
        if not form.is_valid():
            raise ChanjiaoError("record.not_found")
        restore_weights(actor=actor, kind=kind, version=form.cleaned_data["version"], now=clock.now())
    except ChanjiaoError as error:
        if error.code != "weights.in_force":
            raise
        messages.error(request, sentences(error)[0])
    else:
        messages.success(request, _("Taken back; everything open is matched anew"))
    return redirect("matching:kind_weights", kind=kind)
