"""Labels by which a model tells the elements of a document that prints none of them: 【标题】…【正文】…【落款】, or 标题：… over
a text whose title stands nowhere else."""

from __future__ import annotations

from collections import Counter, defaultdict
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
_SIGNS = frozenset("【[［:：")


def drop_element_labels(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without such labels; from one title that a label tells to the next document's, all of them go."""
    may = [i for i, line in enumerate(lines) if line.block is None and not _SIGNS.isdisjoint(line.text[:24])]
    bracketed = any(_TOLD.match(lines[i].text) for i in may)
    if not bracketed and not any(_TITLED.match(lines[i].text) for i in may):
        return list(lines)
    often = Counter(skeleton(line.text) for line in lines)
    spans: Spans = defaultdict(list)
    open_ = False  # a label tells the title of this document
    for i in may:
        text = lines[i].text
        if bracketed and (m := _BRACKETED.match(text)):
            spans[i].append(m.span())
        elif (m := _TITLED.match(text)) and (noun := el.noun_of(text[m.end() :].strip("* "))) and noun[1] == "strong":
            open_ = not often[skeleton(text[m.end() :])]
            spans[i] += [m.span()] if open_ else []
        elif open_ and (m := _LABELLED.match(text)):
            spans[i].append(m.span())
    return without_spans(lines, spans, "element-label", ledger)
