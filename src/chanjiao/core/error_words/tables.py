"""Errors of files and tables, of what is imported and exported."""

from __future__ import annotations

from chanjiao.core.error_words.kinds import Kind
from chanjiao.engines.words import N_

WORDS: dict[str, tuple[Kind, str]] = {
    "file.missing": (Kind.INVALID, N_("The file {path} does not exist")),
    "file.unreadable": (Kind.INVALID, N_("The file {path} cannot be read: {reason}")),
    "file.unwritable": (Kind.INVALID, N_("{path} cannot be written: {reason}")),
    "file.empty": (Kind.INVALID, N_("The file {path} is empty")),
    "file.too_large": (Kind.LIMIT, N_("The file is {size:bytes}; at most {limit:bytes} are read")),
    "file.kind_unknown": (Kind.INVALID, N_("Files like {name} are not taken; taken are: {known}")),
    "file.forged": (Kind.INVALID, N_("{name} is not what its ending says, is damaged, or holds macros")),
    "file.not_text": (Kind.INVALID, N_("This is not text: {reason}")),
    "table.ending_unknown": (Kind.INVALID, N_("{path} names no table: its name must end in .xlsx or .csv")),
    "table.missing_column": (Kind.INVALID, N_("The column {column} is missing; columns found: {found}")),
    "table.bad_value": (Kind.INVALID, N_("{column} is {value!r}; expected {expected}")),
    "table.duplicate": (Kind.INVALID, N_("{value} stands here a second time; first at {first}")),
    "table.unknown_reference": (Kind.INVALID, N_("{what} {value} is not in {where}")),
    "table.cell_too_long": (
        Kind.LIMIT,
        N_("A cell holds more than {limit} characters; perhaps a quotation mark is missing"),
    ),
    "table.wrong_width": (Kind.INVALID, N_("This row has {cells} cells; the header has {expected}")),
    "sheet.too_wide": (
        Kind.LIMIT,
        N_("A sheet spans {cells} cells, from its first to its last filled one; at most {limit} are read"),
    ),
    "sheet.broken": (Kind.INVALID, N_("The table cannot be read: {reason}")),
    "json.malformed": (Kind.INVALID, N_("This line is not a JSON object: {reason}")),
    "import.unknown_kind": (Kind.INVALID, N_("{kind!r} is no kind of record; possible are {expected}")),
    "import.unknown_layout": (Kind.INVALID, N_("{layout!r} is no form of this kind; possible are {expected}")),
    "import.no_sheet": (Kind.INVALID, N_("The file has no sheet {sheet}; it has {sheets}")),
    "import.no_heading": (Kind.INVALID, N_("No row with known headings was found; expected such as {expected}")),
    "import.missing_columns": (Kind.INVALID, N_("Columns are missing: {columns}; found: {found}")),
    "import.no_rows": (Kind.INVALID, N_("There is no row below the heading")),
    "import.known_file": (Kind.CONFLICT, N_("This file was imported on {day} already (import {number})")),
    "import.required": (Kind.INVALID, N_("This is required")),
    "import.bad_day": (Kind.INVALID, N_("{value} is no day; write 2026-03-05 or 2026年3月5日")),
    "import.bad_number": (Kind.INVALID, N_("{value} is no number from 0 up")),
    "import.classes_not_people": (Kind.INVALID, N_("{value} counts classes; give people")),
    "import.bad_share": (Kind.INVALID, N_("{value} is no share; write 0.35 or 35%")),
    "import.unknown_point": (Kind.NOT_FOUND, N_("The college does not teach {value}; add the programme first")),
    "import.bad_choice": (Kind.INVALID, N_("{value} is not possible here; possible are {expected}")),
    "import.unknown_name": (Kind.INVALID, N_("No code bears the name {value}; write the code")),
    "import.ambiguous_name": (Kind.INVALID, N_("Several codes bear the name {value}: {codes}; write one of them")),
    "import.unknown_organisation": (Kind.INVALID, N_("No organisation {value} is registered")),
    "import.unknown_consortium": (Kind.INVALID, N_("The organisation is no member of {value}")),
    "import.not_yours": (Kind.DENIED, N_("You may not enter anything for {value}")),
    "import.unknown_number": (Kind.NOT_FOUND, N_("You keep nothing with the number {value}")),
    "import.no_proof": (
        Kind.NOT_FOUND,
        N_("This project has no proof with this fingerprint; hand the file in on the project's page"),
    ),
    "import.earlier_code": (Kind.INVALID, N_("{value} is a code of an earlier catalogue; read as {now}")),
    "import.code_split": (
        Kind.INVALID,
        N_("{value} is a code of an earlier catalogue; now {codes}: write one of them"),
    ),
    "import.name_of_another": (
        Kind.INVALID,
        N_("{value} is {known} in the catalogue, not {name}; it may be a code of an earlier catalogue"),
    ),
    "import.rows_unread": (
        Kind.INVALID,
        N_("{count:# row|# rows} of this programme and year cannot be read; mend the file and send it whole"),
    ),
    "import.form_without_intake": (
        Kind.INVALID,
        N_("This form tells no intake plan and no students; 0 was taken until the yearly figures are told"),
    ),
    "import.row_beside_refused": (
        Kind.CONFLICT,
        N_("Row {row} of the same programme is refused; its shares are taken all or none"),
    ),
    "import.twice_in_file": (Kind.CONFLICT, N_("A row above says the same")),
    "export.too_long": (Kind.LIMIT, N_("A worksheet holds {limit} rows; narrow the filters or take CSV")),
    "document.missing_letters": (
        Kind.INVALID,
        N_("The font of our PDF lacks {letters}; take the Word document, which uses the fonts of your machine"),
    ),
    "input.missing": (Kind.INVALID, N_("{name} is required")),
    "option.unknown": (Kind.INVALID, N_("{name} is {value!r}; expected one of {expected}")),
    "port.taken": (Kind.LIMIT, N_("{host}:{port} is in use; choose another with --port")),
}
