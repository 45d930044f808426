"""Allocation of students to seats: problem, methods, independent verification, reasons, and what follows a result."""

from chanjiao.engines.allocation.difference import Difference, difference
from chanjiao.engines.allocation.lottery import commitment_of, lottery_of_names
from chanjiao.engines.allocation.next_in_line import Continuation, next_in_line
from chanjiao.engines.allocation.outcome import ENGINE, VERSION, Dual, Outcome
from chanjiao.engines.allocation.problem import Limit, Problem, Reserve, problem_of
from chanjiao.engines.allocation.solve import METHODS, solve
from chanjiao.engines.allocation.verify import Verdict, verify
from chanjiao.engines.allocation.what_if import WhatIf

__all__ = [
    "ENGINE", "METHODS", "VERSION", "Continuation", "Difference", "Dual", "Limit", "Outcome", "Problem", "Reserve",
    "Verdict", "WhatIf", "commitment_of", "difference", "lottery_of_names", "next_in_line", "problem_of", "solve",
    "verify",
]  # fmt: skip
