"""Notices in the reader's words, with the addresses they open."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chanjiao.apps.notices.kinds import KINDS, sentence
from chanjiao.apps.notices.models import Notice
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.web.links import link_for
from chanjiao.interfaces.web.places import list_of, page_of


@dataclass(frozen=True, slots=True)
class Line:
    """A notice as it is read."""

    notice: Notice
    text: str
    button: str
    to: str

    @property
    def url(self) -> str:
        """The address that opens what it is about, and marks it read."""
        return reverse("notices:open", args=[self.notice.pk])

    @property
    def waits(self) -> bool:
        """Whether an answer is awaited still."""
        one = self.notice
        return one.settled_at is None and bool(one.purpose or one.deadline)


def line_of(notice: Notice) -> Line:
    """The notice in the language of the moment."""
    kind = KINDS.get(notice.kind)
    if kind is None:  # a kind of an app that is no longer there
        return Line(notice, notice.kind, _("View"), "")
    language = get_language() or "zh-hans"
    to = notice.organisation or notice.consortium or ""
    return Line(notice, sentence(notice.kind, notice.params, language), _(kind.button), str(to))


def place_of(notice: Notice) -> str:
    """The address of what the notice is about; empty where that has no page. A letter carries it."""
    return list_of(notice.kind) or page_of(notice.object_id, notice.object_type)


def place_for(actor: Actor, notice: Notice) -> str:
    """The same for a reader, empty too where it is no longer open to them."""
    return list_of(notice.kind) or link_for(actor, notice.object_type, notice.object_id)
