"""Lines of labels and their values over the columns of a record: what the table is of."""

from __future__ import annotations

import regex as re

from juanzong.language.form_lines import is_field

_WIDE = re.compile(r"\s{2,}|　+")
_FILLED_IN = re.compile(  # with another such label behind it, or the day
    r"(?:填[表报写]|制表|审核|复核|统计|编制|单位|财务|主管|经办)\p{Han}{0,5}\s*[：:][^\d：:]{1,20}"
    r"(?:\p{Han}{2,8}\s*[：:]|\s\d{4}\s?[年.-]\s?\d{1,2}|$)"
)


def fills_in(text: str) -> bool:
    """Whether a line says who filled in a table, or is answerable for it, as one right below the table does.

    >>> fills_in("填表人：向某    审核人：吴某    2021年12月8日"), fills_in("负责人：李某    12    14"), fills_in("审核人")
    (True, False, False)
    """
    return _FILLED_IN.match(text) is not None


def are_fields(text: str) -> bool:
    """Whether a line says nothing but two labels or more, wide blanks between them, each with its value.

    >>> are_fields("施工单位：某某公司     监理单位：某某中心"), are_fields("负责人：李某    12    14"), are_fields("单位：万元")
    (True, False, False)
    """
    if "：" not in text and ":" not in text:  # most lines
        return False
    parts = _WIDE.split(text.strip())
    return len(parts) > 1 and all(is_field(part) for part in parts)
