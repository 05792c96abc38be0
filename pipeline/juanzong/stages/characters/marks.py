"""Marks of Markdown and HTML that the transcriber left in the text."""

from __future__ import annotations

import html

import regex as re

from juanzong.language.masked import masks_in
from juanzong.stages.characters.rule import HAN, Change

_VARIABLE = r"[A-Za-zα-ωΑ-Ω]{1,3}"  # set slanted: 10≤*Q*<20
BOLD = re.compile(
    rf"\*{{2,}}|(?<![A-Za-z\d*\\])\*(?={_VARIABLE}\*(?![A-Za-z\d*]))"
    rf"|(?<=(?<![A-Za-z\d*\\])\*{_VARIABLE})\*(?![A-Za-z\d*])"
)
_SIGN = re.compile(r"(?<![*\d])\*(?![*\d])")
_NAMED = re.compile(  # 带*的为续建，带**的为新建; 注：**表示暂缓实施: a sign that the print explains
    r"(?<=\*.{0,80}[带标注有加打])\*+(?=[的号者、，])|(?<=\*、)\*+(?=[、的])"
    r"|(?<=^|[：:；;（(，。]\s?)\*+(?=\s?(?:表示|代表)(?!.{0,200}\*\*))"
)
UNDERSCORES = re.compile(
    rf"(?<!_)__(?=[^\s_])([^_\n]*[{HAN}][^_\n]*|[\d.,%％‰/~～+-]{{1,20}})(?<=\S)__(?!_)|^__(?=[{HAN}][^_\n]{{9,}}$)"
)
HASHES = re.compile(r"^\s*#{1,6}\s+(?=\S)")
DASH = re.compile(r"^\s*[-*•]\s+(?=\d{1,3}[.．、)）](?!\d))|^\s*[-*]\s+(?=[^*\n]{1,40}\*\*)")
TAG = re.compile(
    r"</?(?:p|br|div|span|ul|ol|li|b|i|u|em|strong|sup|sub|font|center|a|h[1-6]"
    r"|table|tbody|thead|tr|td|th)"
    r"(?:\s+[\w\-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s<>\"']+))*\s*/?>",
    re.IGNORECASE,
)
ENTITY = re.compile(r"&(?:#\d{2,5}|#x[0-9a-fA-F]{2,5}|[A-Za-z]{2,8});")
LINK = re.compile(
    r"(!?)\[([^\[\]\n]*)\]\(\s*<?(?:#|https?://[^()<>\s]*|mailto:[^()<>\s]+|(?:\.{0,2}/)?[\w\-./%]+\.\w{2,5})>?"
    r"(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
)
_BROKEN_BLANK = re.compile(r"&(?:sp|nsp|nbp|nbs|bsp|nbps);")  # what was left of &nbsp;
_TO_FILL = re.compile(r"[年月日时分元号份人天][起止至到前后内]?\Z")  # between the blanks of a form: __年__月__日至__年
_ITEM = re.compile(r"\s*(?:\d{1,2}[.．、](?!\d)|[（(]?[\d一二三四五六七八九十]{1,3}[)）、]|[①-⑳])")


def drop_bold_marks(text: str) -> list[Change]:
    """Bold print was written as Markdown, and the slanted letters of variables; a closing mark often outlives its
    opening one.

    >>> from juanzong.stages.characters.rule import mend
    >>> mend("**空调**。以广州为依托", drop_bold_marks)
    '空调。以广州为依托'
    >>> mend("1. 创新合作区。**建设", drop_bold_marks)
    '1. 创新合作区。建设'
    >>> mend("**张**，3205****1234", drop_bold_marks), mend("张**，3205****1234", drop_bold_marks)
    ('张，3205****1234', '张**，3205****1234')
    >>> mend("涌出量*Q* (m3)，10≤*Q* <20", drop_bold_marks), mend("2*A*3，面积*，甲*A", drop_bold_marks)
    ('涌出量Q (m3)，10≤Q <20', '2*A*3，面积*，甲*A')
    >>> mend("带*的为续建，带**的为新建", drop_bold_marks), mend("注：**表示方法**见下", drop_bold_marks)
    ('带*的为续建，带**的为新建', '注：表示方法见下')
    """
    kept = {*masks_in(text), *_named(text)}
    return [Change(*m.span(), "") for m in BOLD.finditer(text) if m.span() not in kept]


