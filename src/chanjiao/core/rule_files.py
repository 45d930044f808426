"""Books of rules: YAML that ships with the site, or a file that the site puts in its place."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import yaml

from chanjiao.core.errors import ChanjiaoError

Book = TypeVar("Book")


def read_book(path: Path | None, shipped: str, make: Callable[[Any], Book]) -> Book:
    """What `make` reads from the site's own file, or from the one below `chanjiao.data` where `path` is None.

    `file.unreadable` where the file is missing or says something else than `make` expects.
    """
    source = path or files("chanjiao.data").joinpath(shipped)
    try:
        return make(yaml.safe_load(source.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise ChanjiaoError("file.unreadable", path=str(source), reason=f"{type(error).__name__} {error}") from error
