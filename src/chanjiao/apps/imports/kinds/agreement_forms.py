"""The form 产学合作 of the national data standard: a row is a programme and an enterprise, and what they do together.

On the way in a row becomes the draft of one agreement, of the kind that its first figure speaks of; on the way out the
figures of all agreements that were signed are summed. Figures that no agreement states are kept in a clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from chanjiao.apps.cooperation.kept import KeptAgreement, KeptParty
from chanjiao.apps.cooperation.kinds import Clause, PartyRole
from chanjiao.apps.imports.kinds.listing_forms import read_back, same_columns, told_lines
from chanjiao.apps.imports.layouts import Layout, Record
from chanjiao.core.errors import ChanjiaoError
from chanjiao.engines.words import N_

ORDERED, INTERNS, EXPERTS, SERVICE = (
    "订单培养人数",
    "接受顶岗实习学生数",
    "支持学校兼职教师数",
    "学校为企业技术服务年收入",
)
UNSTATED = ("共同开发课程门数", "共同开发教材数", "接受毕业生就业数")
"""Figures that no kind of agreement asks for."""
COUNTED = {
    ORDERED: ("order_class", "students"),
    INTERNS: ("internship", "interns"),
    EXPERTS: ("exchange", "people"),
    SERVICE: ("transfer_service", "amount"),
}
SIGNED = ("in_force", "ended", "renewed")
CLAUSE, HEADING = "figures", "合作情况"


def _agreement_of_row(record: Record) -> Record:
    told = next((one for one in COUNTED if record.get(one, "").strip("0. ")), None)
    if told is None:
        raise ChanjiaoError("import.required", field=ORDERED)
    kind, counted = COUNTED[told]
    return {
        "kind": kind,
        "organisation": record.get("学校名称", ""),
        "partners": record.get("合作企业名称", ""),
        "partner_code": record.get("合作企业统一社会信用代码", ""),
        "programme": record.get("专业号", ""),
        "starts_on": record.get("合作开始年月", ""),
        counted: record[told],
        "direction": "expert_to_school" if kind == "exchange" else "",
        CLAUSE: told_lines(record, *(one for one in (*COUNTED, *UNSTATED) if one != told)),
    }


FORM = Layout(
    "cooperation",
    N_("School–enterprise co-operation 产学合作"),
    same_columns(
        "学校名称",
        "专业号",
        "合作企业统一社会信用代码",
        "合作企业名称",
        "合作开始年月",
        ORDERED,
        "共同开发课程门数",
        "共同开发教材数",
        EXPERTS,
        INTERNS,
        "接受毕业生就业数",
        SERVICE,
        required=("合作企业名称", "合作开始年月"),
    ),
    _agreement_of_row,
)


def with_figures(clauses: tuple[Clause, ...], told: str) -> tuple[Clause, ...]:
    """The clauses with one that keeps the figures of the form; as they are where it told none."""
    kept = tuple(one for one in clauses if one.code != CLAUSE)
    return (*kept, Clause(CLAUSE, HEADING, told)) if told else clauses


def rows_of_form(agreements: Iterable[KeptAgreement]) -> Iterator[Record]:
    """The rows of the form: what was signed, by school, programme and enterprise."""
    rows: dict[tuple[str, str, str], dict[str, str]] = {}
    for one in agreements:
        school = _party(one, PartyRole.SCHOOL)
        firm = _party(one, PartyRole.ENTERPRISE)
        if one.state in SIGNED and school and firm:
            programme = str(one.fields.get("programme", ""))
            row = rows.setdefault((school.name, programme, firm.name), _begun(school, programme, firm))
            _add(row, one)
    yield from rows.values()


def _party(agreement: KeptAgreement, role: PartyRole) -> KeptParty | None:
    return next((one for one in agreement.parties if one.role == role), None)


def _begun(school: KeptParty, programme: str, firm: KeptParty) -> dict[str, str]:
    return {
        "学校名称": school.name,
        "专业号": programme,
        "合作企业统一社会信用代码": firm.credit_code,
        "合作企业名称": firm.name,
    }


def _add(row: dict[str, str], agreement: KeptAgreement) -> None:
    if agreement.starts_on:
        begun = f"{agreement.starts_on:%Y-%m}"
        row["合作开始年月"] = min(begun, row.get("合作开始年月", begun))
    figures = next((one.text for one in agreement.clauses if one.code == CLAUSE), "")
    for heading in (*COUNTED, *UNSTATED):
        stated = _stated(agreement, heading) or read_back(figures, heading)
        if stated:
            row[heading] = f"{Decimal(row.get(heading) or 0) + Decimal(stated):f}"


def _stated(agreement: KeptAgreement, heading: str) -> str:
    """What the agreement itself states of a figure of the form."""
    kind, name = COUNTED.get(heading, ("", ""))
    if agreement.kind != kind or (kind == "exchange" and agreement.fields.get("direction") != "expert_to_school"):
        return ""
    value = agreement.amount if name == "amount" else agreement.fields.get(name)
    return str(value or "")
