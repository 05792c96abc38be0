"""Lines -> which of them are stamps that every page of copies bears."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex as re

from juanzong.core.lines import Line

_STAMP = re.compile(  # what a scanner's app, or who hands papers on, sets on every page
    r"(?:本(?:资料|材料|文件|件))?仅供\S{0,8}(?:参考|使用|查阅|审阅|学习)(?:[，,]?(?:请勿|不得|严禁|禁止)\S{1,8})?"
    r"|(?:内部(?:资料|文件|材料))[\s，,·]*(?:请勿|不得|严禁|禁止|注意)\S{1,8}|由?\s*(?:扫描全能王|CamScanner|WPS)\s*\S{0,8}"
    r"|\S{0,4}亿人都?在用的扫描\s?\S{0,4}"
    r"|Scanned\s+(?:by|with)\s+\S.{0,20}",
    re.IGNORECASE,
)
# what a program sets that was not paid for, or an app that names itself: told once
_SURE = re.compile(
    r"(?:由|CS)?\s*(?:扫描全能王|CamScanner)\s*(?:扫描)?(?:创建|生成)?|(?:扫描全能王[，,\s]*)?3亿人都?在用的扫描\s?App"
    r"|(?:ABBYY\s?)?FineReader(?:\s?PDF)?\s?\d{0,2}(?:\.\d+)?\s?(?:试用版|评估版|trial(?: version)?)?"
    r"|[—–-]*\s*(?:本(?:文|文档|文件|内容))?由\s?\S{0,12}(?:AI|OCR|识别|扫描|大模型)\S{0,4}(?:提供(?:技术)?(?:支持|服务)|识别生成|转换生成|自动生成)"
    r"|Evaluation (?:Only|Warning)\b.{0,200}|Created with (?:an )?(?:evaluation|trial|unregistered)\b.{0,200}"
    r"|This document was (?:truncated|created) \S.{0,60}\bevaluation\b.{0,120}"
    r"|(?:Created|Generated) (?:by|with) (?:Aspose|Spire|Foxit|WPS)\S*.{0,60}",
    re.IGNORECASE,
)


def stamps(lines: Sequence[Line]) -> set[int]:
    """The lines that say what is set on every page of copies, where they come back, or where they can say nothing else."""
    texts = {i: line.text.strip() for i, line in enumerate(lines)}
    found = {i: text for i, text in texts.items() if _STAMP.fullmatch(text)}
    often = Counter(found.values())
    return {i for i, text in found.items() if often[text] > 1} | {
        i for i, text in texts.items() if _SURE.fullmatch(text)
    }
