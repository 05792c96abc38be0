"""Lines -> which of them are stamps that every page of copies bears."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex as re

from juanzong.core.lines import Line

_STAMP = re.compile(  # what a scanner's app, or who hands papers on, sets on every page
    r"(?:本(?:资料|材料|文件|件))?仅供\S{0,8}(?:参考|使用|查阅|审阅|学习)(?:[，,]?(?:请勿|不得|严禁|禁止)\S{1,8})?"
    r"|(?:内部(?:资料|文件|材料))[\s，,·]*(?:请勿|不得|严禁|禁止|注意)\S{1,8}|由?\s*(?:扫描全能王|CamScanner|WPS)\s*\S{0,8}"
    r"|Scanned\s+(?:by|with)\s+\S.{0,20}",
    re.IGNORECASE,
)


def stamps(lines: Sequence[Line]) -> set[int]:
    """The lines that say what is set on every page of copies, where they come back."""
    found = {i: text for i, line in enumerate(lines) if _STAMP.fullmatch(text := line.text.strip())}
    often = Counter(found.values())
    return {i for i, text in found.items() if often[text] > 1}
