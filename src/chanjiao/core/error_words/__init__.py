"""Every error code with its kind and its English words, by area; Chinese stands in the message catalogue.

The words are `str.format` templates over the error's parameters. What a code begins with stands in one area only.
"""

from __future__ import annotations

from chanjiao.core.error_words import access, deeds, exchange, members, placement, structure, tables
from chanjiao.core.error_words.kinds import Kind

AREAS = (access, members, exchange, deeds, placement, structure, tables)
ERROR_WORDS: dict[str, tuple[Kind, str]] = {code: words for area in AREAS for code, words in area.WORDS.items()}
