"""Look-up of coded terms by what people type: code, name, title, abbreviation, pinyin, sound or a slip of the hand."""

from chanjiao.engines.lookup.index import Index
from chanjiao.engines.lookup.readings import Readings
from chanjiao.engines.lookup.values import Entry, Hit, Reason

__all__ = ["Entry", "Hit", "Index", "Readings", "Reason"]
