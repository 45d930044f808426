"""What a link may answer: each purpose with its question, its answers, and what the answer does.

An app registers its purposes in its `notices.py`, beside the kinds of notices that carry them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chanjiao.core.permissions import Actor


@dataclass(frozen=True, slots=True)
class Answer:
    """One button: `choices` are reasons of which one must be chosen, `note` asks for words of one's own, `day` for a
    day.

    Words are translated when shown (`gettext_lazy`).
    An answer that does not settle leaves the link open, so that whoever asked something can still decide.
    """

    code: str
    words: object
    done: object
    tone: str = ""
    choices: Mapping[str, object] | None = None
    note: object = ""
    note_required: bool = False
    day: object = ""
    settles: bool = True


@dataclass(frozen=True, slots=True)
class About:
    """What the page of a link shows of its object; `settled` says why no answer is awaited any more, if so."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    text: str = ""
    settled: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was given."""

    code: str
    choice: str = ""
    note: str = ""
    day: str = ""


class Answering(Protocol):
    """The action behind a purpose; it refuses with a `ChanjiaoError`, and then nothing is stored."""

    def __call__(self, *, actor: Actor, object_id: int, given: Given, now: datetime) -> object: ...


@dataclass(frozen=True, slots=True)
class Purpose:
    """A question that may be answered by link. `about` hands out what the actor may see of the object."""

    code: str
    question: object
    answers: tuple[Answer, ...]
    about: Callable[[Actor, int], About]
    act: Answering

    def answer(self, code: str) -> Answer | None:
        """The answer of that code, if there is one."""
        return next((one for one in self.answers if one.code == code), None)


PURPOSES: dict[str, Purpose] = {}


def register_purpose(purpose: Purpose) -> None:
    """Links may be made for this purpose from now on."""
    PURPOSES[purpose.code] = purpose
