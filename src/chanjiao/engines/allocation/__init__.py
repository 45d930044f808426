"""Allocation of students to seats: problem, methods, independent verification, reasons."""

from chanjiao.engines.allocation.outcome import Dual, Outcome
from chanjiao.engines.allocation.problem import Limit, Problem, Reserve, problem_of
from chanjiao.engines.allocation.solve import ENGINE, METHODS, VERSION, solve
from chanjiao.engines.allocation.verify import Verdict, verify

__all__ = [
    "ENGINE", "METHODS", "VERSION", "Dual", "Limit", "Outcome", "Problem", "Reserve", "Verdict", "problem_of", "solve",
    "verify",
]  # fmt: skip
