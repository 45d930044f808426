"""How lists of the API are cut."""

from __future__ import annotations

from ninja import Field
from ninja.pagination import LimitOffsetPagination


class Paging(LimitOffsetPagination):
    """`?limit=&offset=`; an offset that no database takes is refused at its field."""

    class Input(LimitOffsetPagination.Input):
        """What the address may ask for."""

        offset: int = Field(0, ge=0, le=10_000_000)
