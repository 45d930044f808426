"""One term, one name; every error has words in both languages; every message is translated."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from tools import messages

import chanjiao
from chanjiao.core.error_words import ERROR_WORDS
from chanjiao.core.words import translate

PACKAGE = Path(chanjiao.__file__).parent
GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"


def test_the_message_catalogue_is_complete() -> None:
    assert messages.faults() == []


@pytest.mark.parametrize("code", sorted(ERROR_WORDS))
def test_an_error_has_words_in_both_languages_with_the_same_parameters(code: str) -> None:
    english = ERROR_WORDS[code][1]
    chinese = translate(english, "zh-hans")

    assert re.search(r"[\u4e00-\u9fff]", chinese)
    assert messages.placeholders(chinese) == messages.placeholders(english)


def test_every_error_raised_has_words_and_every_word_is_raised() -> None:
    sources = [path for path in PACKAGE.rglob("*.py") if path.parent.name != "error_words"]
    nodes = [node for path in sources for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    told = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    raised = {
        call.args[0].value
        for call in nodes
        if isinstance(call, ast.Call) and call.args
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
        if _name(call.func) in {"ChanjiaoError", "refusal"}
    }

    assert raised - set(ERROR_WORDS) == set()
    assert set(ERROR_WORDS) - told == set()


def test_every_table_of_ours_stands_in_the_glossary() -> None:
    listed = set(re.findall(r"`(\w+)`", GLOSSARY.read_text(encoding="utf-8")))
    tables = {model.__name__ for model in apps.get_models() if model.__module__.startswith("chanjiao.")}

    assert tables - listed == set()


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
