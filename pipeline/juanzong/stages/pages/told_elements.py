"""Labels by which a model tells the elements of a document that prints none of them: 【标题】…【正文】…【落款】, or 标题：… over
a text whose title stands nowhere else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.stages.pages.cleaning import Spans, without_spans

_HEAD = "标题|题目|公文标题|文件标题"
_REST = "文号|发文字号|主送(?:机关|单位)?|抄送机关|正文|落款|署名|发文机关署名|发文机关|发文单位|成文日期|发文日期|日期|版头|版记|红头|文头|文尾"
_BRACKETED = re.compile(rf"[\s#*]*[【\[［]\s*(?:{_HEAD}|{_REST})\s*[】\]］][\s*]*[:：]?[\s*]*")
_TITLED = re.compile(rf"[\s#*]*(?:{_HEAD})[\s*]*[:：][\s*]*(?=\S)")
_LABELLED = re.compile(rf"[\s#*]*(?:{_REST})[\s*]*[:：][\s*]*(?=\S)")
_TOLD = re.compile(rf"[\s#*]*[【\[［]\s*(?:{_HEAD}|正文|落款|署名)\s*[】\]］]")
_MARKS, _FIRST = " \u3000#*", frozenset("【[［标题公文")  # before a label of a title, and how it begins
_OF_PAGES = {"index_number", "category", "published_on", "source", "validity"}  # what web pages label beside the title
_NEAR = 8  # lines
_MARKED = 10  # characters of marks round a title


def drop_element_labels(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without such labels; from one title that a label tells to the next document's, all of them go."""
    first = [i for i, line in enumerate(lines) if line.text.lstrip(_MARKS)[:1] in _FIRST and line.block is None]
    bracketed = any(_TOLD.match(lines[i].text) for i in first)
    titled = {i: m for i in first if (m := _TITLED.match(lines[i].text))}
    opening = {i: _tells_title(lines, i, m.end()) for i, m in titled.items()}
    if not bracketed and not any(opening.values()):
        return list(lines)
    spans: Spans = defaultdict(list)
    open_ = False  # a label tells the title of this document
    for i, line in enumerate(lines):
        open_ = opening.get(i, open_)
        m = _BRACKETED.match(line.text) if bracketed else None
        if m is None and open_:
            m = titled.get(i) or _LABELLED.match(line.text)
        if m is not None and line.block is None:
            spans[i].append(m.span())
    return without_spans(lines, spans, "element-label", ledger)


def _tells_title(lines: Sequence[Line], i: int, at: int) -> bool:
    """Whether what stands in line i from `at` on is a title that nothing else prints."""
    title = lines[i].text[at:].strip("* ")
    noun = el.noun_of(title)
    return noun is not None and noun[1] == "strong" and not _on_page(lines, i) and not _printed(lines, title)


def _printed(lines: Sequence[Line], title: str) -> bool:
    """Whether a line prints the title as well."""
    near = (line.text for line in lines if abs(len(line.text) - len(title)) <= _MARKED)
    return skeleton(title) in map(skeleton, near)


def _on_page(lines: Sequence[Line], i: int) -> bool:
    """Whether line i stands among the labels of a web page, which prints the title as well."""
    return any(el.label_of(line.text) in _OF_PAGES for line in lines[max(0, i - _NEAR) : i + _NEAR + 1])
