"""Text out of the bytes of a document: the encodings Chinese documents really come in, or a clear refusal."""

from __future__ import annotations

import codecs
import re

from chanjiao.engines.errors import ChanjiaoError

SIZE_LIMIT = 32 * 1024 * 1024

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTAINERS = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"\xd0\xcf\x11\xe0", "OLE"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "GZIP"),
    (b"\x7fELF", "ELF"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE = 1 << 16


def decode(data: bytes, *, limit: int = SIZE_LIMIT) -> str:
    """The text of a document in UTF-8, UTF-16, UTF-32, GB18030 or Big5, with or without a byte order mark.

    A character cut in half at either end is dropped. `text.empty` for nothing but white space, `text.too_large`
    beyond `limit` bytes, `text.not_text` for what is no text in any of the encodings.

    >>> decode("产教融合".encode("gbk"))
    '产教融合'
    >>> decode("产教融合".encode()[:-1])
    '产教融'
    """
    if len(data) > limit:
        raise ChanjiaoError("text.too_large", size=len(data), limit=limit)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _sound(_strict(data[len(mark) :], encoding), encoding)
    for magic, name in _CONTAINERS:
        if data.startswith(magic):
            raise ChanjiaoError("text.not_text", reason=name)
    return _sound(_guess(data), "UTF-8 / GB18030")


def _guess(data: bytes) -> str | None:
    for encoding in _wide(data[:_SAMPLE]):
        text = _strict(data, encoding)
        if text is not None:
            return text
    text = _strict(data, "utf-8")
    if text is None:
        text = _cut_in_front(data)
    return text if text is not None else _double_byte(data)


def _cut_in_front(data: bytes) -> str | None:
    """UTF-8 that lost the first bytes of its first character."""
    cut = next((n for n in range(1, 4) if not 0x80 <= data[n : n + 1][0] <= 0xBF), 0) if len(data) > 8 else 0
    if not cut or not all(0x80 <= byte <= 0xBF for byte in data[:cut]):
        return None
    text = _strict(data[cut:], "utf-8")
    return text if text and any(char > "\u2e80" for char in text) else None


def _wide(sample: bytes) -> list[str]:
    """UTF-16 without a mark shows as many zero bytes, or as ideographs at every second byte."""
    pairs = len(sample) // 2
    if not pairs:
        return []
    high, low = sample[0 : pairs * 2 : 2], sample[1 : pairs * 2 : 2]
    if low.count(0) > pairs // 5 and high.count(0) * 4 < low.count(0):
        return ["utf-16-le"]
    if high.count(0) > pairs // 5 and low.count(0) * 4 < high.count(0):
        return ["utf-16-be"]
    found = []
    for encoding, lead in (("utf-16-le", low), ("utf-16-be", high)):
        wide = sum(1 for byte in lead[:2000] if 0x4E <= byte <= 0x9F or byte in (0x00, 0x30, 0xFF))
        text = sample[: pairs * 2].decode(encoding, "replace")
        if wide * 10 >= len(lead[:2000]) * 9 and _commonness(text) > 0.6:
            found.append(encoding)
    return found


def _double_byte(data: bytes) -> str | None:
    candidates = [text for name in ("gb18030", "big5hkscs") if (text := _strict(data, name)) is not None]
    if candidates:
        return max(candidates, key=lambda text: _commonness(text[:_SAMPLE]))
    text = data.decode("utf-8", "replace")
    return text if text.count("\ufffd") * 50 <= len(text) else _mostly(data)


def _mostly(data: bytes) -> str | None:
    text = data.decode("gb18030", "replace")
    return text if text.count("\ufffd") * 50 <= len(text) and _commonness(text[:_SAMPLE]) > 0.5 else None


def _strict(data: bytes, encoding: str) -> str | None:
    """The text if the bytes are sound but for a character cut at the end."""
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(data)
    except (UnicodeDecodeError, UnicodeError):
        return None


def _commonness(text: str) -> float:
    """The share of common characters among all that are not ASCII."""
    wide = [char for char in text if char > "\x7f"]
    return sum(1 for char in wide if _is_common(char)) / len(wide) if wide else 0.0


def _is_common(char: str) -> bool:
    """Whether a character is in the first level of GB 2312 or of Big5, or is full-width punctuation."""
    if "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uffef" or char in "“”‘’—…":
        return True
    try:
        lead = char.encode("gb2312")[0]
        return 0xB0 <= lead <= 0xD7
    except UnicodeEncodeError:
        pass
    try:
        return 0xA4 <= char.encode("big5")[0] <= 0xC6
    except UnicodeEncodeError:
        return False


def _sound(text: str | None, tried: str) -> str:
    if text is None:
        raise ChanjiaoError("text.not_text", reason=tried)
    if not text.strip("\ufeff\x00 \t\r\n\u3000"):
        raise ChanjiaoError("text.empty")
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) * 100 > len(sample):
        raise ChanjiaoError("text.not_text", reason="control characters")
    return text
