"""The direction of the house: what an import linter cannot see."""

from __future__ import annotations

import subprocess
import sys

from django.apps import apps
from django.db.models import Model

LAYERS = (
    "accounts reference members notices exchange matching cooperation projects transfer placement programmes "
    "plans curriculum dossiers papers imports"
).split()
"""Apps from the lowest to the highest; core stands below all of them."""


def ours() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("chanjiao.")]


def height(model: type[Model]) -> int:
    label = model._meta.app_label
    return LAYERS.index(label) if label in LAYERS else -1


def test_every_relation_between_our_tables_points_downward() -> None:
    upward = [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model in ours()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model in ours()
        if height(field.related_model) > height(model)
    ]

    assert upward == []


def test_every_app_of_ours_has_its_layer() -> None:
    labels = {model._meta.app_label for model in ours()}

    assert labels == {*LAYERS, "core"}


def test_core_relates_to_no_app() -> None:
    relations = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("core").get_models()
        for field in model._meta.get_fields()
        if field.is_relation
    ]

    assert relations == []


def test_engines_and_data_import_without_django() -> None:
    program = (
        "import importlib, pkgutil, sys, chanjiao.data, chanjiao.engines\n"
        "for package in (chanjiao.data, chanjiao.engines):\n"
        "    for module in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
        "        importlib.import_module(module.name)\n"
        "print('django' in sys.modules)\n"
    )

    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert (answer.stdout.strip(), answer.stderr) == ("False", "")


def test_there_are_no_signals_of_our_own() -> None:
    from pathlib import Path

    import chanjiao

    package = Path(chanjiao.__file__).parent
    using = [str(path) for path in package.rglob("*.py") if "django.dispatch" in path.read_text(encoding="utf-8")]

    assert using == []
