"""One interface to every method, and what each method promises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chanjiao.engines.allocation.best_fit import best_fit
from chanjiao.engines.allocation.outcome import Outcome
from chanjiao.engines.allocation.problem import Problem
from chanjiao.engines.allocation.stable import deferred_acceptance
from chanjiao.engines.allocation.together import together
from chanjiao.engines.errors import ChanjiaoError


@dataclass(frozen=True, slots=True)
class Method:
    """A way to allocate: the solver and its promises, which the laws in the tests hold it to."""

    name: str
    solve: Callable[[Problem], Outcome]
    stable: bool
    optimal_for: str
    strategy_proof: bool
    complexity: str
    source: str


METHODS: dict[str, Method] = {
    method.name: method
    for method in (
        Method(
            "stable", deferred_acceptance, True, "students, among stable placements", True,
            "O(E log q) time, O(E) memory", "Gale and Shapley 1962; Abdulkadiroğlu, Pathak and Roth 2009",
        ),
        Method(
            "together", together, True, "students, among placements without justified envy", False,
            "O(E log q) time, O(E) memory, in plain Python",
            "McDermid and Manlove 2010; Delacrétaz, Kominers and Teytelboym 2023",
        ),
        Method(
            "best-fit", best_fit, False, "the total fit", False,
            "O(E log q) a round, rounds by price; bound in the certificate",
            "Bertsekas 1988; Bertsekas and Castañón 1989",
        ),
    )
}  # fmt: skip


def solve(problem: Problem, method: str = "stable") -> Outcome:
    """The outcome of the named method; `option.unknown` for a name that is not in `METHODS`.

    >>> from chanjiao.engines.allocation.problem import problem_of
    >>> solve(problem_of([1], [0, 1, 2], [0, 0], [70.0, 90.0])).seat.tolist()
    [-1, 0]
    """
    if method not in METHODS:
        raise ChanjiaoError("option.unknown", name="method", value=method, expected=", ".join(METHODS))
    return METHODS[method].solve(problem)
