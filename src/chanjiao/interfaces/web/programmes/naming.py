"""The names of what an alignment is taken by."""

from __future__ import annotations

from django.utils.translation import gettext as _

from chanjiao.apps.programmes.selectors.alignment import Alignment, bodies_named
from chanjiao.apps.reference.selectors import names_of
from chanjiao.core.permissions import Actor


class Names:
    """The names that an alignment needs, looked up at once."""

    def __init__(self, actor: Actor, found: Alignment) -> None:
        problem = found.found.problem
        self._points = {point.id: point for point in problem.points}
        self._chains = {str(chain.id): chain for chain in problem.chains}
        zones = {cell.zone for cell in found.cells if cell.zone}
        self._bodies = bodies_named(actor, {point.college_id for point in problem.points} | zones)
        programmes = {point.code for point in problem.points}
        occupations = {cell.occupation for cell in found.found.cells if cell.occupation}
        self._names = names_of(
            actor,
            [
                *(("programme", code) for code in programmes | {code[:4] for code in programmes}),
                *(("occupation", code) for code in occupations),
            ],
        )

    def line(self, by: str, key: str) -> tuple[str, str]:
        """The name of a line and what stands under it."""
        if not key:
            return _nameless(by), ""
        if by == "point":
            point = self._points[int(key)]
            return self.programme(point.code), f"{point.code} · {self.body(point.college_id)}"
        if by == "chain":
            chain = self._chains[key]
            return chain.name, _("Key chain") if chain.is_key else ""
        if by in ("college", "zone"):
            return self.body(int(key)), ""
        return (self.occupation(key) if by == "occupation" else self.programme(key)), key

    def programme(self, code: str) -> str:
        """The name of a programme, a major or a class."""
        return self._names.get(("programme", code), code)

    def occupation(self, code: str) -> str:
        """The name of a minor group."""
        return self._names.get(("occupation", code), code)

    def body(self, pk: int) -> str:
        """The name of a college or zone, short where it has a short one."""
        return self._bodies.get(pk, str(pk))


def _nameless(by: str) -> str:
    if by == "occupation":
        return _("Elsewhere: no occupation known")
    if by in ("zone", "chain"):
        return _("No zone told") if by == "zone" else _("In no chain")
    return _("Asked for, and nobody is taught for it")
