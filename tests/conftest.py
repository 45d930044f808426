"""What every test stands on: the environment is set before anything reads it."""

from __future__ import annotations

from tests import environment  # noqa: F401
