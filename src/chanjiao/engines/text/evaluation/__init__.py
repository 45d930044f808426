"""The engine's own measure: stories with their truth, generated and written by hand, and scores per field."""

from __future__ import annotations

from chanjiao.engines.text.evaluation.score import FIELDS, Score, score_stories
from chanjiao.engines.text.evaluation.stories import Story, written_stories

__all__ = ["FIELDS", "Score", "Story", "score_stories", "written_stories"]
