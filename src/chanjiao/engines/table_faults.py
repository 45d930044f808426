"""What readers of tables say of a file that they cannot read on, and of a cell that holds something else."""

from __future__ import annotations

import csv
from typing import Any

from chanjiao.engines.errors import ChanjiaoError


def cell_too_long(place: str) -> ChanjiaoError:
    """The refusal for a `csv.Error`: a cell beyond the limit, the one fault that the library's reader still finds.

    Mostly a quotation mark was never closed, and the rest of the file counts as one cell.
    """
    return ChanjiaoError("table.cell_too_long", place=place, limit=csv.field_size_limit())


def bad_value(place: str, column: str, value: object, expected: str, **params: Any) -> ChanjiaoError:
    """The refusal of a cell; `params` are those of the words for what was `expected`, and `field`, where it has one."""
    return ChanjiaoError("table.bad_value", place=place, column=column, value=value, expected=expected, **params)
