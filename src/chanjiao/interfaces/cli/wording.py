"""Words in the language of the terminal."""

from __future__ import annotations

import os

from chanjiao.core.words import filled, terminal_language, translate


def say(words: str, **parameters: object) -> str:
    """The words in the language of the terminal, filled in."""
    return filled(translate(words, terminal_language(os.environ)), parameters)
