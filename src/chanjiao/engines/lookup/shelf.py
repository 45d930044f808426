"""The terms of one code system, ready to be searched."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from chanjiao.engines.lookup.lane import Lane
from chanjiao.engines.lookup.normal import normal_code, normal_name
from chanjiao.engines.lookup.posting import Posting
from chanjiao.engines.lookup.readings import Readings
from chanjiao.engines.lookup.values import Entry, Hit, Reason

# What each way of matching is worth; the share of the name that was typed adds up to COVERAGE.
COVERAGE = 4.0
SCORES = {
    Reason.CODE: 100.0,
    Reason.FORMER_CODE: 97.0,
    Reason.NAME: 92.0,
    Reason.ALIAS: 86.0,
    Reason.CODE_PREFIX: 82.0,
    Reason.NAME_PREFIX: 78.0,
    Reason.ALIAS_PREFIX: 68.0,
    Reason.NAME_PART: 64.0,
    Reason.WORDS: 60.0,
    Reason.ALIAS_PART: 56.0,
    Reason.ABBREVIATION: 50.0,
    Reason.SOUND: 46.0,
    Reason.INITIALS: 72.0,
    Reason.PINYIN: 74.0,
    Reason.TYPO: 20.0,
}
ALIAS_LOSS = 10.0
NOT_AT_START = 14.0
OTHER_READING = 5.0
NOT_IN_FORCE = 24.0
TYPO_SPAN = 24.0
LEAST_ALIKE = 62.0
LEAST_ALIKE_PINYIN = 84.0
MUCH_LESS_ALIKE = 12.0
CANDIDATES = 200
LONGEST_ABBREVIATION = 6


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed: as written, as one normal text, as words, as a code."""

    text: str
    joined: str
    words: tuple[str, ...]
    code: str
    is_latin: bool

    @property
    def is_hyphened(self) -> bool:
        """Whether it is written like the code of an occupation."""
        return "-" in self.text or "－" in self.text


@dataclass(frozen=True, slots=True)
class Form:
    """A name or alias of the entry numbered `row`."""

    row: int
    text: str
    normal: str
    is_alias: bool


