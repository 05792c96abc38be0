"""What stands on a standard above its title: its classes (ICS, CCS), its number, whose standard it is."""

from __future__ import annotations

import regex as re

from juanzong.core.remembered import remembered
from juanzong.language.doc_numbers import STANDARD

_CLASS = re.compile(
    r"\s*(?:(?:ICS|UDC)[\s\d.×xX]*(?:(?:CCS\s*)?[A-Z]\s?\d{2})?|(?:CCS\s*)?[A-Z]\s\d{2}|[A-OQ-Z]\d{2}|CCS\s*[A-Z]\d{1,2}|[A-Z]\s?\d{2}\s+(?:GB|DB\s?\d{2,6})(?:\s?/\s?T)?|备\s*案\s*号\s*[:：]\s*\S+|DB\s?\d{2,6}(?:\s?/\s?T)?)\s*$"
)
_WHOSE = re.compile(
    r"\s*[\p{Han}\s]{2,24}(?:国\s*家|行\s*业|地\s*方|团\s*体|企\s*业)\s*标\s*准(?:\s*化指导性技术文件)?\s*$"
)

_REPLACES = re.compile(
    rf"\s*(?:部分)?(?:代替|替代)(?:部分)?\s*{STANDARD.pattern}(?:\s*[、,，]\s*{STANDARD.pattern})*\s*$"
)


@remembered
def standard_mark(text: str) -> str | None:
    """Which element of a standard's head a line is that stands alone: `category`, `doc_number`, `letterhead` or `cover`
    (which standard it replaces); None for another line.

    >>> [standard_mark(s) for s in ("ICS 03.080.30", "DB3311/T 108—2022", "某市地方标准", "某市地方标准规划")]
    ['category', 'doc_number', 'letterhead', None]
    >>> standard_mark("Z 52"), standard_mark("代替GB12523-90，GB12524-90")
    ('category', 'cover')
    """
    if len(text) > 80:
        return None
    if _CLASS.match(text):
        return "category"
    if STANDARD.fullmatch(text.strip()):
        return "doc_number"
    if _REPLACES.match(text):
        return "cover"
    return "letterhead" if _WHOSE.match(text) else None


def are_head_of_standard(above: str, number: str) -> bool:
    """Whether two lines, one below the other, are what a standard's cover prints above the name.

    >>> are_head_of_standard("某省地方标准", "DB33/T 108—2022"), are_head_of_standard("某省文件", "DB33/T 108—2022")
    (True, False)
    """
    return standard_mark(number) == "doc_number" and standard_mark(above) == "letterhead"
