"""Readings that a crawler's site put in parentheses behind converted characters: 產(chǎn)教, 會(huì )."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from operator import itemgetter

from chanjiao.engines.text.repair.characters import SHARED_READINGS, is_common, simplified_form, simplified_pattern
from chanjiao.engines.text.repair.result import Edit, Layer

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_TONELESS = str.maketrans(_TONED, "aaaaeeeeiiiioooouuuuvvvvnnnm")
_SYLLABLE = re.compile(
    r"(?:[bpmf]?(?:a|o|ai|ei|ao|ou|an|en|ang|eng|er|e|ong)|[bpmdtnljqxyh]?(?:i|ia|ie|iao|iu|ian|in|iang|ing|iong)"
    r"|(?:[dtnlgkhrzcsyw]|[zcs]h)?(?:a|o|e|i|u|ai|ei|ao|ou|an|en|ang|eng|ong|ua|uo|uai|ui|uan|un|uang|ueng)"
    r"|[bpmf]u|[nljqxy]?(?:u|v|ü|ue|ve|üe|uan|un)|ê|n|ng|m)"
)
# Neutral tones that the sites wrote without a mark.
_NEUTRAL = {"men", "me", "de", "le", "ge", "zhe", "guo", "ma", "ne", "zi", "er", "lei", "tou"}
_READING = re.compile(rf"[(（]\s?([a-zü{_TONED}]{{1,6}})\s?[)）]")
_SPACED = re.compile(rf"[(（]([a-zü{_TONED}]{{1,6}}) ?[)）] ?")
# Characters that nearly every such table holds: a page where they stand bare was not annotated by a table.
_TABLE = frozenset("產業會學實進務聯經術開長書門見車專創協領關點動發環價優個錢")


@lru_cache(maxsize=4096)
def is_reading(text: str) -> bool:
    """Whether the text is one syllable of pinyin with its tone.

    >>> is_reading("chǎn"), is_reading("abc"), is_reading("chan")
    (True, False, False)
    """
    plain = text.translate(_TONELESS)
    return (plain != text or text in _NEUTRAL) and _SYLLABLE.fullmatch(plain) is not None


_FAST_FROM = 12


@cache
def _plain_pattern() -> re.Pattern[str]:
    """A reading behind a character that only traditional text holds; the bracket comes first, to be found fast."""
    forms = "".join(sorted(simplified_form()))
    return re.compile(rf"[(（](?<=[{forms}].)([a-zü{_TONED}]{{1,6}}) ?[)）]")


def plain_readings(text: str) -> tuple[str, Layer | None, int]:
    """The text without the readings of a page that a table annotated, the layer, and how many there were.

    Only where every such bracket is a sound syllable, they outnumber the simplified characters of the page, and the
    common characters of the tables do not stand bare; else the text stays.
    """
    if text.count("(") + text.count("（") < _FAST_FROM or " (" in text or " （" in text:
        return text, None, 0
    parts = _plain_pattern().split(text)
    found, forms = len(parts) // 2, simplified_form()
    if found < _FAST_FROM or not all(map(is_reading, set(parts[1::2]))):
        return text, None, 0
    heads = Counter(map(itemgetter(-1), parts[:-1:2]))
    common = sum(count for head, count in heads.items() if is_common(forms[head]))
    if common <= 2 or common < _bare(text, heads) or len(simplified_pattern().findall(text)) >= found:
        return text, None, 0
    after = "".join(parts[::2])
    return after, Layer(text, after, "reading", 0.999, None, _plain_pattern()), found


def inserted_readings(text: str, removed: int = 0) -> tuple[list[Edit], tuple[str, ...]]:
    """The deletions that take inserted readings out, and reasons to doubt; genuine glosses are left.

    A reading behind a character that only traditional text holds was inserted, unless it glosses a rare character
    on a page whose common characters stand bare. Behind a character of both scripts (六(lù)安) it is a gloss, unless
    the page, shown damaged by others, annotates common characters at random.
    """
    if "(" not in text and "（" not in text:
        return [], ()
    sound: dict[str, bool] = {}
    found: list[tuple[int, int, str]] = []
    for match in _readings(text):
        reading = match[1]
        if reading not in sound:
            sound[reading] = is_reading(reading)
        if sound[reading]:
            start = match.start() - (text[match.start() - 1] == " ")
            found.append((start, match.end(), text[start - 1]))
    if not found:
        return [], ()
    return _decide(text, found, removed)


def _readings(text: str) -> Iterator[re.Match[str]]:
    """Every bracket with letters behind an ideograph, or behind a space after one: then without spaces inside."""
    for match in _READING.finditer(text):
        place = match.start()
        if "\u3400" <= text[place - 1 : place] <= "\u9fff":
            yield match
        elif text[place - 1 : place] == " " and "\u3400" <= text[max(0, place - 2) : place - 1] <= "\u9fff":
            spaced = _SPACED.match(text, place)
            if spaced:
                yield spaced


def _decide(text: str, found: list[tuple[int, int, str]], removed: int) -> tuple[list[Edit], tuple[str, ...]]:
    forms = simplified_form()
    converted = Counter(char for _, _, char in found if char in forms)
    shared = Counter(char for _, _, char in found if char not in forms)
    common_converted = removed + sum(count for char, count in converted.items() if is_common(forms[char]))
    bare = 0 if removed else _bare(text, converted)
    gloss_page = common_converted == 0 and bare > 0
    at_random = common_converted > 0 and sum(1 for char in shared if is_common(char)) >= 3
    edits = []
    for start, end, char in found:
        if char in SHARED_READINGS:
            own = SHARED_READINGS[char] in text[start:end] or (char == "著" and "zhù" in text[start:end])
            if own and (converted or removed or not simplified_pattern().search(text)):
                edits.append(Edit(start, end, "", "reading", 0.9))
        elif char in forms:
            if gloss_page or (common_converted < bare and not is_common(forms[char])):
                continue
            edits.append(Edit(start, end, "", "reading", 0.999 if common_converted > 2 else 0.95))
        elif at_random and is_common(char) and not _is_gloss(char, text[start:end]):
            edits.append(Edit(start, end, "", "reading", 0.9))
    return edits, _doubts(text, shared, at_random)


def _bare(text: str, converted: Counter[str]) -> int:
    """How many characters of the usual tables stand without a reading."""
    if sum(converted.values()) > 50:
        return 0
    return sum(text.count(char) for char in _TABLE) - sum(converted[char] for char in _TABLE)


def _is_gloss(char: str, reading: str) -> bool:
    """Whether the reading is not the character's usual one, which is why an author would give it."""
    from pypinyin.constants import PINYIN_DICT  # heavy, and only pages annotated at random need it

    usual = PINYIN_DICT.get(ord(char), "").split(",")
    return reading.strip("()（） ") not in usual[:1] and bool(usual[0])


def _doubts(text: str, shared: Counter[str], at_random: bool) -> tuple[str, ...]:
    if at_random or not shared:
        return ()
    many = sum(shared.values()) >= 8 and sum(shared.values()) * 40 > len(text)
    return ("readings_left",) if many and not simplified_pattern().search(text) else ()
