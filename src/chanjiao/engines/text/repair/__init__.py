"""Repair of crawled text. What needs nothing passes through byte for byte; see docs/algorithms/text.md."""

from __future__ import annotations

from chanjiao.engines.text.repair.forms import odd_forms
from chanjiao.engines.text.repair.readings import inserted_readings, plain_readings
from chanjiao.engines.text.repair.result import Change, Edit, Layer, Repaired, apply
from chanjiao.engines.text.repair.script import into_simplified, of_annotated
from chanjiao.engines.text.repair.shifted import shifted_stretches
from chanjiao.engines.text.repair.slips import slips
from chanjiao.engines.text.repair.spliced import spliced_readings

__all__ = ["Change", "Edit", "Layer", "Repaired", "repair"]


def repair(text: str) -> Repaired:
    """The text as it stood before crawlers damaged it, with every change and how sure it is.

    A text without a trigger of any stage comes back as the same string. Linear in the length of the text.

    >>> repair("產(chǎn)教融合,成立大會(huì )").text
    '产教融合,成立大会'
    >>> repair("六(lù)安市与溧(lì)阳市签约").changed
    False
    """
    layers: list[Layer] = []
    reasons: list[str] = []
    current = _stage(text, odd_forms(text), "form", layers)
    current = _stage(current, spliced_readings(current), "shifted", layers)
    current = _stage(current, shifted_stretches(current), "shifted", layers)
    current, plain, removed = plain_readings(current)
    layers.extend([plain] if plain else [])
    readings, doubts = inserted_readings(current, removed)
    reasons.extend(doubts)
    places = _places_after(readings)
    current = _stage(current, readings, "reading", layers)
    current, made = into_simplified(current, annotated=bool(readings or removed), converted=removed > 0)
    layers.extend(made)
    if readings:
        current = _stage(current, of_annotated(current, places), "script", layers)
    mended, doubts = slips(current)
    reasons.extend(doubts)
    current = _stage(current, mended, "slip", layers)
    reasons.extend(_left_over(current))
    confidence = min([layer.confidence for layer in layers], default=1.0)
    if confidence < 0.75 and "name_replaced_by_spam" not in reasons:
        reasons.append("uncertain_change")
    kept = text if current == text else current
    return Repaired(kept, text, bool(reasons), tuple(dict.fromkeys(reasons)), confidence, tuple(layers))


def _stage(text: str, edits: list[Edit], kind: str, layers: list[Layer]) -> str:
    after, layer = apply(text, edits, kind)
    if layer is not None:
        layers.append(layer)
    return after


def _places_after(readings: list[Edit]) -> list[int]:
    """Where the characters that carried a reading stand once the readings are gone."""
    places, gone = [], 0
    for edit in readings:
        places.append(edit.start - gone - 1)
        gone += edit.end - edit.start
    return places


def _left_over(text: str) -> list[str]:
    reasons = []
    if "\ufffd" in text:
        reasons.append("lost_characters")
    return reasons
