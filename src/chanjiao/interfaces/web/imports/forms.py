"""The form that takes a file in."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chanjiao.apps.imports.kinds import KINDS
from chanjiao.apps.imports.kinds.base import Options
from chanjiao.apps.members.models import Consortium
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.sheets import LIMIT


class ImportForm(forms.Form):
    """What is imported, and the file; a file that was imported before must be meant."""

    kind = forms.ChoiceField(label=gettext_lazy("What the rows are"))
    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        help_text=gettext_lazy("xlsx or csv, our own columns or a form of the national data standard, up to 64 MB"),
    )
    consortium = forms.ChoiceField(label=gettext_lazy("Consortium of rows that name none"), required=False)
    again = forms.BooleanField(label=gettext_lazy("Also if this file was imported before"), required=False)

    def __init__(self, *args: object, consortia: Iterable[Consortium], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["kind"].choices = [(key, _(kind.label)) for key, kind in KINDS.items()]  # type: ignore[attr-defined]
        offered = [(str(one.pk), str(one)) for one in consortia]
        self.fields["consortium"].choices = [("", _("The first one that the organisation is in")), *offered]  # type: ignore[attr-defined]

    def content(self) -> tuple[bytes, str]:
        """The file's bytes and name; one that is too large is refused before it is read."""
        file = self.cleaned_data["file"]
        if file.size > LIMIT:
            raise ChanjiaoError("file.too_large", field="file", size=file.size, limit=LIMIT)
        return file.read(), file.name

    def options(self) -> Options:
        """What was chosen for rows that leave it open."""
        chosen = self.cleaned_data["consortium"]
        return Options(consortium_id=int(chosen) if chosen else None)
