"""Items -> headings numbered 1, 1.1, 1.1.1 (GB/T 1.1): taken for headings only where their numbers make an outline."""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex as re

from juanzong.language.numbering import RANK, Heading
from juanzong.language.text import ends_sentence

Number = tuple[int, ...]

_LINE = re.compile(
    r"\s*(?P<number>\d{1,2}(?:(?:[.．﹒·]|\s[.．]\s)\d{1,2}){0,3})(?P<stop>[.．﹒、]?)(?P<gap>[\s　]*)(?P<title>[\p{Han}Ⅰ-Ⅻ“《][^。；;，]{0,40})$"
)
_TERM = re.compile(  # with its English behind it, of several levels: 3.3 A声级 A-weighted sound pressure level
    r"\s*(?P<number>\d{1,2}(?:(?:[.．﹒·]|\s[.．]\s)\d{1,2}){1,3})(?P<stop>[.．﹒、]?)(?P<gap>[\s　]*)"
    r"(?P<title>(?:[A-Za-z]{1,6}[\s-]?)?\p{Han}[^。；;，]{0,40}(?:[\s,][\x20-\x7e]{0,80})?)$"
)
_RUN_IN = re.compile(
    r"\s*(?P<number>\d{1,2}(?:(?:[.．﹒·]|\s[.．]\s)\d{1,2}){1,3})(?P<stop>[.．﹒、]?)(?P<gap>[\s　]+)(?P<title>\p{Han}[^。；;：:]{0,24})。(?=\S)"
)
# a rule with its number (5.1.2 有下列行为之一的，依法处理：): no heading, but one of the numbers that make the outline
_RULE = re.compile(
    r"\s*(?P<number>\d{1,2}(?:(?:[.．﹒·]|\s[.．]\s)\d{1,2}){1,3})(?P<stop>[.．﹒、]?)(?P<gap>[\s　]+)(?P<title>\p{Han}{2}.*)[。；：]\s*$"
)
# two phrases of much one length: 2.3 强化组织领导，落实工作责任
_PAIRED = re.compile(
    r"\s*(?P<number>\d{1,2}(?:(?:[.．﹒·]|\s[.．]\s)\d{1,2}){0,3})(?P<stop>[.．﹒、]?)(?P<gap>[\s　]+)"
    r"(?P<title>(?!为|根据|按照|依据|依照|对|在|当|凡|如|经|由|各|本)(?P<one>\p{Han}{3,14})，(?!根据|按照|依据|依照|由|应|并|经|在|对|为|不)(?P<two>\p{Han}{3,14}))\s*$"
)
_UNLIKE = 2  # characters that one phrase may be longer
# a figure and its unit are no number, unless the sequence asks for it
_UNITS = "年月日时分秒个家项人名万亿元户件次倍种公千米吨平座所处台套辆亩岁级届期批号"
# standards number the clauses right under a chapter so; a sentence there is a clause
_CLAUSE = re.compile(r"\s*\d{1,2}[.．﹒·]0[.．﹒·]\d")
_DOT = re.compile("[.．﹒·]")
# words that begin with one of them and are none: 台套数量, 年度计划
_NO_UNIT = re.compile(
    "个体|个人|家[庭具属长]|项目|人[员才口事工力物]|名[称录单]|元[件器素]|户[外籍]|件数|次[数序要]|种[类植子]|公[差共司告文用示务益]|米制"
    "|平[面台均衡]|座位|所[有属需]|处[理置罚]|台[账套区]|套[管用]|辆次|级别|届[时次]|期[限间末]|批[次复准发]|号[码线]|年[度限鉴]|月度|日[常志]|时[间限]"
    "|分[工类析布级组配包]"
)
_LEAST = 3  # numbers that make an outline
_LEAST_TOLD = 2
_BELOW = 2  # of them on a second level; numbers on the first alone must all be spaced and in order
_PENALTY = 1  # numbers that a sequence undoes which does not begin at 1
_PREFACE: Number = (0,)  # 0 引言, before the first chapter
_NEARLY_ALL = 0.8  # of the lines of a part
_JUMP = 0.5  # of a number, that chapters left out cost


