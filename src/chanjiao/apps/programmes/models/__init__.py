"""Tables of programmes: points and their years, what is asked of occupations, where programmes lead, warning cards."""

from chanjiao.apps.programmes.models.demand import DemandFigure, Headcount, IndustryChain
from chanjiao.apps.programmes.models.points import ProgrammeLevel, ProgrammePoint
from chanjiao.apps.programmes.models.supply import LinkShare, YearFigures
from chanjiao.apps.programmes.models.warnings import (
    CardColour,
    CardDecision,
    CardState,
    WarningCard,
    WarningRuleSet,
)

__all__ = [
    "CardColour", "CardDecision", "CardState", "DemandFigure", "Headcount", "IndustryChain", "LinkShare",
    "ProgrammeLevel", "ProgrammePoint", "WarningCard", "WarningRuleSet", "YearFigures",
]  # fmt: skip
