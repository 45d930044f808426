"""The bytes of GBK behind a damaged stream: which characters they make, how those sound, which pairs were not shown."""

from __future__ import annotations

from functools import cache, lru_cache

from chanjiao.engines.text.repair.characters import converter, is_common, simplified_form, simplified_only

# What a stretch may end with: nothing or a character with a pair not shown behind it, and then one of these.
Ends = tuple[tuple[str, tuple[str, ...]], ...]

MARKS = "，。、；：“”《》（）！？·—"


def plain(char: str) -> str:
    """The character in simplified form."""
    return simplified_form().get(char, char)


@cache
def is_usual(char: str) -> bool:
    """Whether a converted page is likely to hold the character: a mark, or the usual form of a common one."""
    if char == "" or char in MARKS:
        return char != ""
    form = plain(char)
    return is_common(form) and char not in simplified_only() and (form == char or _usual_form(form) == char)


@cache
def _usual_form(form: str) -> str:
    return converter("s2t").convert(form)


@cache
def character(lead: int, trail: int) -> str:
    """The ideograph or mark that two bytes make, or nothing."""
    try:
        char = bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return ""
    return char if len(char) == 1 and ("\u3400" <= char <= "\u9fff" or char in MARKS + "…") else ""


@cache
def line_ends(lead: int) -> Ends:
    """The usual characters with the lead byte whose trail byte was taken for a lead byte, and lost with a line end."""
    found = (character(lead, trail) for trail in range(0x81, 0xFF))
    return _ends([("", tuple(char for char in found if is_usual(char) and char not in "，、："))])


@cache
def _hidden() -> dict[int, frozenset[int]]:
    """The pairs that GBK does not assign, which the sites dropped: first byte → second bytes."""
    found = {}
    for first in range(0x81, 0xFF):
        seconds = frozenset(second for second in range(0x80, 0xFF) if not _assigned(first, second))
        if seconds:
            found[first] = seconds
    return found


def _assigned(first: int, second: int) -> bool:
    try:
        return bool(bytes((first, second)).decode("gbk"))
    except UnicodeDecodeError:
        return False


@cache
def hidden_ends(lead: int) -> tuple[tuple[str, frozenset[int]], ...]:
    """The usual characters with the lead byte whose trail byte begins a pair not shown, and what may follow it."""
    return tuple((char, after) for trail, after in _hidden().items() if is_usual(char := character(lead, trail)))


@cache
def behind_hidden(leads: frozenset[int], trail: int) -> dict[str, str]:
    """The usual characters with one of the lead bytes and the trail byte, by their simplified forms."""
    return {plain(char): char for lead in sorted(leads) if is_usual(char := character(lead, trail))}


@cache
def _sounds(char: str) -> list[str]:
    """The readings of a character."""
    from pypinyin.constants import PINYIN_DICT  # heavy, and only such a page needs it

    return PINYIN_DICT.get(ord(char), "").split(",")


@cache
def _codes() -> dict[str, list[bytes]]:
    """Reading → the two bytes of every converted character that has it."""
    found: dict[str, list[bytes]] = {}
    for char in simplified_form():
        code = char.encode("gbk", "ignore")
        for sound in _sounds(char) if len(code) == 2 else ():
            found.setdefault(sound, []).append(code)
    return found


@lru_cache(1 << 14)
def leads_named(trail: int, reading: str) -> tuple[int, ...]:
    """The second bytes of the converted characters with the reading that begin with the byte."""
    return tuple(sorted({code[1] for code in _codes().get(reading, ()) if code[0] == trail}))


@lru_cache(1 << 14)
def sounded_ends(lead: int, trail: int, reading: str) -> Ends:
    """What two bytes with the reading behind them end as: the character, or two with a pair not shown between."""
    char = character(lead, trail)
    alone = [("", (char,))] if char and reading in _sounds(char) else []
    pairs = ((first, behind_hidden(after, trail).values()) for first, after in hidden_ends(lead))
    return _ends([*alone, *((first, tuple(c for c in seconds if reading in _sounds(c))) for first, seconds in pairs)])


@lru_cache(1 << 14)
def cut_ends(lead: int, reading: str, *, matched: bool) -> Ends:
    """What a lead byte ends as whose trail byte swallowed the bracket of the reading; `matched` if it has its trail."""
    codes = _codes().get(reading, ())
    alone = [] if matched else [("", tuple(code.decode("gbk") for code in codes if code[0] == lead))]
    pairs = (
        (first, tuple(code.decode("gbk") for code in codes if code[0] in after)) for first, after in hidden_ends(lead)
    )
    return _ends([*alone, *pairs])


def _ends(found: list[tuple[str, tuple[str, ...]]]) -> Ends:
    return tuple((first, lasts) for first, lasts in found if lasts)
