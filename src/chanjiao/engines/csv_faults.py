"""What every reader of CSV text says of a file that it cannot read on."""

from __future__ import annotations

import csv

from chanjiao.engines.errors import ChanjiaoError


def cell_too_long(place: str) -> ChanjiaoError:
    """The refusal for a `csv.Error`: a cell beyond the limit, the one fault that the library's reader still finds.

    Mostly a quotation mark was never closed, and the rest of the file counts as one cell.
    """
    return ChanjiaoError("table.cell_too_long", place=place, limit=csv.field_size_limit())
