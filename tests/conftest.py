"""What every test stands on: the environment is set before anything reads it."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from tests import environment  # noqa: F401

# A busy machine makes examples slow without a fault of theirs; what they assert stays.
settings.register_profile("chanjiao", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("chanjiao")