class Shelf:
    """Entries of one system; immutable once made, so threads may share it."""

    def __init__(self, entries: Sequence[Entry], readings: Readings) -> None:
        self.entries = entries
        self.readings = readings
        self.by_code = {entry.code: entry for entry in entries}
        self.forms = _forms(entries)
        self.exact: defaultdict[str, list[int]] = defaultdict(list)
        for number, form in enumerate(self.forms):
            self.exact[form.normal].append(number)
        numbers = range(len(self.forms))
        self.names = Lane([form.normal for form in self.forms], numbers)
        self.whole = Lane([_haystack(entry) for entry in entries], range(len(entries)))
        self.initials, self.pinyin = _spoken_lanes(self.forms, readings)
        self.codes = sorted(_codes(entries))
        self.code_keys = [code for code, _, _ in self.codes]
        self.posting = Posting(self.names)

    def direct(self, query: Query, limit: int) -> Iterator[Hit]:
        """Hits by what was typed as it stands; at most `limit` for each way of matching."""
        if query.is_latin:
            yield from self._by_code(query, limit)
        yield from self._exact(query)
        yield from self._first(self._by_lane(query, limit), limit * 2)
        if query.is_latin:
            yield from self._by_sound_typed(query, limit)
        if len(query.words) > 1:
            yield from self._by_words(query, limit)

    def near(self, query: Query, limit: int) -> Iterator[Hit]:
        """Hits that the query abbreviates, that sound alike, or that differ by a slip."""
        if query.is_latin:
            yield from self._pinyin_slips(query, limit)
        elif len(query.joined) > 1:
            if len(query.joined) <= LONGEST_ABBREVIATION and len(query.words) == 1:
                yield from self._by_abbreviation(query, limit)
            yield from self._by_same_sound(query, limit)
            yield from self._slips(query, limit)

    def _first(self, hits: Iterator[Hit], limit: int) -> Iterator[Hit]:
        for _, hit in zip(range(limit), hits, strict=False):
            yield hit

    def _by_code(self, query: Query, limit: int) -> Iterator[Hit]:
        if not query.code:
            return
        place = bisect_left(self.code_keys, query.code)
        for code, row, former in self.codes[place : place + limit * 2]:
            if not code.startswith(query.code):
                return
            whole = code == query.code
            reason = Reason.FORMER_CODE if former else Reason.CODE if whole else Reason.CODE_PREFIX
            entry = self.entries[row]
            if query.is_hyphened and "-" not in (former or entry.code):
                continue
            share = len(query.code) / len(code)
            loss = 0.0 if whole else SCORES[reason] - SCORES[Reason.CODE_PREFIX] + (NOT_IN_FORCE if former else 0.0)
            yield _hit(entry, reason, former or entry.code, score=SCORES[reason] + COVERAGE * share - loss)

    def _exact(self, query: Query) -> Iterator[Hit]:
        for number in self.exact.get(query.joined, ()):
            form = self.forms[number]
            reason = Reason.ALIAS if form.is_alias else Reason.NAME
            yield self._form_hit(form, reason, (0, len(form.normal)), 1.0)

    def _by_lane(self, query: Query, limit: int) -> Iterator[Hit]:
        wanted = query.joined
        for found, (number, _) in enumerate(self.names.beginning(wanted)):
            if found == limit:
                return
            form = self.forms[number]
            reason = Reason.ALIAS_PREFIX if form.is_alias else Reason.NAME_PREFIX
            yield self._form_hit(form, reason, (0, len(wanted)), len(wanted) / len(form.normal))
        for number, column in self.names.containing(wanted):
            if column == 0:
                continue
            form = self.forms[number]
            reason = Reason.ALIAS_PART if form.is_alias else Reason.NAME_PART
            yield self._form_hit(form, reason, (column, column + len(wanted)), len(wanted) / len(form.normal))

    def _by_sound_typed(self, query: Query, limit: int) -> Iterator[Hit]:
        wanted = query.joined
        ways = ((Reason.INITIALS, self.initials, 2), (Reason.PINYIN, self.pinyin, 2))
        for reason, lane, least in ways:
            if len(wanted) < least:
                continue
            at_start = [one for _, one in zip(range(limit), lane.beginning(wanted), strict=False)]
            places = at_start
            if len(at_start) < limit:
                inside = (one for one in lane.containing(wanted) if one[1] > 0)
                places = at_start + [one for _, one in zip(range(limit), inside, strict=False)]
            for line, column in places:
                yield self._spoken_hit(reason, lane, line, column, len(wanted))

    def _spoken_hit(self, reason: Reason, lane: Lane, line: int, column: int, length: int) -> Hit:
        number = lane.row_of[line]
        other = number < 0
        form = self.forms[~number if other else number]
        share = length / len(lane.texts[line])
        loss = (NOT_AT_START if column else 0.0) + (OTHER_READING if other else 0.0)
        if share == 1.0:
            loss -= 8.0
        loss += ALIAS_LOSS if form.is_alias else 0.0
        return self._form_hit(form, reason, lane.characters(line, column, length), share, loss)

    def _by_words(self, query: Query, limit: int) -> Iterator[Hit]:
        found = 0
        for row, _ in self.whole.containing(max(query.words, key=len)):
            text = self.whole.texts[row]
            if all(word in text for word in query.words):
                entry = self.entries[row]
                name = normal_name(entry.name)
                share = sum(len(word) for word in query.words if word in name) / len(name)
                yield _hit(entry, Reason.WORDS, entry.name, score=SCORES[Reason.WORDS] + COVERAGE * min(share, 1.0))
                found += 1
                if found >= limit * 4:
                    return

    def _by_abbreviation(self, query: Query, limit: int) -> Iterator[Hit]:
        for _, number in zip(range(limit), self.names.scattered(query.joined), strict=False):
            form = self.forms[number]
            loss = ALIAS_LOSS if form.is_alias else 0.0
            share = len(query.joined) / len(form.normal)
            yield self._form_hit(form, Reason.ABBREVIATION, (0, 0), share, loss)

    def _by_same_sound(self, query: Query, limit: int) -> Iterator[Hit]:
        spoken = self.readings.syllables(query.joined)
        wanted = "".join(spoken)
        places = ((line, column) for line, column in self.pinyin.containing(wanted))
        for _, (line, column) in zip(range(limit), places, strict=False):
            number = self.pinyin.row_of[line]
            form = self.forms[~number if number < 0 else number]
            span = self.pinyin.characters(line, column, len(wanted))
            if span[1] - span[0] != len(spoken) or form.normal[span[0] : span[1]] == query.joined:
                continue
            if column and len(spoken) * 2 < len(form.normal):
                continue
            loss = (ALIAS_LOSS if form.is_alias else 0.0) + (6.0 if column else 0.0)
            yield self._form_hit(form, Reason.SOUND, span, len(spoken) / len(form.normal), loss)

    def _slips(self, query: Query, limit: int) -> Iterator[Hit]:
        wanted = query.joined
        if len(wanted) < 3:
            return
        scored: list[tuple[float, int]] = []
        for number in self.posting.sharing(wanted, CANDIDATES):
            text = self.forms[number].normal
            alike = fuzz.ratio(wanted, text)
            if len(text) > len(wanted):
                alike = max(alike, 0.88 * fuzz.partial_ratio(wanted, text))
            if alike >= LEAST_ALIKE:
                scored.append((alike, number))
        scored.sort(key=lambda one: (-one[0], one[1]))
        for alike, number in scored[:limit]:
            if alike >= scored[0][0] - MUCH_LESS_ALIKE:
                yield self._slip(number, alike)

    def _pinyin_slips(self, query: Query, limit: int) -> Iterator[Hit]:
        if len(query.joined) < 6 or not query.joined.isalpha():
            return
        found = process.extract(
            query.joined, self.pinyin.texts, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE_PINYIN, limit=limit
        )
        for _, alike, line in found:
            number = self.pinyin.row_of[line]
            yield self._slip(~number if number < 0 else number, alike)

    def _slip(self, number: int, alike: float) -> Hit:
        form = self.forms[number]
        gain = TYPO_SPAN * (alike - LEAST_ALIKE) / (100 - LEAST_ALIKE)
        return self._form_hit(form, Reason.TYPO, (0, 0), 0.0, (3.0 if form.is_alias else 0.0) - gain)

    def _form_hit(self, form: Form, reason: Reason, span: tuple[int, int], share: float, loss: float = 0.0) -> Hit:
        score = SCORES[reason] + COVERAGE * share - loss
        return _hit(self.entries[form.row], reason, form.text, score=score, span=span)


