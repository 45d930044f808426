"""The message catalogue: `python tools/messages.py update [TSV…]`, `check`.

`update` gathers every message of code and templates into the Chinese catalogue, takes translations from files of
`msgid<TAB>msgstr` lines, and compiles it. `check` fails where one is missing, unused or not compiled.
Needs Babel; xgettext is not needed, so that it runs on a machine without GNU gettext.
"""

from __future__ import annotations

import gettext
import io
import os
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "chanjiao"
PO = PACKAGE / "locale/zh_Hans/LC_MESSAGES/django.po"
MO = PO.with_suffix(".mo")
STRING = r"""u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*\""""
KEYWORDS = ("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "N_", "say")


def messages() -> dict[str | tuple[str, str], list[str]]:
    """Every message id (a pair for plurals) with the files it stands in."""
    found: dict[str | tuple[str, str], list[str]] = {}
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("templates/**/*.*")]):
        if "migrations" in path.parts or path.suffix not in {".py", ".html", ".txt"}:
            continue
        for message in _messages_of(path):
            found.setdefault(message, []).append(str(path.relative_to(PACKAGE)))
    return found


def _messages_of(path: Path) -> list[str | tuple[str, str]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = _as_python(source)
    extracted = extract_python(io.BytesIO(source.encode()), KEYWORDS, [], {})
    result: list[str | tuple[str, str]] = []
    for _line, function, message, _comments in extracted:
        if function == "pgettext":
            continue
        if isinstance(message, tuple):
            texts = [part for part in message if isinstance(part, str)]
            result.append((texts[0], texts[1]) if function.startswith("ngettext") else texts[0])
        elif message:
            result.append(message)
    return result


def _as_python(template: str) -> str:
    """A template as the calls it makes for translation, one a line, readable by a Python tokenizer."""
    from django.utils.translation.template import templatize

    return "\n".join(re.findall(rf"(?<![\w.])(?:n?gettext|_)\((?:{STRING}|[\s,]|\w+)+\)", templatize(template)))


def read_catalogue() -> Catalog:
    """The Chinese catalogue as it stands, or an empty one."""
    if not PO.exists():
        return Catalog(locale="zh_Hans", project="Chanjiao", charset="utf-8")
    with PO.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def update(translation_files: list[str]) -> None:
    """The catalogue holds exactly the messages in use, with all translations known, and is compiled."""
    old = read_catalogue()
    known: dict[str, str] = {}
    for path in translation_files:
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            msgid, tab, msgstr = line.partition("\t")
            if tab and msgstr.strip():
                known[msgid.replace("\\n", "\n")] = msgstr.strip().replace("\\n", "\n")
    new = Catalog(locale="zh_Hans", project="Chanjiao", charset="utf-8", fuzzy=False)
    for message, places in sorted(messages().items(), key=lambda item: str(item[0])):
        key = message if isinstance(message, str) else message[0]
        former = old.get(key)
        string = known.get(key) or (former.string if former else "")
        if isinstance(message, tuple) and isinstance(string, str):
            string = (string,)
        new.add(message, string, locations=[(place, None) for place in dict.fromkeys(places)])
    _write(new)
    print("\n".join(f"untranslated: {message}" for message in missing(new)))


def missing(catalogue: Catalog) -> list[str]:
    """Ids without a Chinese translation."""
    return [str(message.id) for message in catalogue if message.id and not any(_strings(message.string))]


def faults() -> list[str]:
    """What is wrong with the catalogue: missing, unused, untranslated, placeholders that differ, not compiled."""
    catalogue = read_catalogue()
    held = dict(zip(_ids(catalogue), (message for message in catalogue if message.id), strict=True))
    used = {message if isinstance(message, str) else message[0] for message in messages()}
    found = [f"not in the catalogue: {message}" for message in sorted(used - set(held))]
    found += [f"no longer used: {message}" for message in sorted(set(held) - used)]
    found += [f"untranslated: {message}" for message in missing(catalogue)]
    found += [
        f"placeholders differ: {key}"
        for key, message in held.items()
        for text in _strings(message.string)
        if text and placeholders(text) != placeholders(key)
    ]
    if any(text != (_strings(held[key].string)[0] or key) for key, text in _compiled().items()) or not MO.exists():
        found.append("the compiled catalogue is out of date: run python tools/messages.py update")
    return found


def placeholders(text: str) -> set[str]:
    """The parameters a message is filled with: %(name)s and {name}."""
    return set(re.findall(r"%\((\w+)\)", text)) | set(re.findall(r"\{(\w+)[!:}]", text))


def _strings(string: object) -> list[str]:
    return [string] if isinstance(string, str) else [str(part) for part in string or ()]  # type: ignore[attr-defined]


def _write(catalogue: Catalog) -> None:
    # Fixed dates, so that a run that changes no message changes no byte.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    catalogue.header_comment = "# Chinese (Simplified) messages of Chanjiao."
    source, compiled = io.BytesIO(), io.BytesIO()
    write_po(source, catalogue, width=120, sort_output=True, include_lineno=False)
    write_mo(compiled, catalogue)
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(re.sub(rb'"(Last-Translator|Language-Team|Report-Msgid-Bugs-To)[^\n]*\n', b"", source.getvalue()))
    MO.write_bytes(compiled.getvalue())


def _compiled() -> dict[str, str]:
    if not MO.exists():
        return {}
    with MO.open("rb") as file:
        held = gettext.GNUTranslations(file)
    told: dict[str, str] = {}
    for message in read_catalogue():
        if message.id:
            one, *more = _strings(message.id)
            told[one] = held.ngettext(one, more[0], 1) if more else held.gettext(one)
    return told


def _ids(catalogue: Catalog) -> list[str]:
    return [message.id if isinstance(message.id, str) else message.id[0] for message in catalogue if message.id]


def main(arguments: list[str]) -> int:
    """Run one of the two commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chanjiao.config.settings")
    if arguments[:1] == ["update"]:
        update(arguments[1:])
        return 0
    if arguments == ["check"]:
        found = faults()
        print("\n".join(found) or "catalogue complete")
        return 1 if found else 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
