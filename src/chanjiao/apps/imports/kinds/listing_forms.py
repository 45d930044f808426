"""Forms of the national data standard for vocational colleges that hold needs and offers, and our columns.

Headings are the standard's own words, so they are not translated. What a form has no column for is told in the
confidential particulars, one line each, and read back from there on export.
"""

from __future__ import annotations

from chanjiao.apps.imports.layouts import Column, Layout, Record
from chanjiao.core.errors import ChanjiaoError
from chanjiao.engines.words import N_

INTERNSHIP, EMPLOYMENT = "实习", "就业"
CHOSEN_MODES = {"开发": "development", "转让": "transfer", "许可": "licence", "咨询": "consulting", "服务": "service"}


def told_lines(record: Record, *headings: str) -> str:
    """The named cells as lines `heading：cell`."""
    return "\n".join(f"{heading}：{record[heading]}" for heading in headings if record.get(heading))


def read_back(detail: str, heading: str) -> str:
    prefix = f"{heading}："
    return next((line.removeprefix(prefix) for line in detail.splitlines() if line.startswith(prefix)), "")


def same_columns(*headings: str, required: tuple[str, ...] = ()) -> tuple[Column, ...]:
    return tuple(Column(heading, heading, required=heading in required) for heading in headings)


VISITED = ("牵头拜访人", "拜访时间", "成果形式", "接受实习生报酬", "起薪线")


def _need_of_visit(record: Record) -> Record:
    """A post need: internship where the form takes interns only, else employment."""
    programme = record.get("需求专业名称", "") or record.get("需求专业代码", "")
    interns, employed = record.get("接受实习生人数", ""), record.get("接受就业人数", "")
    is_internship = bool(interns.strip("0")) and not employed.strip("0")
    quantity = record.get("可提供岗位数", "") or (interns if is_internship else employed)
    if not quantity:
        raise ChanjiaoError("import.required", field="可提供岗位数")
    pay = record.get("平均薪酬", "") or record.get("接受实习生报酬" if is_internship else "起薪线", "")
    word = INTERNSHIP if is_internship else EMPLOYMENT
    return {
        "organisation": record.get("企业名称", ""),
        "credit_code": record.get("统一社会信用代码", ""),
        "kind": "post",
        "title": record.get("岗位名称", "") or f"{programme}相关岗位（{word}）",
        "summary": f"访企拓岗：可提供{programme}相关岗位{quantity}个（{word}）。",
        "detail": told_lines(record, *VISITED),
        "programme": record.get("需求专业代码", "") or record.get("需求专业名称", ""),
        "education_level": record.get("需求专业层次", ""),
        "quantity": quantity,
        "engagement": "internship" if is_internship else "employment",
        "pay_low": pay,
        "pay_high": pay,
        "contact_name": record.get("企业接待人", ""),
    }


_LEVELS_BACK = {
    "中职": "中职",
    "高职（专科）": "高职",
    "高职专科": "高职",
    "高职": "高职",
    "本科": "本科",
    "硕士": "硕士",
}


def _visit_of_need(record: Record) -> Record:
    is_internship = record.get("engagement", "") in ("实习", "学徒制")
    detail, quantity, pay = record["detail"], record["quantity"], record.get("pay_low", "")
    return {
        "企业名称": record["organisation"],
        "统一社会信用代码": record["credit_code"],
        "岗位名称": record["title"],
        "需求专业代码": record["programme"],
        "需求专业层次": _LEVELS_BACK.get(record["education_level"], record["education_level"]),
        "可提供岗位数": quantity,
        "平均薪酬": pay,
        "企业接待人": record["contact_name"],
        "接受实习生人数": quantity if is_internship else "",
        "接受就业人数": "" if is_internship else quantity,
        "接受实习生报酬": read_back(detail, "接受实习生报酬") or (pay if is_internship else ""),
        "起薪线": read_back(detail, "起薪线") or ("" if is_internship else pay),
        **{heading: read_back(detail, heading) for heading in ("牵头拜访人", "拜访时间", "成果形式")},
    }


VISIT = Layout(
    "visit",
    N_("Visit form 访企拓岗"),
    same_columns(
        "企业名称",
        "统一社会信用代码",
        "岗位名称",
        "需求专业代码",
        "需求专业名称",
        "需求专业层次",
        "可提供岗位数",
        "平均薪酬",
        "牵头拜访人",
        "拜访时间",
        "企业接待人",
        "成果形式",
        "接受实习生人数",
        "接受实习生报酬",
        "接受就业人数",
        "起薪线",
        required=("企业名称", "可提供岗位数"),
    ),
    _need_of_visit,
    _visit_of_need,
)


def _need_of_technical(record: Record) -> Record:
    overview = record.get("需求概述", "")
    return {
        "organisation": record.get("企业名称", ""),
        "credit_code": record.get("统一社会信用代码", ""),
        "kind": "technical_problem",
        "title": record.get("需求名称", "") or overview[:40],
        "summary": overview,
        "skills": record.get("关键字", ""),
        "budget": record.get("计划投资", ""),
        "cooperation_mode": _mode_of(record.get("合作模式", "")),
        "research_type": record.get("研究类型", ""),
        "technical_field": record.get("技术领域", ""),
        "industry": record.get("应用行业", ""),
    }


def _mode_of(cell: str) -> str:
    return next((mode for word, mode in CHOSEN_MODES.items() if word in cell), cell)


def _technical_of_need(record: Record) -> Record:
    return {
        "企业名称": record["organisation"],
        "统一社会信用代码": record["credit_code"],
        "需求名称": record["title"],
        "需求概述": record["summary"],
        "关键字": record["skills"],
        "计划投资": record.get("budget", ""),
        "合作模式": record.get("cooperation_mode", ""),
        "研究类型": record.get("research_type", ""),
        "技术领域": record.get("technical_field", ""),
        "应用行业": record["industry"],
    }


TECHNICAL = Layout(
    "technical",
    N_("Technical needs 技术需求"),
    same_columns(
        "企业名称",
        "统一社会信用代码",
        "需求名称",
        "需求概述",
        "关键字",
        "计划投资",
        "合作模式",
        "研究类型",
        "技术领域",
        "应用行业",
        required=("需求概述",),
    ),
    _need_of_technical,
    _technical_of_need,
)


def _offer_of_base(record: Record) -> Record:
    name = record.get("名称", "")
    suits = record.get("适应专业", "")
    return {
        "organisation": record.get("依托单位", ""),
        "kind": "equipment",
        "title": name,
        "summary": f"实训基地“{name}”" + (f"，适应专业：{suits}" if suits else "") + "。",
        "detail": told_lines(record, "编号", "合作企业", "类别", "适应专业"),
        "equipment": name,
        "unit": "个工位",
        "quantity": record.get("工位数", ""),
    }


def _base_of_offer(record: Record) -> Record:
    return {
        "名称": record["title"],
        "依托单位": record["organisation"],
        "工位数": record["quantity"],
        **{heading: read_back(record["detail"], heading) for heading in ("编号", "合作企业", "类别", "适应专业")},
    }


BASES = Layout(
    "bases",
    N_("Training bases 实训基地"),
    same_columns("编号", "名称", "依托单位", "适应专业", "合作企业", "类别", "工位数", required=("名称", "依托单位")),
    _offer_of_base,
    _base_of_offer,
)
