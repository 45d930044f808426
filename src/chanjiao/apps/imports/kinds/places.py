"""For whom rows may be written: the organisation and the consortium that a row names, or that follow from who asks."""

from __future__ import annotations

from chanjiao.apps.exchange.places import posting_places
from chanjiao.apps.imports.kinds.base import Options
from chanjiao.apps.imports.layouts import Record
from chanjiao.apps.members.registry import organisation_book
from chanjiao.apps.members.rules import name_key
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor


class Places:
    """The organisations by every name they are known by, and where the actor may write for them."""

    def __init__(self, actor: Actor, options: Options) -> None:
        self._own, self._chosen = actor.organisation_id, options.consortium_id
        self._book = organisation_book()
        places = posting_places(actor)
        self._consortia = {name_key(place.consortium): place.consortium_id for place in places}
        self.joined: dict[int, list[int]] = {}
        for place in places:
            self.joined.setdefault(place.organisation_id, []).append(place.consortium_id)

    def organisation(self, record: Record) -> int:
        """Whom the row speaks for, the actor's own where it names none; `import.not_yours` where they may not."""
        name, code = record.get("organisation", ""), record.get("credit_code", "")
        if not name and not code:
            if self._own is None:
                raise ChanjiaoError("import.required", field="organisation")
            return self._own
        found = self.known(name, code, "organisation")
        if found not in self.joined:
            raise ChanjiaoError("import.not_yours", field="organisation", value=(name or code)[:60])
        return found

    def known(self, name: str, code: str, column: str) -> int:
        """The organisation of that code or name; `import.unknown_organisation` where there is none."""
        found = self._book.find(name, credit_code=code)
        if found is None:
            raise ChanjiaoError("import.unknown_organisation", field=column, value=(name or code)[:60])
        return found

    def consortium(self, record: Record, organisation_id: int) -> int:
        """The consortium that the row names, else the one chosen for the file, else the organisation's first."""
        joined = self.joined.get(organisation_id, [])
        if name := record.get("consortium", ""):
            found = self._consortia.get(name_key(name))
            if found not in joined:
                raise ChanjiaoError("import.unknown_consortium", field="consortium", value=name[:60])
            return int(found)
        if self._chosen in joined:
            return int(self._chosen or 0)
        if not joined:
            raise ChanjiaoError("listing.not_a_member")
        return joined[0]
