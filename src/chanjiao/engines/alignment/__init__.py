"""How well what is taught answers to what is asked: gaps, indices, forecasts, warnings."""

from chanjiao.engines.alignment.forecast import Forecast, forecast
from chanjiao.engines.alignment.gaps import Completions, Gap, Link, Openings, gap_of, gaps_of, openings_by_link
from chanjiao.engines.alignment.indices import (
    Estimate,
    Marks,
    chain_share,
    coupling_coordination,
    shortage_grade,
    structural_deviation,
    structural_deviations,
    structure_similarity,
    with_interval,
)
from chanjiao.engines.alignment.warnings import (
    Card,
    Exemption,
    Hit,
    Measured,
    PointFacts,
    Rule,
    RuleSet,
    cards_of,
)

__all__ = [
    "Card",
    "Completions",
    "Estimate",
    "Exemption",
    "Forecast",
    "Gap",
    "Hit",
    "Link",
    "Marks",
    "Measured",
    "Openings",
    "PointFacts",
    "Rule",
    "RuleSet",
    "cards_of",
    "chain_share",
    "coupling_coordination",
    "forecast",
    "gap_of",
    "gaps_of",
    "openings_by_link",
    "shortage_grade",
    "structural_deviation",
    "structural_deviations",
    "structure_similarity",
    "with_interval",
]
