"""Matching of needs with offers: hard conditions, retrieval, ranking, each with its reasons."""

from chanjiao.engines.matching.conditions import CONDITIONS, Condition, failures
from chanjiao.engines.matching.engine import ENGINE_ID, ENGINE_VERSION, Stages, match, match_one, problem_hash
from chanjiao.engines.matching.index import Index
from chanjiao.engines.matching.items import (
    KINDS,
    LEVELS,
    Evidence,
    Factor,
    Failure,
    Gap,
    Item,
    MatchResult,
    Options,
    Pair,
    Weights,
)
from chanjiao.engines.matching.verify import Fault, verify

__all__ = [
    "CONDITIONS",
    "ENGINE_ID",
    "ENGINE_VERSION",
    "KINDS",
    "LEVELS",
    "Condition",
    "Evidence",
    "Factor",
    "Failure",
    "Fault",
    "Gap",
    "Index",
    "Item",
    "MatchResult",
    "Options",
    "Pair",
    "Stages",
    "Weights",
    "failures",
    "match",
    "match_one",
    "problem_hash",
    "verify",
]
