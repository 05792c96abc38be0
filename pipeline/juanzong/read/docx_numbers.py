"""Word's automatic numbers: they are printed, but not in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import regex as re

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_CHINESE = (
    "chineseCounting",
    "chineseCountingThousand",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "japaneseCounting",
    "ideographDigital",
    "chineseLegalSimplified",
)


def chinese_number(n: int) -> str:
    """Below 100, as headings count.

    >>> [chinese_number(n) for n in (3, 10, 12, 20, 35)]
    ['三', '十', '十二', '二十', '三十五']
    """
    if not 0 < n < 100:
        return "".join(_DIGITS[int(d)] for d in str(n))
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[ones] if ones else "")


def formatted(n: int, form: str) -> str:
    """A number in one of Word's number formats (ISO/IEC 29500, ST_NumberFormat); others come out as digits.

    >>> formatted(2, "decimalEnclosedCircle"), formatted(3, "lowerLetter"), formatted(4, "upperRoman"), formatted(5, "decimal")
    ('②', 'c', 'IV', '5')
    """
    if form in _CHINESE:
        return chinese_number(n)
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= n <= 20:
        return chr(0x2460 + n - 1)
    if form in ("lowerLetter", "upperLetter") and 1 <= n <= 26:
        return chr((97 if form == "lowerLetter" else 65) + n - 1)
    if form in ("lowerRoman", "upperRoman") and 1 <= n < 40:
        roman = "X" * (n // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[n % 10]
        return roman if form == "upperRoman" else roman.lower()
    return str(n)


class Numbering:
    """Counts the document's numbered paragraphs as they come."""

    def __init__(self, document: Document) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}  # numId -> level -> (format, text, start)
        self.abstract: dict[str, str] = {}  # numId -> what counts together
        self.counts: dict[str, dict[int, int]] = {}
        root = next(
            (r.target_part.element for r in document.part.rels.values() if r.reltype.endswith("/numbering")), None
        )
        if root is None:
            return
        known = {a.get(f"{W}abstractNumId"): a for a in root.iter(f"{W}abstractNum")}
        for num in root.iter(f"{W}num"):
            link = num.find(f"{W}abstractNumId")
            base = known.get(link.get(f"{W}val")) if link is not None else None
            if base is None:
                continue
            number = num.get(f"{W}numId")
            self.levels[number] = {int(lvl.get(f"{W}ilvl")): _level(lvl) for lvl in base.iter(f"{W}lvl")}
            self.abstract[number] = link.get(f"{W}val") if num.find(f"{W}lvlOverride") is None else f"own {number}"

    def label(self, paragraph: Paragraph) -> str:
        """The number printed before the paragraph, or nothing."""
        found = _number_of(paragraph)
        if found is None or found[0] not in self.levels or found[1] not in self.levels[found[0]]:
            return ""
        number, level = found
        levels, counts = self.levels[number], self.counts.setdefault(self.abstract[number], {})
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [k for k in counts if k > level]:
            del counts[deeper]
        form, pattern, _ = levels[level]
        if form in ("none", "bullet"):
            return ""
        return re.sub(r"%(\d)", lambda m: _value(levels, counts, int(m[1]) - 1), pattern)


def _value(levels: dict[int, tuple[str, str, int]], counts: dict[int, int], level: int) -> str:
    form, _, start = levels.get(level, ("decimal", "", 1))
    return formatted(counts.get(level, start), form)


def _level(lvl: Any) -> tuple[str, str, int]:
    def value(name: str, default: str) -> str:
        found = lvl.find(f"{W}{name}")
        return str(found.get(f"{W}val", default)) if found is not None else default

    return value("numFmt", "decimal"), value("lvlText", ""), int(value("start", "1"))


def _number_of(paragraph: Paragraph) -> tuple[str, int] | None:
    """(numId, level) of the paragraph, or of its style."""
    style = paragraph.style
    sources = [paragraph._p.pPr]
    while style is not None:
        sources.append(style.element.find(f"{W}pPr"))
        style = style.base_style
    for properties in sources:
        found = properties.find(f"{W}numPr") if properties is not None else None
        if found is not None:
            number, level = found.find(f"{W}numId"), found.find(f"{W}ilvl")
            if number is None or number.get(f"{W}val") == "0":
                return None
            return str(number.get(f"{W}val")), int(level.get(f"{W}val")) if level is not None else 0
    return None
