"""The font that documents are printed in: `python tools/make_font.py NotoSerifCJK-Regular.ttc`.

Takes the simplified Chinese face of Noto Serif CJK (SIL Open Font License), keeps the characters of GB 2312 and of our
own tables, turns its curves into those that PDF writers embed, and names it anew. Needs fonttools, which nothing else
does: `uv run --with fonttools python tools/make_font.py …`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont, newTable

DATA = Path(__file__).resolve().parent.parent / "src/chanjiao/data"
TARGET = DATA / "fonts/ChanjiaoSerif-Regular.ttf"
NAME = "Chanjiao Serif"
SIGNS = "〔〕《》〈〉「」『』“”‘’—…·￥¥％‰℃№①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤ√×÷±≤≥≠∶"
LARGEST_ERROR = 3.0
"""How far a curve may move, in thousandths of a letter's height."""


def wanted() -> set[int]:
    """Code points to keep: GB 2312, Latin, some signs, and every character of our tables."""
    kept = {chr(code) for code in range(0x20, 0x7F)} | set(SIGNS)
    for high in range(0xA1, 0xFE):
        for low in range(0xA1, 0xFF):
            kept |= set(bytes([high, low]).decode("gb2312", errors="ignore"))
    for path in DATA.rglob("*"):
        if path.suffix in {".tsv", ".csv", ".jsonl", ".txt", ".yaml"} and path.stem != "readings":
            kept |= set(path.read_text(encoding="utf-8"))
    return {ord(char) for char in kept if ord(char) >= 0x20}


def subsetted(path: str) -> TTFont:
    """The simplified Chinese face with only the characters that are kept."""
    font = next(one for one in TTCollection(path).fonts if one["name"].getDebugName(1).endswith("CJK SC"))
    options = subset.Options()
    options.layout_features, options.hinting, options.notdef_outline = [], False, True
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE", "GSUB", "GPOS", "DSIG"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted())
    subsetter.subset(font)
    return font


def with_quadratic_curves(font: TTFont) -> TTFont:
    """The font with TrueType outlines in the place of its PostScript ones."""
    glyphs, shapes = {}, font.getGlyphSet()
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(shapes)
        shapes[name].draw(Cu2QuPen(pen, max_err=LARGEST_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = font.getGlyphOrder(), glyphs
    font["maxp"].tableVersion = 0x00010000
    numbers = (
        "maxTwilightPoints maxStorage maxFunctionDefs maxInstructionDefs maxStackElements maxSizeOfInstructions "
        "maxComponentElements maxPoints maxContours maxCompositePoints maxCompositeContours maxComponentDepth"
    )
    for name in numbers.split():
        setattr(font["maxp"], name, 0)
    font["maxp"].maxZones = 1
    font["post"].formatType = 3.0
    del font["CFF "]
    font.sfntVersion = "\x00\x01\x00\x00"
    return font


def renamed(font: TTFont) -> TTFont:
    """The font under a name of its own, as its licence asks of a changed one."""
    for record in list(font["name"].names):
        if record.nameID in (1, 3, 4, 6, 16):
            text = NAME.replace(" ", "") if record.nameID == 6 else NAME
            font["name"].setName(text, record.nameID, record.platformID, record.platEncID, record.langID)
    return font


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    renamed(with_quadratic_curves(subsetted(sys.argv[1]))).save(TARGET)
    print(f"{TARGET}: {TARGET.stat().st_size:,} bytes")
