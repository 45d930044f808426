"""Papers: job advertisements, visit reports, technical problems, course outlines, policy notices, read into facts."""

from chanjiao.engines.text.papers.read import read_paper
from chanjiao.engines.text.papers.values import READ_KINDS, Fact, Paper, PaperKind, Part, Proposal, Value

__all__ = ["READ_KINDS", "Fact", "Paper", "PaperKind", "Part", "Proposal", "Value", "read_paper"]
