"""The lottery's commitment: a digest that binds whoever knows the seed, and that anybody can check later."""

from __future__ import annotations

import hashlib


def commitment_of(seed: int) -> str:
    """SHA-256 of "chanjiao.lottery:seed", published before wishes close.

    >>> commitment_of(7)[:16]
    '00d2d52a1f9b21dc'
    """
    return hashlib.sha256(f"chanjiao.lottery:{seed}".encode()).hexdigest()
