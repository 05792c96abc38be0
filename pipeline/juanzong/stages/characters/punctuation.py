"""Half-width punctuation in Chinese running text."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.stages.characters.rule import CLOSING, HAN, OPENING, STOPS, Change, has_chinese

STOP = re.compile(r"[,;:?!]")
BRACKET = re.compile(r"[()]")
QUOTE = re.compile(r'["＂]')
_JOINS = frozenset(["和", "与", "及", "或", "、", "，", "以及"])
_ATTRIBUTE = re.compile(r"[A-Za-z]=\"[^\"\n]*\"")  # of a tag that the text names
_INCHES = re.compile(r'^[^"]*(?:"[^"]*"[^"]*)*[0-9]"')
FINAL_DOT = re.compile(rf"(?<=[{HAN}])\.$")
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）", ".": "。"}
_CHINESE = re.compile(f"[{HAN}{OPENING}{CLOSING}{STOPS}]")
_LATIN = re.compile(r"[A-Za-z]")
_ADDRESS = re.compile(r"(?:https?://|www\.)[\w\-./?%&=:;,+#~!]+|[\w.\-]+@[\w\-]+(?:\.\w+)+", re.ASCII)
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,5});\Z")
_OUTER = re.compile(f"[{HAN}{CLOSING}{STOPS}%‰℃]")  # before an opening bracket in Chinese text


def _addresses(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in _ADDRESS.finditer(text)] if "://" in text or "www." in text or "@" in text else []


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(a <= at < b for a, b in spans)


def widen_stops(text: str) -> list[Change]:
    """Whole pages flip to half-width commas and colons; beside a Chinese character they become full-width again.

    Between figures and Latin they stay: 1,000, 4:20, 1:5000, addresses.

    >>> from juanzong.stages.characters.rule import mend
    >>> mend("占比仅为89.6%,教学团队2个, 有待拓展;来源: 网站", widen_stops)
    '占比仅为89.6%，教学团队2个， 有待拓展；来源： 网站'
    >>> mend("达93.6%,2020年为1,000人,比例3:2", widen_stops)
    '达93.6%，2020年为1,000人，比例3:2'
    >>> mend("下辖9个县(市、区),2020年为f(1),2", widen_stops)
    '下辖9个县(市、区)，2020年为f(1),2'
    >>> widen_stops("写作&lt;b&gt;。"), len(widen_stops("R&D;研发"))
    ([], 1)
    >>> widen_stops("见 http://www.gd.gov.cn/a?b=1,2"), widen_stops("Hong Kong, China 中国")
    ([], [])
    """
    out: list[Change] = []
    web: list[tuple[int, int]] | None = None
    for m in STOP.finditer(text):
        before, after = text[: m.start()].rstrip()[-1:], text[m.end() :].lstrip()[:1]
        chinese = bool(_CHINESE.match(before) or _CHINESE.match(after))
        if not chinese and after.isdecimal():
            in_brackets = before == ")" and bool(_CHINESE.match(text[: m.start()].rstrip()[-2:]))
            chinese = in_brackets or (before in ("%", "‰", "℃") and has_chinese(text))
        elif before == after or before == ":" or after == "/":
            continue
        if not chinese or (_LATIN.match(before) and _LATIN.match(after)):
            continue
        if m[0] == ";" and _ENTITY.search(text, max(0, m.end() - 12), m.end()):  # written out in the print: &lt;
            continue
        web = _addresses(text) if web is None else web
        if not _inside(m.start(), web):
            out.append(Change(*m.span(), _FULL[m[0]]))
    return out


def _pairs(text: str) -> list[tuple[int, int]]:
    """(opening, closing) of all brackets, of either width; -1 for a missing one."""
    stack: list[int] = []
    out = []
    for i, ch in enumerate(text):
        if ch in "(（":
            stack.append(i)
        elif ch in ")）":
            out.append((stack.pop() if stack else -1, i))
    return sorted(out + [(i, -1) for i in stack])


def widen_brackets(text: str) -> list[Change]:
    """Brackets round Chinese text, or round a unit or name that Chinese text gives, change width both at once.

    A bracket whose partner is full-width follows it; a call like f(x) and an English phrase keep theirs.

    >>> from juanzong.stages.characters.rule import mend
    >>> mend("县(市、区)、钟表)、经费(R&D)、比重(%)、(一)提高", widen_brackets)
    '县（市、区）、钟表）、经费（R&D）、比重（%）、（一）提高'
    >>> mend("（见表 1)", widen_brackets)
    '（见表 1）'
    >>> widen_brackets("Chinese Medicine (TCM)"), widen_brackets("函数 f(x)")
    ([], [])
    """
    if not has_chinese(text):
        return []
    out: list[Change] = []
    web = _addresses(text)
    for i, j in _pairs(text):
        half = [k for k in (i, j) if k >= 0 and text[k] in "()"]
        if not half or any(_inside(k, web) for k in half):
            continue
        mixed = len(half) == 1 and i >= 0 and j >= 0
        inner = text[i + 1 : j] if i >= 0 and j >= 0 else ""
        before, after = text[: max(i, 0)].rstrip()[-1:], text[j + 1 :].lstrip()[:1] if j >= 0 else ""
        if i < 0:
            numbered = re.fullmatch(r"\s*\d{1,2}", text[:j]) is not None
            chinese = numbered or bool(_CHINESE.search(text[max(0, j - 4) : j]) or _CHINESE.match(after))
        elif j < 0:
            chinese = bool(_CHINESE.match(before) or _CHINESE.search(text[i + 1 : i + 5]))
        else:
            chinese = has_chinese(inner) or bool(_OUTER.match(before)) or (not before and bool(_CHINESE.match(after)))
        if mixed or chinese:
            out += [Change(k, k + 1, _FULL[text[k]]) for k in half]
    return sorted(out)


def curl_quotes(text: str) -> list[Change]:
    """Straight quotes between Chinese characters become “ and ” by turns; inches and odd ones stay. Where the others are
    in pairs without them they are in pairs of their own, else they close what others open.

    >>> from juanzong.stages.characters.rule import mend
    >>> mend('坚持"一国两制"方针', curl_quotes), curl_quotes('55" 电视')
    ('坚持“一国两制”方针', [])
    >>> mend('写作<img src="a.png">，称为"图片"', curl_quotes)
    '写作<img src="a.png">，称为“图片”'
    >>> mend('要求：“按照"谁设障、谁清除"的原则”', curl_quotes), mend('“一方案"和"两清单”', curl_quotes)
    ('要求：“按照“谁设障、谁清除”的原则”', '“一方案”和“两清单”')
    """
    if not has_chinese(text) or _INCHES.search(text):
        return []
    coded = [m.span() for m in _ATTRIBUTE.finditer(text)]
    return _own_pairs(text, coded) or _by_turns(text, coded)


def _own_pairs(text: str, coded: Sequence[tuple[int, int]]) -> list[Change]:
    """The straight quotes of a text as pairs, each inside or outside of the pairs of others; none where they are not, or
    where no more than a word that joins stands in one: that parts two pairs."""
    out: list[Change] = []
    depth, opened = 0, -1
    for i, ch in enumerate(text):
        if ch in "“”":
            depth += 1 if ch == "“" else -1
        elif ch in '"＂' and not any(a <= i < b for a, b in coded):
            out.append(Change(i, i + 1, "“" if opened < 0 else "”"))
            if opened >= 0 and (opened != depth or text[out[-2].end : i] in _JOINS):
                return []
            opened = depth if opened < 0 else -1
        if depth < 0 or (opened > depth):
            return []
    return out if depth == 0 and opened < 0 else []


def _by_turns(text: str, coded: Sequence[tuple[int, int]]) -> list[Change]:
    """The straight quotes of a text as what opens, or closes what is open; none where one is left."""
    out: list[Change] = []
    depth = 0
    for i, ch in enumerate(text):
        if any(a <= i < b for a, b in coded):
            continue
        if ch == "“":
            depth += 1
        elif ch == "”":
            depth -= 1
        elif ch in '"＂':
            out.append(Change(i, i + 1, "”" if depth > 0 else "“"))
            depth += -1 if depth > 0 else 1
    return out if depth == 0 else []


def widen_final_dot(text: str) -> list[Change]:
    """A sentence that ends in a half-width full stop.

    >>> from juanzong.stages.characters.rule import mend
    >>> mend("自印发之日起施行.", widen_final_dot)
    '自印发之日起施行。'
    """
    return [Change(*m.span(), "。") for m in FINAL_DOT.finditer(text)]