def _named(text: str) -> list[tuple[int, int]]:
    """Where two or more stars are a sign that the text itself names: beside a sign of one star, or at the head of what
    they say; a lone closing mark of bold print (创新经济带**的) is none."""
    found = [m.span() for m in _NAMED.finditer(text)]
    return found if found and (_SIGN.search(text) or text.count("**") == 1) else []


def drop_list_dash(text: str) -> list[Change]:
    """Where the opening bold mark of a numbered item was lost, a list dash was gained.

    A dash alone is no proof: it may be a printed bullet.

    >>> from juanzong.stages.characters.rule import mend
    >>> mend("- 1. 创新合作区。**建设", drop_list_dash)
    '1. 创新合作区。**建设'
    >>> drop_list_dash("- 食品安全评价性抽检合格率")
    []
    """
    m = DASH.match(text)
    return [Change(*m.span(), "")] if (m and text.count("**") % 2 == 1) or (m and _ITEM.match(text, m.end())) else []


def drop_underscores(text: str) -> list[Change]:
    """Markdown's other bold mark, and one left over before a text whose lead became a heading; the blank of a form
    (甲方：____) stays.

    >>> from juanzong.stages.characters.rule import mend
    >>> mend("__目标__到2025年", drop_underscores)
    '目标到2025年'
    >>> mend("为__12__座和__甲站__，共__3__座", drop_underscores)
    '为12座和甲站，共3座'
    >>> mend("__到2025年新建公园三处", drop_underscores)
    '到2025年新建公园三处'
    >>> drop_underscores("甲方：____ 乙方：____"), drop_underscores("自__年__月__日至__年__月__日止")
    ([], [])
    """
    out: list[Change] = []
    for m in UNDERSCORES.finditer(text):
        if m[1] and _TO_FILL.match(m[1]):
            continue
        out += [Change(m.start(), m.start() + 2, ""), *([Change(m.end() - 2, m.end(), "")] if m[1] else [])]
    return out


def drop_heading_marks(text: str) -> list[Change]:
    """Markdown's heading marks at the head of a text; 1#楼 is no heading.

    >>> from juanzong.stages.characters.rule import mend
    >>> mend("## 总体要求", drop_heading_marks), drop_heading_marks("1#楼")
    ('总体要求', [])
    """
    m = HASHES.match(text)
    return [Change(*m.span(), "")] if m else []


def drop_tags(text: str) -> list[Change]:
    """HTML in cells: the tags of items and line breaks. Two items that only a tag parted get a space.

    >>> from juanzong.stages.characters.rule import mend
    >>> mend("<p>1. 节能</p> <p>2. 环保</p>", drop_tags)
    '1. 节能 2. 环保'
    >>> mend("1. 节能<br/>2. 环保<br>产业", drop_tags)
    '1. 节能 2. 环保产业'
    >>> drop_tags("若 a<b 且 c>d")
    []
    """
    out: list[Change] = []
    for m in TAG.finditer(text):
        before, after = text[: m.start()], text[m.end() :]
        parts = bool(
            before
            and not before[-1].isspace()
            and _ITEM.match(after)
            and not after[0].isspace()
            and (not out or out[-1].end != m.start())
        )
        out.append(Change(*m.span(), " " if parts else ""))
    return out


def decode_entities(text: str) -> list[Change]:
    """Characters written as HTML entities.

    >>> from juanzong.stages.characters.rule import mend
    >>> mend("研发（R&amp;D）&nbsp;投入", decode_entities)
    '研发（R&D） 投入'
    >>> decode_entities("R&D;"), mend("下降一成&sp;。", decode_entities)
    ([], '下降一成。')
    """
    out = [Change(*m.span(), "") for m in _BROKEN_BLANK.finditer(text)]
    for m in ENTITY.finditer(text):
        plain = html.unescape(m.group()).replace("\xa0", " ")
        if plain != m.group() and ";" not in plain:
            out.append(Change(*m.span(), plain))
    return out


def unlink(text: str) -> list[Change]:
    """Markdown links and pictures: the words stay, the address goes.

    >>> from juanzong.stages.characters.rule import mend
    >>> mend("见[附件](#)", unlink), mend("![](images/a.jpg)图", unlink)
    ('见附件', '图')
    """
    out: list[Change] = []
    for m in LINK.finditer(text):
        out += [Change(m.start(), m.start(2), ""), Change(m.end(2), m.end(), "")]
    return out
