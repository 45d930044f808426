"""Planning the intake of programmes: a model in whole numbers, its solver, an independent verifier, and the reasons.

The model is written down in docs/algorithms/planning.md.
"""

from chanjiao.engines.planning.explain import Change, Price, changes_of, prices_of
from chanjiao.engines.planning.plan import Effort, Plan
from chanjiao.engines.planning.problem import Problem, problem_of
from chanjiao.engines.planning.rows import Demand, Limit, Link, Note, Point, Settings, Use
from chanjiao.engines.planning.scenarios import Scenario, compared
from chanjiao.engines.planning.solve import ENGINE_ID, ENGINE_VERSION, solve
from chanjiao.engines.planning.verified import Tables, by_key, problem_of_tables, verified
from chanjiao.engines.planning.verify import Verdict, verify

__all__ = [
    "ENGINE_ID",
    "ENGINE_VERSION",
    "Change",
    "Demand",
    "Effort",
    "Limit",
    "Link",
    "Note",
    "Plan",
    "Point",
    "Price",
    "Problem",
    "Scenario",
    "Settings",
    "Tables",
    "Use",
    "Verdict",
    "by_key",
    "changes_of",
    "compared",
    "prices_of",
    "problem_of",
    "problem_of_tables",
    "solve",
    "verified",
    "verify",
]
