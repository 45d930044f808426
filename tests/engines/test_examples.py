"""The examples in docstrings of engines, of the core and of apps' rules are true."""

from __future__ import annotations

import doctest
import importlib.util
import pkgutil
from types import ModuleType

import pytest

from chanjiao import apps, core, engines


def _modules() -> list[str]:
    told = [*_below(engines), *_below(core)]
    for app in pkgutil.iter_modules(apps.__path__):
        rules = f"chanjiao.apps.{app.name}.rules"
        if importlib.util.find_spec(rules):
            told += [rules, *_below(importlib.import_module(rules))]
    return [name for name in told if ".migrations" not in name]


def _below(package: ModuleType) -> list[str]:
    places = getattr(package, "__path__", ())
    return [one.name for one in pkgutil.walk_packages(places, f"{package.__name__}.")]


@pytest.mark.parametrize("name", _modules())
def test_the_examples_of_a_module_are_true(name: str) -> None:
    module = importlib.import_module(name)

    outcome = doctest.testmod(module)

    assert outcome.failed == 0
