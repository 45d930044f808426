"""Conversion to simplified characters, by the kind of page: converted by a table, Taiwan, Hong Kong, or none."""

from __future__ import annotations

import re
from functools import cache

from chanjiao.engines.text.repair.characters import (
    SHARED_FORMS,
    converter,
    mostly_traditional,
    simplified_form,
    translation,
)
from chanjiao.engines.text.repair.result import Edit, Layer, apply

_TAIWAN = re.compile(
    "軟體|硬體|網路|資訊|數位|專案|程式|計畫|民國\\d|新[臺台]幣|國立[^，。]{2,6}大學|[臺台][灣北中南]|影片|透過|"
    "品質|產學|夥伴|技職|簡報|行動裝置|雷射|奈米|電腦|印表機|儲存|連線|滑鼠|部落格"
)
_TAIWAN_STRONG = re.compile("軟體|網路|資訊|數位|專案|計畫|民國\\d|新[臺台]幣|技職|奈米|滑鼠|雷射")
_HONG_KONG = re.compile("[裏綫衞啓説産峯羣爲敍眾着]|港幣|港元|香港|特首|特區")
_LASTING = (
    "著名|显著|著作|名著|著称|原著|专著|编著|土著|卓著|合著|译著|论著|著述|著书|巨著|昭著|遗著|拙著|著录|著者|著有|"
    "著书|新著|大著|著文|著于|著重|执著|所著|著为"
)
_PARTICLE = re.compile("著")
_LASTING_AT = re.compile(_LASTING)
_WRONG_PARTICLE = re.compile("着(?:(?<=[显卓昭]着)|(?=名的?[^为着]|作权|称于))")
# Valid in both scripts: on a page converted as a whole they follow their words.
_WORDS = (
    ("瞭", re.compile("瞭(?=解|如指掌|然)"), "了"),
    ("瞭", re.compile("(?<=[明])瞭"), "了"),
    ("藉", re.compile("藉(?=[此由以助机著着])"), "借"),
    ("藉", re.compile("(?<=[凭假])藉"), "借"),
    ("乾", re.compile("乾(?=[燥净淨杯脆旱枯粮糧])"), "干"),
    ("乾", re.compile("(?<=[饼餅烘晒曬])乾"), "干"),
    ("徵", re.compile("徵(?=[收集求得询詢兆税稅用招选選])"), "征"),
    ("徵", re.compile("(?<=[象特表])徵"), "征"),
    ("甚", re.compile("甚麽|甚麼|甚么"), "什么"),
    ("於", re.compile("於"), "于"),
)


def into_simplified(text: str, *, annotated: bool, converted: bool) -> tuple[str, list[Layer]]:
    """The text in simplified characters, and the layers that record how; `annotated` says that readings stood in it.

    A text with fewer traditional than simplified characters is left as it is (a name in old characters stays), unless
    it is known to be `converted`.
    """
    if not converted and not mostly_traditional(text):
        return text, []
    if annotated:
        return _by_characters(text, from_table=True)
    config = _regional(text)
    if config:
        return _by_dictionary(text, config)
    return _by_characters(text, from_table=False)


def _regional(text: str) -> str:
    """The dictionary for a page from Taiwan or Hong Kong; none for a converted page of the mainland."""
    sample = text[:20000]
    taiwan = len(set(_TAIWAN.findall(sample)))
    if taiwan >= 2 or len(set(_TAIWAN_STRONG.findall(sample))) >= 1:
        return "tw2sp"
    return "hk2s" if len(set(_HONG_KONG.findall(sample))) >= 2 else ""


def _by_characters(text: str, *, from_table: bool) -> tuple[str, list[Layer]]:
    whole = "" if from_table else converter("t2s").convert(text)
    after = whole if len(whole) == len(text) else text.translate(translation())
    layers = [Layer(text, after, "script", 0.999)]
    return _mend_words(after, layers, from_table=from_table)


def _by_dictionary(text: str, config: str) -> tuple[str, list[Layer]]:
    convert = converter(config).convert
    edits = []
    for match in re.finditer(r"[\u3400-\u9fff]+", text):
        new = convert(match[0])
        if new != match[0]:
            edits.extend(_tight(match.start(), match[0], new))
    after, layer = apply(text, edits, "script")
    return _mend_words(after, [layer] if layer else [], from_table=False)


def _tight(start: int, old: str, new: str) -> list[Edit]:
    """The edits of one run, as small as equal lengths allow."""
    if len(old) != len(new):
        return [Edit(start, start + len(old), new, "script", 0.98)]
    return [
        Edit(start + place, start + place + 1, b, "script", 0.99)
        for place, (a, b) in enumerate(zip(old, new, strict=True))
        if a != b
    ]


def _mend_words(text: str, layers: list[Layer], *, from_table: bool) -> tuple[str, list[Layer]]:
    """著 and 着 by their words, and on a page not made by a table also 瞭, 藉, 乾, 徵, 於."""
    edits = [Edit(m.start(), m.end(), "著", "script", 0.9) for m in _WRONG_PARTICLE.finditer(text)]
    if "著" in text:
        edits.extend(_particles(text))
    if not from_table or ("於" in text and text.count("于") == 0):
        rules = _WORDS if not from_table else _WORDS[-1:]
        for sign, pattern, new in rules:
            if sign not in text:
                continue
            edits.extend(Edit(m.start(), m.end(), new, "script", 0.95) for m in pattern.finditer(text))
    after, layer = apply(text, sorted(edits, key=lambda edit: edit.start), "script")
    return after, [*layers, layer] if layer else layers


def _particles(text: str) -> list[Edit]:
    lasting = {place for m in _LASTING_AT.finditer(text) for place in range(m.start(), m.end())}
    return [
        Edit(m.start(), m.end(), "着", "script", 0.95) for m in _PARTICLE.finditer(text) if m.start() not in lasting
    ]


def of_annotated(text: str, places: list[int]) -> list[Edit]:
    """The edits that simplify single characters, for a page whose other characters are simplified already."""
    forms = _all_forms()
    lasting = {place for m in _LASTING_AT.finditer(text) for place in range(m.start(), m.end())}
    return [Edit(p, p + 1, forms[text[p]], "script", 0.95) for p in places if text[p] in forms and p not in lasting]


@cache
def _all_forms() -> dict[str, str]:
    return simplified_form() | SHARED_FORMS
