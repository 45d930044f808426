"""What speakers hope, ask for and promise without counting it, read clause by clause."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field

from chanjiao.engines.text.facts import Requirement, Span
from chanjiao.engines.text.openings import SAYS, Opening, opening_of
from chanjiao.engines.text.points import cut_at, points_of_clause, points_within, without_edges
from chanjiao.engines.text.posts import PersonMention
from chanjiao.engines.text.speakers import speaker_of
from chanjiao.engines.text.view import Sentence, View, last


@dataclass(slots=True)
class _Speech:
    """Clauses of one kind: what opens each point, and where its last clause ends."""

    kind: str
    heads: list[Opening] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def takes(self, opening: Opening) -> bool:
        """Whether the opening is a further one of its kind, and no other word of hoping or pledging."""
        kinds = (self.kind, opening.kind)
        if kinds in (("hope", "hope"), ("commitment", "commitment")):
            return self.heads[-1].verb == opening.verb
        return kinds in (("requirement", "requirement"), ("hope", "requirement"))

    def add(self, opening: Opening, end: int) -> None:
        """A further point, or, where nothing stands behind the last opening (希望，…), the point that it opens."""
        if self.heads[-1].deed >= self.ends[-1]:
            self.heads.pop()
            self.ends.pop()
        self.heads.append(opening)
        self.ends.append(end)


def spoken_points(view: View, people: list[PersonMention], bodies: Set[int]) -> list[tuple[int, Requirement]]:
    """The points of every sentence in which somebody speaks."""
    named = {person.end for person in people}
    found = []
    for speech in _speeches(view, named, named | bodies):
        made = _requirement(view, people, speech)
        if made is not None:
            found.append((made.spans[0][0], made))
    return found


def _speeches(view: View, named: Set[int], names: Set[int]) -> list[_Speech]:
    """The speeches of the text; one goes on over sentences in which nobody else begins to speak.

    `named` holds where persons' names end, `names` where those of bodies do too.
    """
    found: list[_Speech] = []
    goes_on = False  # whether the sentence in front ended with a speech
    for sentence in view.sentences:
        before = _sentence_before(view, sentence)
        said = bool(before and (goes_on or SAYS.search(before))) or _AHEAD.match(view.level, sentence.start) is not None
        speeches = _of_sentence(view, sentence, named, names, said=said)
        if speeches and before and goes_on and _continues(view, sentence, speeches[0], found[-1], named):
            found[-1].heads += speeches[0].heads
            found[-1].ends += speeches.pop(0).ends
            goes_on = True
        else:
            goes_on = bool(speeches)
        found += speeches
    return found


_AHEAD = re.compile("“|(?:据悉，)?(?:下一步|今后|接下来|未来|下阶段|会后)")
_SPEAKER = re.compile("他|她|会议|大会|论坛|与会")


def _continues(view: View, sentence: Sentence, first: _Speech, before: _Speech, named: Set[int]) -> bool:
    """Whether the sentence goes on with the points of the one in front: nobody begins to speak in it."""
    start, deed = sentence.start, first.heads[0].deed
    anew = SAYS.search(view.level, start, deed) or _SPEAKER.match(view.level, start)
    begins = "，" not in view.level[start:deed]
    return first.kind == before.kind and begins and not anew and named.isdisjoint(range(start, deed))


def _sentence_before(view: View, sentence: Sentence) -> str:
    """The sentence in front, where it stands in the same paragraph."""
    if sentence.number == 0:
        return ""
    before = view.sentences[sentence.number - 1]
    text = view.level[before.start : before.end]
    return "" if text.endswith("\n") else text


def _of_sentence(view: View, sentence: Sentence, named: Set[int], names: Set[int], *, said: bool) -> list[_Speech]:
    """The speeches of a sentence: a clause opens a point, or goes on with the one that is open."""
    found: list[_Speech] = []
    just_said = ""
    for a, b in cut_at(view.level, sentence.start, sentence.end, "[，；：]"):
        opening = opening_of(view, a, b, said=said, just_said=just_said, names=names)
        say = last(SAYS, view.level, a, b)
        just_said = say[0] if say and opening is None else "说" if b in named and view.level[b : b + 1] == "：" else ""
        said = said or bool(just_said) or opening is not None
        current = found[-1] if found else None
        if opening is None or (current and _within(current, opening, view.level[a:b])):
            if current:
                current.ends[-1] = b
        elif current and current.takes(opening) and named.isdisjoint(range(a, opening.deed)):
            current.add(opening, b)
        else:
            found.append(_Speech(opening.kind, [opening], [b]))
    return found


def _within(current: _Speech, opening: Opening, clause: str) -> bool:
    """Whether the clause only seems to open a point: 将 of a demand is mostly 把."""
    aside = opening.kind == "commitment" and opening.verb in ("将", "会") and not opening.named
    return current.kind != opening.kind and aside and not SAYS.search(clause)


def _requirement(view: View, people: list[PersonMention], speech: _Speech) -> Requirement | None:
    spans = _points(view, speech)
    place = speech.heads[0].deed
    speaker = speaker_of(view, people, place)
    sentence = view.sentence_at(speech.heads[0].start)
    ahead = _AHEAD.match(view.level, sentence.start)
    if not spans or not (speaker or ahead or _BY_NOBODY.search(view.level, sentence.start, place)):
        return None
    lead = _OF_PROMISE if speech.kind == "commitment" else _LEAD
    items = tuple(lead.sub("", view.text[a:b]) for a, b in spans)
    return Requirement(speaker, speech.kind, items, tuple(spans), 0.75 if len(spans) > 1 else 0.65)


_BY_NOBODY = re.compile("会议|大会|专家组")
_LEAD = re.compile("^(?:并且?|同时|另?一方面|还|也|和|先(?=[从向在])|再|最后|希望|要|将)")
_OF_PROMISE = re.compile(f"{_LEAD.pattern}|^进一步")


def _points(view: View, speech: _Speech) -> list[Span]:
    if len(speech.heads) == 1:
        head = speech.heads[0]
        return points_within(view, head.deed, speech.ends[0], promised=speech.kind == "commitment")
    actors = sum(head.named for head in speech.heads)
    named = actors > 1 or (actors == 1 and speech.kind == "hope")
    spans = []
    for head, end in zip(speech.heads, speech.ends, strict=True):
        for a, b in cut_at(view.level, *without_edges(view.level, head.start if named else head.deed, end), "；"):
            spans += points_of_clause(view.level, a, b, listed=False)
    return spans