class _Line(NamedTuple):
    at: int
    number: Number
    end: int  # of the number in its line
    unit: bool
    spaced: bool


def decimal_heads(texts: Sequence[str], others: bool = False, told: Container[int] = frozenset()) -> dict[int, Heading]:
    """{index of a line: its number}, empty where the lines that begin with figures make no outline. `others`: the
    document has headings of other forms (一、), so that figures of one level are items below these. `told`: the lines that
    Markdown or a tool marks as headings, of which two are enough.

    >>> found = decimal_heads(["1 总则", "1.1 编制目的", "为建立机制。", "1.2 编制依据", "2 组织体系", "2.1 市级指挥机构"])
    >>> [(k, h.form, h.ordinal) for k, h in found.items()]
    [(0, '1', 1), (1, '1.1', 1), (3, '1.1', 2), (4, '1', 2), (5, '1.1', 1)]
    >>> list(decimal_heads(["1 物理环境", "1.1 通用要求", "机房应当防震。", "6管理制度", "6.1 通用要求", "7 分析报告"]))
    [0, 1, 3, 4, 5]
    >>> decimal_heads(["1.5 亿元用于建设", "2.1 亿元用于养护", "3.2 亿元用于其他", "4.1 亿元"])
    {}
    >>> list(decimal_heads(["1 总则", "1.1 分级", "1.1.1 省级：一个省出现险情的。", "1.1.2 市级：一个市出现险情的。"]))
    [0, 1, 2, 3]
    >>> list(decimal_heads(["1 总则", "1.1 强化领导，落实责任", "建立机制。", "1.2 为规范管理，根据规定", "1.3 优化流程，改善服务"]))
    [0, 1, 4]
    >>> list(decimal_heads(["0 引言", "岸线重要。", "1 方法", "实地调查。", "2 结果", "良好。"]))
    [0, 2, 4]
    >>> list(decimal_heads(["1 进展", "整地两万亩。", "2 打算", "下乡指导。"])), decimal_heads(["1 张三", "2 李四"])
    ([0, 2], {})
    """
    parts = _parts(_lines(texts))
    return {k: head for lines in parts for k, head in _heads_of(lines, texts, others, told).items()}


def _parts(lines: Sequence[_Line]) -> list[Sequence[_Line]]:
    """The lines, parted where the numbers begin anew (第二部分: 1, 1.1 once more): each part makes an outline of its own."""
    cuts = [k for k, (a, b) in enumerate(pairwise(lines)) if k and (a.number, b.number) == ((1,), (1, 1))]
    parts = [lines[a:b] for a, b in pairwise([0, *cuts, len(lines)])]
    return parts if cuts and all(map(_makes_outline, parts)) else [lines]


def _makes_outline(lines: Sequence[_Line]) -> bool:
    """Whether nearly all lines are one outline that counts from 1 over two levels."""
    chain = _best_chain(lines)
    deep = sum(len(x.number) > 1 for x in chain)
    return deep >= _BELOW and len(chain) >= _NEARLY_ALL * len(lines) and _counts_alone(chain)


def _heads_of(lines: Sequence[_Line], texts: Sequence[str], others: bool, told: Container[int]) -> dict[int, Heading]:
    chain = _best_chain(lines)
    few = all(x.at in told for x in chain) or all(_heads_text(texts, x) for x in chain)
    least = _LEAST_TOLD if few else _LEAST
    if len(chain) < least or (sum(x.unit for x in chain) * 2 > len(chain) and not _is_unbroken(chain)):
        return {}
    counted = _counts_alone(chain)
    if sum(len(x.number) > 1 for x in chain) < _BELOW:
        if others or not counted:
            chain = [x for x in chain if len(x.number) > 1 and _heads_text(texts, x)] if _is_unbroken(chain) else []
    elif others and not counted:  # figures of one level stand below 一、 with their stops; those that head 1.1 do not
        parents = {x.number[:1] for x in chain if len(x.number) > 1}
        chain = [x for x in chain if len(x.number) > 1 or (x.spaced and x.number in parents)]
    heads = [x for x in chain if not (_CLAUSE.match(texts[x.at]) and ends_sentence(texts[x.at]))]
    return {x.at: Heading(form := ".".join("1" * len(x.number)), RANK[form], x.number[-1], x.end) for x in heads}


