"""The share of each factor in a score, by kind of need, before any replies have been learned from."""

from __future__ import annotations

from chanjiao.engines.matching.items import Weights

_SHARES: dict[str, dict[str, float]] = {
    "post": {
        "title": 0.26, "occupation": 0.20, "skills": 0.14, "text": 0.06, "industry": 0.05, "place": 0.07, "level": 0.05,
        "dates": 0.05, "quantity": 0.03, "money": 0.05, "wishes": 0.02, "replies": 0.02,
    },
    "technical_problem": {
        "title": 0.23, "text": 0.25, "skills": 0.12, "industry": 0.12, "programme": 0.05, "place": 0.04, "money": 0.06,
        "terms": 0.05, "dates": 0.03, "wishes": 0.03, "replies": 0.02,
    },
    "training": {
        "title": 0.26, "text": 0.14, "occupation": 0.16, "skills": 0.12, "industry": 0.05, "place": 0.07, "dates": 0.05,
        "quantity": 0.05, "terms": 0.05, "wishes": 0.03, "replies": 0.02,
    },
    "equipment": {
        "title": 0.28, "text": 0.22, "skills": 0.08, "industry": 0.08, "programme": 0.04, "place": 0.12, "dates": 0.06,
        "quantity": 0.07, "wishes": 0.03, "replies": 0.02,
    },
    "expert": {
        "title": 0.22, "text": 0.14, "skills": 0.16, "occupation": 0.12, "industry": 0.09, "place": 0.06, "level": 0.05,
        "dates": 0.03, "quantity": 0.04, "money": 0.04, "wishes": 0.03, "replies": 0.02,
    },
    "product": {
        "title": 0.30, "text": 0.24, "skills": 0.06, "industry": 0.16, "place": 0.05, "money": 0.10, "quantity": 0.04,
        "wishes": 0.03, "replies": 0.02,
    },
}  # fmt: skip

STANDARD = Weights(tuple((kind, tuple(shares.items())) for kind, shares in _SHARES.items()))
