"""What tools write over a text of themselves and its file, line by line: Producer: …, URL Source: …, 识别引擎：…."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

# such words as no paper begins a line with
_SURE = (
    r"producer|creator|creation ?date|mod(?:ification)? ?date|url ?source|markdown content|(?:ocr )?(?:model|engine)"
    r"|confidence|pdf version|page size|encrypted|tagged|file ?(?:name|path|size)|source ?file|(?:generated|converted|processed) (?:by|at|on)"
    r"|识别(?:引擎|模型|时间|工具|语言|耗时)|(?:ocr|OCR)(?:引擎|模型|工具|时间)|(?:处理|转换)(?:时间|耗时|工具)|(?:平均)?置信度|源文件|文件路径"
)
_OTHER = (
    r"title|author|subject|keywords|pages?|(?:page|total) (?:count|pages)|file|source|url|published time|language|lang|version|format"
    r"|date|time|status|dpi|文件名称?|文件大小|文件格式|总?页数|页码范围|生成时间|导出时间|扫描时间|语言"
)
_ENTRY = re.compile(rf"[\s*_>-]*(?:(?P<sure>{_SURE})|{_OTHER})[\s*_]*[:：][\s*_]*(?P<value>.{{0,200}})$", re.IGNORECASE)
_FILE = re.compile(r"\S{1,120}\.(?:pdf|jpe?g|png|tiff?|bmp|docx?|ofd)$", re.IGNORECASE)
_LEAST, _LEAST_WITHIN = 2, 3  # entries at the head of a file, and in the midst of it
_BEGINS = frozenset("PpCcMmUuEeTtFfSsGgAaKkLlVvDdOo识处转平置源文总页生导扫语")
_MARKS = " \t*_>-"


def may_be_tool_entry(text: str) -> bool:
    """Whether a line may be such an entry: quickly told."""
    return text.lstrip(_MARKS)[:1] in _BEGINS and (":" in text or "：" in text) and _ENTRY.match(text) is not None


def behind_tool_entries(texts: Sequence[str], *, at_head: bool) -> int:
    """How many of the lines are entries of a tool's head, which begins with the first; 0 where it is none.

    >>> behind_tool_entries(["Title: 甲", "Producer: ABBYY", "甲办法"], at_head=True)
    2
    >>> behind_tool_entries(["文件名称：甲方案", "页数：12"], at_head=True), behind_tool_entries(["文件名：a.pdf", "页数：2"], at_head=True)
    (0, 2)
    """
    found: list[re.Match[str]] = []
    for text in texts:
        m = _ENTRY.match(text)
        if m is None:
            break
        found.append(m)
    sure = any(m["sure"] or _FILE.match(m["value"].strip()) for m in found)
    return len(found) if sure and len(found) >= (_LEAST if at_head else _LEAST_WITHIN) else 0