def _hit(entry: Entry, reason: Reason, matched: str, *, score: float, span: tuple[int, int] = (0, 0)) -> Hit:
    return Hit(entry, reason, score - (0.0 if entry.in_force else NOT_IN_FORCE), matched, *span)


def _forms(entries: Sequence[Entry]) -> list[Form]:
    forms = []
    for row, entry in enumerate(entries):
        seen = set()
        for place, text in enumerate((entry.name, *entry.aliases)):
            normal = normal_name(text)
            if normal and normal not in seen:
                seen.add(normal)
                forms.append(Form(row, text, normal, is_alias=place > 0))

    def preference(form: Form) -> tuple[bool, bool, int, int, str]:
        entry = entries[form.row]
        return not entry.in_force, form.is_alias, len(form.normal), entry.depth, entry.code

    return sorted(forms, key=preference)


def _codes(entries: Sequence[Entry]) -> Iterator[tuple[str, int, str]]:
    for row, entry in enumerate(entries):
        yield normal_code(entry.code), row, ""
        for spelling in entry.spellings:
            yield normal_code(spelling), row, ""
        for former in entry.former_codes:
            yield normal_code(former), row, former


def _haystack(entry: Entry) -> str:
    return " ".join(normal_name(text) for text in (entry.name, *entry.aliases, entry.context))


def _spoken_lanes(forms: Sequence[Form], readings: Readings) -> tuple[Lane, Lane]:
    """Lanes of initials and of full pinyin; rows of other readings are inverted (`~number`) and come last."""
    usual = [(number, readings.syllables(form.normal)) for number, form in enumerate(forms)]
    others = [(~number, spoken) for number, form in enumerate(forms) for spoken in readings.variants(form.normal)]
    rows = [number for number, _ in usual + others]
    spoken = [syllables for _, syllables in usual + others]
    initials = Lane(["".join([one[0] for one in syllables]) for syllables in spoken], rows)
    marks = ["".join(["|" + "." * (len(one) - 1) for one in syllables]) for syllables in spoken]
    return initials, Lane(["".join(syllables) for syllables in spoken], rows, marks)
