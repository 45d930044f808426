"""What form a text has (script, language, length), and what each likeness counts for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from chanjiao.engines.matching.letters import normalised
from chanjiao.engines.matching.lexicon import lexicon, singular
from chanjiao.engines.matching.likeness import SHARES as TITLE_SHARES
from chanjiao.engines.matching.meaning import meaning_model
from chanjiao.engines.matching.titles import CHANNELS, is_wide

LIKENESSES = (*CHANNELS, "meaning")
# Shares of the likenesses and of a sentence encoder, without and with one, by the form of the text: Chinese, English,
# another language in letters, one in kana or Hangul, longer than a title. Chosen on tuning sets. Most encoders read
# English alone and brought harm in other scripts: there one is silent unless a share is given for it. Lexicon, field
# and meaning speak Chinese and English, so that for others letters count most.
SHARES = {
    "wide": ((*TITLE_SHARES[True], 0.0), (*TITLE_SHARES[True], 0.0)),
    "narrow": ((*TITLE_SHARES[False], 0.0), (0.20, 0.25, 0.05, 0.10, 0.40)),
    "foreign": ((0.90, 0.05, 0.0, 0.05, 0.0), (0.72, 0.04, 0.0, 0.04, 0.20)),
    "spelt": ((0.90, 0.05, 0.0, 0.05, 0.0), (0.90, 0.05, 0.0, 0.05, 0.0)),
    "long": ((0.50, 0.15, 0.005, 0.345, 0.0), (0.245, 0.055, 0.005, 0.12, 0.575)),
}
# Texts longer than a title: the share of the first line in each likeness, without and with an encoder.
LONG = 60
HEAD = (
    {"letters": 0.25, "synonyms": 0.6, "domain": 0.5, "meaning": 0.2},
    {"letters": 0.70, "synonyms": 0.80, "domain": 0.5, "meaning": 0.03},
)
HEAD_LENGTH = 80
_SENTENCE = re.compile(r"[。；;：:]|\.\s")
_WORD = re.compile(r"[^\W\d_]+")
_KANA_OR_HANGUL = re.compile("[\u3041-\u30ff\uac00-\ud7af]")
JUDGED = 1_000  # texts by which the language of many is judged
READ = 200  # characters from which the language is judged
SPELT = 0.25  # share of kana or Hangul from which a text is Japanese or Korean
FAMILIAR = 0.8  # share of letters in English words from which a text is English


def form(text: str) -> str:
    """The form of a title.

    >>> form("挖机司机"), form("Pharmacy Technician"), form("Apothekenhelfer"), form("ソフトウェア開発者")
    ('wide', 'narrow', 'foreign', 'spelt')
    """
    words = _WORD.findall(normalised(text[:READ]))
    letters = sum(map(len, words))
    if is_wide(text):
        spelt = len(_KANA_OR_HANGUL.findall("".join(words)))
        return "spelt" if spelt > SPELT * letters else "wide"
    familiar = sum(len(word) for word in words if _is_english(word))
    return "foreign" if familiar < FAMILIAR * letters else "narrow"


def form_of_all(texts: Sequence[str]) -> str:
    """The form that a query for these texts has whatever its own: `long` where any is, or another language's.

    A title says little about its language (営業部長, Koch, Editor); a thousand of what it is compared with say it.
    """
    if any(map(is_long, texts)):
        return "long"
    judged = texts[:: max(1, len(texts) // JUDGED)]
    counted = Counter(map(form, judged))
    if counted["foreign"] + counted["spelt"] <= len(judged) / 2:
        return ""
    return "spelt" if counted["spelt"] > counted["foreign"] else "foreign"


def _is_english(word: str) -> bool:
    return meaning_model().is_piece(word) or singular(word) in _lexicon_words()


@lru_cache(maxsize=1)
def _lexicon_words() -> frozenset[str]:
    return frozenset(word for phrase in lexicon().phrases for word in phrase.split())


def head(text: str) -> str:
    """The first line of a text, or its first sentence where the line is long: what it is called.

    >>> head("Chemist\\nStudies substances."), head("挖机司机：负责土方作业")
    ('Chemist', '挖机司机')
    """
    line = text.lstrip().split("\n", 1)[0]
    return _SENTENCE.split(line, maxsplit=1)[0][:HEAD_LENGTH]


def body(text: str) -> str:
    """What follows the head of a text; the text itself where nothing does.

    >>> body("Chemist\\nStudies substances."), body("Chemist")
    ('Studies substances.', 'Chemist')
    """
    text = text.lstrip()
    return text[len(head(text)) :].lstrip("。；;：:. \n") or text


def is_long(text: str) -> bool:
    """Whether a text is a title with a description behind it.

    >>> is_long("Chemist"), is_long("Chemist\\n" + "Studies substances. " * 5)
    (False, True)
    """
    return len(text) > LONG and len(head(text)) < len(text) / 2
