"""Papers with their truth, and how well they are read."""

from chanjiao.engines.text.papers.evaluation.documents import PAPER_SPLITS, Document, written_documents
from chanjiao.engines.text.papers.evaluation.score import KIND_FIELD, score_documents

__all__ = ["KIND_FIELD", "PAPER_SPLITS", "Document", "score_documents", "written_documents"]
