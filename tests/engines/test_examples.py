"""The examples in docstrings of engines and of apps' rules are true."""

from __future__ import annotations

import doctest
import importlib.util
import pkgutil

import pytest

from chanjiao import apps, engines


def _modules() -> list[str]:
    found = [one.name for one in pkgutil.walk_packages(engines.__path__, "chanjiao.engines.")]
    rules = [f"chanjiao.apps.{one.name}.rules" for one in pkgutil.iter_modules(apps.__path__)]
    return found + [name for name in rules if importlib.util.find_spec(name)]


@pytest.mark.parametrize("name", _modules())
def test_the_examples_of_a_module_are_true(name: str) -> None:
    module = importlib.import_module(name)

    outcome = doctest.testmod(module)

    assert outcome.failed == 0
