"""A spreadsheet's value as it is shown: number formats of ECMA-376, Part 1, 18.8.31, as far as offices use them."""

from __future__ import annotations

import operator as op
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

import regex as re

LONGEST = 11  # significant digits that "General" shows
_SECTION = re.compile(r'((?:"[^"]*"|\\.|[^;"\\])*)(?:;|$)')
_TOKEN = re.compile(
    r'"(?P<text>[^"]*)"|\\(?P<one>.)|_(?P<pad>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]|(?P<ampm>AM/PM|上午/下午)'
    r"|(?P<part>y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|e)|(?P<other>.)",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\[(?P<how><=|>=|<>|[<>=])(?P<with>-?\d+(?:\.\d+)?)\]")
_COMPARED = {"<": op.lt, ">": op.gt, "=": op.eq, "<=": op.le, ">=": op.ge, "<>": op.ne}
_DIGITS = re.compile(r"[#0?,]*[#0?](?:\.[#0?]*)?,*|\.[#0?]+")
_SHOWN_BRACKET = re.compile(r"\$([^-\]]*)")
_WEEKDAYS = "一二三四五六日"
# formats that follow the reader's own language (built in, numbers 14 and 22): of them files and LibreOffice keep an
# American form. Who chose that form from a list has ";@" behind it.
_LOCAL = {
    "mm-dd-yy": "yyyy/m/d",
    "m/d/yyyy": "yyyy/m/d",
    "m/d/yy h:mm": "yyyy/m/d h:mm",
    "m/d/yyyy h:mm": "yyyy/m/d h:mm",
}


def shown(value: object, number_format: str) -> str:
    """The value as the sheet shows it; numbers with as many places as the format has, dates in its order.

    >>> shown(0.1256, "0.0%"), shown(1234.5, "#,##0.00"), shown(-3.0, "General"), shown(12.0, '0"万元"')
    ('12.6%', '1,234.50', '-3', '12万元')
    >>> [shown(n, '[=1]"是";[=0]"否";0.0') for n in (1, 0, -2.5)], shown(-0.5, "[<1]0.0%;0"), shown(7, "[Red][>=5]0次;0")
    (['是', '否', '-2.5'], '-50.0%', '7次')
    >>> shown(datetime(2023, 5, 6), "yyyy年m月d日"), shown(datetime(2023, 5, 6, 9, 5), "yyyy-mm-dd hh:mm")
    ('2023年5月6日', '2023-05-06 09:05')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, timedelta):
        return _duration(value, number_format)
    if isinstance(value, datetime | date | time):
        return _moment(value, number_format)
    if isinstance(value, int | float):
        return _number(value, number_format)
    return str(value)


@lru_cache(maxsize=512)
def sections_of(number_format: str) -> tuple[str, ...]:
    """The sections of a format: for positive numbers, negative ones, zero, text."""
    return tuple(m[1] for m in _SECTION.finditer(number_format) if m[0])


def _number(value: float, number_format: str) -> str:
    section, sign = _section_for(value, sections_of(number_format) or ("General",))
    if section.strip() in ("", "@") or "general" in section.lower():
        return _general(value)
    tokens = list(_TOKEN.finditer(section))
    bare = "".join(m["other"] or (m["part"] or "" if m["part"] and m["part"].lower() == "e" else "") for m in tokens)
    digits = _DIGITS.search(bare)
    if digits is None or "/" in bare:
        return _general(value) if "/" in bare else _literal(tokens)
    if "e+" in bare.lower() or "e-" in bare.lower():
        places = len(digits[0].partition(".")[2])
        return f"{value:.{places}E}"
    pattern = digits[0]
    percent = bare.count("%")
    scale = len(pattern) - len(pattern.rstrip(","))
    text = _fixed(abs(value) * 100**percent / 1000**scale, pattern.rstrip(","))
    return _around(tokens, pattern, sign + text)


def _section_for(value: float, sections: Sequence[str]) -> tuple[str, str]:
    """The section that a number is shown by, and the sign before what it shows: the first whose own condition the number
    meets, else the next that has none; where no section has one, that for numbers of its sign."""
    sign = "-" if value < 0 else ""
    told = [_CONDITION.search(section) for section in sections]
    if any(told):
        for section, m in zip(sections, told, strict=True):
            if m is None or _COMPARED[m["how"]](value, float(m["with"])):
                return section, sign
        return "General", sign
    if value < 0 and len(sections) > 1:
        return sections[1], ""
    return sections[2 if value == 0 and len(sections) > 2 else 0], sign


def _general(value: float) -> str:
    """As "General" shows it.

    >>> _general(3.0), _general(0.1 + 0.2), _general(12345678901234)
    ('3', '0.3', '12345678901234')
    """
    if isinstance(value, int) or float(value).is_integer():
        return str(int(value)) if abs(value) < 1e15 else f"{value:.5E}"
    text = f"{value:.{LONGEST - 1}g}"
    return text if "e" not in text else f"{value:.5E}" if abs(value) < 1e-9 else f"{value:.10f}".rstrip("0").rstrip(".")


def _fixed(value: float, pattern: str) -> str:
    """A positive number with the pattern's places and thousands' commas."""
    whole, _, fraction = pattern.partition(".")
    most, least = len(fraction), fraction.count("0")
    try:
        rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    except InvalidOperation:
        return _general(value)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    body, _, places = text.partition(".")
    while len(places) > least and places.endswith("0"):
        places = places[:-1]
    body = body.zfill(whole.count("0")) if "," not in whole else body
    return body + ("." + places if places else "")


def _around(tokens: list[re.Match[str]], pattern: str, number: str) -> str:
    """The number with the format's own words around it."""
    out, rest, put = "", pattern, False
    for m in tokens:
        other = m["other"] or ""
        if (other and rest.startswith(other)) or (other and put and other in ",.#0?"):
            if not put:
                out, put = out + number, True
            rest = rest[1:] if rest.startswith(other) else rest
        elif m["bracket"] is not None:
            currency = _SHOWN_BRACKET.match(m["bracket"])
            out += currency[1] if currency else ""
        else:
            out += m["text"] or m["one"] or other or m["part"] or ""
    return (out if put else number + out).strip()


def _literal(tokens: list[re.Match[str]]) -> str:
    return "".join(m["text"] or m["one"] or m["other"] or "" for m in tokens).strip()


def _moment(value: datetime | date | time, number_format: str) -> str:
    number_format = _LOCAL.get(number_format.replace("\\", ""), number_format)
    section = (sections_of(number_format) or ("General",))[0]
    tokens = list(_TOKEN.finditer(section))
    if not any(m["part"] for m in tokens) or "general" in section.lower():
        return (
            value.isoformat(" ") if isinstance(value, datetime) and value.time() != time() else value.isoformat()[:10]
        )
    twelve = any(m["ampm"] for m in tokens)
    out, last = "", ""
    for k, m in enumerate(tokens):
        part = (m["part"] or "").lower()
        if part:
            after = next((t["part"].lower() for t in tokens[k + 1 :] if t["part"]), "")
            minutes = part[0] == "m" and len(part) < 3 and (last[:1] == "h" or after[:1] == "s")
            out += _part(value, part, minutes, twelve)
            last = part
        elif m["ampm"]:
            late = getattr(value, "hour", 0) >= 12
            out += ("PM" if late else "AM") if m["ampm"].isascii() else ("下午" if late else "上午")
        elif m["bracket"] is None:
            out += m["text"] or m["one"] or m["other"] or ""
    return out.strip()


def _part(value: datetime | date | time, part: str, minutes: bool, twelve: bool) -> str:
    year, month, day = (getattr(value, name, 0) for name in ("year", "month", "day"))
    hour, minute, second = (getattr(value, name, 0) for name in ("hour", "minute", "second"))
    wide = len(part) > 1
    if part[0] in "ye":
        return f"{year % 100:02d}" if part in ("y", "yy") else f"{year:04d}"
    if part[0] == "m" and not minutes:
        return f"{month:02d}" if len(part) == 2 else str(month)
    if part[0] == "d":
        return f"{day:02d}" if len(part) == 2 else str(day)
    if part[0] == "a":
        name = _WEEKDAYS[value.weekday()] if isinstance(value, date) else ""
        return ("星期" if len(part) == 4 else "") + name
    if part[0] == "h":
        hour = (hour % 12 or 12) if twelve else hour
        return f"{hour:02d}" if wide else str(hour)
    number = minute if minutes else second
    return f"{number:02d}" if wide else str(number)


def _duration(value: timedelta, number_format: str) -> str:
    seconds = round(value.total_seconds())
    hours, rest = divmod(seconds, 3600)
    text = f"{hours}:{rest // 60:02d}"
    return f"{text}:{rest % 60:02d}" if "s" in number_format.lower() else text
