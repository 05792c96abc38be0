"""Word's automatic numbers: they are printed, but not in the text (ECMA-376, 17.9)."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex as re

from juanzong.read.docx_parts import Element, Parts, is_on, value_of, whole_number
from juanzong.read.docx_styles import Styles

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_CYCLES = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
_CHINESE = re.compile(
    r"(?:chinese|taiwanese|japanese|korean).*Counting.*|ideographDigital|koreanDigital|japaneseDigital.*"
)
_LEGALS = ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
          (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_STOPS = re.compile(r"[、．.）)】〕：:\s]$|^$")


def chinese_number(n: int, digits: str = _DIGITS, tens: str = "十百千") -> str:
    """As headings count, below 10,000.

    >>> [chinese_number(n) for n in (3, 10, 12, 20, 35, 105, 110)]
    ['三', '十', '十二', '二十', '三十五', '一百〇五', '一百一十']
    """
    if not 0 < n < 10_000:
        return "".join(digits[int(d)] for d in str(max(0, n)))
    out, gap = "", False
    for place in range(len(str(n)) - 1, -1, -1):
        digit = n // 10**place % 10
        if digit:
            out += (digits[0] if gap and out else "") + digits[digit] + (tens[place - 1] if place else "")
        gap = not digit
    return out[1:] if 10 <= n < 20 and digits is _DIGITS else out


def formatted(n: int, form: str) -> str:
    """A number in one of Word's number formats (ECMA-376, 17.18.59); others come out as digits.

    >>> [formatted(2, f) for f in ("decimalEnclosedCircle", "lowerLetter", "upperRoman", "decimal", "chineseLegalSimplified")]
    ['②', 'b', 'II', '2', '贰']
    >>> [formatted(12, f) for f in ("ideographTraditional", "decimalZero", "decimalFullWidth", "decimalEnclosedParen")]
    ['乙', '12', '１２', '⑿']
    """
    if form in _LEGALS:
        return chinese_number(n, _LEGAL, "拾佰仟")
    if _CHINESE.fullmatch(form):
        return chinese_number(n)
    if form in _CYCLES and n > 0:
        return _CYCLES[form][(n - 1) % len(_CYCLES[form])]
    if form.startswith("decimalEnclosedCircle") and 1 <= n <= 50:
        return chr(0x245F + n if n <= 20 else 0x3250 + n - 20 if n <= 35 else 0x32B1 + n - 36)
    if form == "decimalEnclosedParen" and 1 <= n <= 20:
        return chr(0x2473 + n)
    if form == "decimalEnclosedFullstop" and 1 <= n <= 20:
        return chr(0x2487 + n)
    if form == "decimalZero":
        return f"{n:02d}"
    if form.startswith("decimalFullWidth"):
        return str(n).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    if form in ("lowerLetter", "upperLetter") and 1 <= n <= 780:
        letter = chr(97 + (n - 1) % 26) * ((n - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 1 <= n < 4000:
        out = ""
        for worth, sign in _ROMAN:
            out += sign * (n // worth)
            n %= worth
        return out if form == "lowerRoman" else out.upper()
    return str(n)


_MOST_LEVELS = 9


@dataclass
class _Level:
    form: str
    pattern: str
    start: int
    legal: bool  # all numbers of the label in Arabic figures
    style: str  # paragraphs of that style stand on this level
    under: int = _MOST_LEVELS  # it counts anew under the levels before this one: its own, unless it is told otherwise


@dataclass
class _List:
    """What one w:num counts: levels of its own where it overrides them; counts shared with its like."""

    levels: dict[int, _Level]
    shared: str
    starts: dict[int, int] = field(default_factory=dict)  # levels that this list counts anew, at its first paragraph


class Numbering:
    """Counts the document's numbered paragraphs as they come."""

    def __init__(self, parts: Parts, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        for root in parts.related("numbering"):
            known = {a.get("abstractNumId"): a for a in root.iter("abstractNum")}
            by_style = {value_of(a, "styleLink"): a for a in known.values() if value_of(a, "styleLink") is not None}
            for num in root.iter("num"):
                self._add(num, known, by_style)

    def _add(self, num: Element, known: dict[str, Element], by_style: dict[str | None, Element]) -> None:
        link = value_of(num, "abstractNumId") or ""
        base = known.get(link)
        if base is None:
            return
        other = by_style.get(value_of(base, "numStyleLink"))
        if other is not None:
            base, link = other, other.get("abstractNumId", link)
        levels = {whole_number(level.get("ilvl")): _level(level) for level in base.iter("lvl")}
        found = _List(levels, link)
        for override in num.iter("lvlOverride"):
            at = whole_number(override.get("ilvl"))
            if (own := override.find("lvl")) is not None:
                levels[at] = _level(own)
            if (start := value_of(override, "startOverride")) is not None:
                found.starts[at] = whole_number(start, 1)
        self._lists[num.get("numId", "")] = found

    def label(self, paragraph: Element) -> str:
        """The number printed before the paragraph, with the blank behind it, or nothing."""
        number, told = self._styles.number_of(paragraph)
        found = self._lists.get(number or "")
        if found is None:
            return ""
        names = self._styles.names(paragraph) if told is None else ()
        at = (
            next((k for k, lvl in found.levels.items() if lvl.style and lvl.style in names), 0)
            if told is None
            else told
        )
        level = found.levels.get(at)
        if level is None:
            return ""
        counts = self._counts.setdefault(found.shared, {})
        if number not in self._begun:
            self._begun.add(number or "")
            for k, start in found.starts.items():
                counts[k] = start - 1
        counts[at] = counts.get(at, level.start - 1) + 1
        for deeper in [k for k in counts if k > at]:
            if (below := found.levels.get(deeper)) is None or at < below.under:
                del counts[deeper]
        if level.form in ("none", "bullet"):
            return ""
        text = re.sub(r"%(\d)", lambda m: self._value(found, counts, int(m[1]) - 1, level.legal), level.pattern)
        return text if _STOPS.search(text) else text + " "

    @staticmethod
    def _value(found: _List, counts: dict[int, int], at: int, legal: bool) -> str:
        level = found.levels.get(at)
        n = counts.get(at, level.start if level else 1)
        return formatted(n, "decimal" if legal or level is None else level.form)


def _level(lvl: Element) -> _Level:
    form = value_of(lvl, "numFmt")
    if form is None:  # newer formats stand in an alternative
        form = next((f.get("val", "decimal") for f in lvl.iter("numFmt")), "decimal")
    pattern = value_of(lvl, "lvlText", "") or ""
    return _Level(
        form,
        pattern,
        whole_number(value_of(lvl, "start"), 1),
        bool(is_on(lvl, "isLgl")),
        value_of(lvl, "pStyle") or "",
        whole_number(value_of(lvl, "lvlRestart"), _MOST_LEVELS),
    )