def _lines(texts: Sequence[str]) -> list[_Line]:
    """The lines that begin with figures as such headings do."""
    out: list[_Line] = []
    for k, text in enumerate(texts):
        m = _LINE.match(text) or _TERM.match(text) or _RUN_IN.match(text) or _paired(text) or _RULE.match(text)
        if m and not (m.re is _RULE and _is_unit(m["title"])):
            number = tuple(int(n) for n in _DOT.split(m["number"]) if int(n)) or (0,)
            out.append(_Line(k, number, m.end("stop"), _is_unit(m["title"]), bool(m["gap"]) and not m["stop"]))
    return out


def _paired(text: str) -> re.Match[str] | None:
    m = _PAIRED.match(text)
    return m if m and abs(len(m["one"]) - len(m["two"])) <= _UNLIKE else None


def _is_unit(title: str) -> bool:
    return title[0] in _UNITS and _NO_UNIT.match(title) is None


def _heads_text(texts: Sequence[str], line: _Line) -> bool:
    """Whether a line has a sentence under it and says none itself."""
    below = texts[line.at + 1] if line.at + 1 < len(texts) else ""
    prose = ends_sentence(below) or "，" in below
    return line.spaced and not line.unit and not ends_sentence(texts[line.at]) and prose


def _counts_alone(chain: Sequence[_Line]) -> bool:
    """Whether the numbers of the first level count from 1, a blank behind each."""
    alone = [x for x in chain if len(x.number) == 1]
    return chain[0].number in (_PREFACE, (1,)) and all(x.spaced for x in alone) and _counts(alone)


def _best_chain(found: Sequence[_Line]) -> list[_Line]:
    """The lines that make the longest outline: each the first child of the one before, or the next on its own or a higher
    level (a number may be missing)."""
    score: list[float] = []
    before: list[int | None] = []
    for k, x in enumerate(found):
        # a number on the first level with its own first child below it heads a chapter, also where others are left out
        heads = len(x.number) == 1 and k + 1 < len(found) and found[k + 1].number == (*x.number, 1)
        own = 0.4 if x.unit and not heads else 1.0
        best, came = own - (0.0 if x.number[-1] == 1 or x.number == _PREFACE else _JUMP if heads else _PENALTY), None
        for j in range(max(0, k - 40), k):
            jumps = heads and x.number > found[j].number[:1]
            gain = own if follows(found[j].number, x.number) else own - _JUMP if jumps else 0.0
            if gain and score[j] + gain > best:
                best, came = score[j] + gain, j
        score.append(best)
        before.append(came)
    at = max(range(len(found)), key=lambda k: score[k], default=None)
    out: list[_Line] = []
    while at is not None:
        out.append(found[at])
        at = before[at]
    return out[::-1]


def _is_unbroken(chain: Sequence[_Line]) -> bool:
    """Whether numbers count without a gap over two levels, as amounts (1.2 万亩) never do."""
    pairs = pairwise(x.number for x in chain)
    steps = all(b == (*a, 1) or (b[:-1] == a[: len(b) - 1] and b[-1] == a[len(b) - 1] + 1) for a, b in pairs)
    return len(chain[0].number) == 1 and steps


def _counts(lines: Sequence[_Line]) -> bool:
    return [x.number[0] for x in lines] == list(range(lines[0].number[0], lines[0].number[0] + len(lines)))


def follows(a: Number, b: Number) -> bool:
    """Whether b comes next after a: its first child, the first of the next part of a higher level (also where that is
    printed otherwise: 第2章, 2.1; 第2节, 1.2.1; or nowhere), or the next on its own or a higher level."""
    if b == (*a, 1):
        return True
    if len(b) <= len(a) and any(
        b[:k] == a[:k] and b[k] == a[k] + 1 and set(b[k + 1 :]) == {1} for k in range(len(b) - 1)
    ):
        return True
    return len(b) <= len(a) and b[:-1] == a[: len(b) - 1] and b[-1] in (a[len(b) - 1] + 1, a[len(b) - 1] + 2)
