"""A page's source, cut or damaged -> the same source with what a lost mark would swallow set free: a comment or a script
without an end, a tag without its `>`, a value without its quote. Browsers drop what stands there; here it is text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median_low

import regex as re

from juanzong.core.source import PageReport
from juanzong.core.table_ends import TableTag, early_ends

_NAMES = (
    r"(?:html|head|body|title|meta|link|style|script|noscript|div|p|span|a|b|i|u|em|strong|font|h[1-6]|br|hr|img|ul|ol|li|dl|"
    r"dt|dd|table|thead|tbody|tfoot|tr|t[dh]|caption|col|colgroup|form|input|select|option|textarea|button|label|center|"
    r"pre|sup|sub|section|article|header|footer|nav|main|aside|figure|figcaption|blockquote|iframe)"
)
_VALUE = r"""(?:"[^"<>]*"|'[^'<>]*'|[!#-&(-;=?-~]+)"""
# a tag that goes over into Chinese text: its `>` was lost
_NO_END = re.compile(
    rf"(?<![A-Za-z0-9])<(/?{_NAMES}(?:\s+[\w:-]+(?:\s*=\s*{_VALUE})?)*)\s*(?=[^\x00-\x7f<>])(?=[^<>]*<)", re.IGNORECASE
)
# an end tag that goes over into the next tag
_NO_END_BEFORE_TAG = re.compile(rf"(</{_NAMES[:-1]}|template|object|svg|rp|rt|ruby))\s*(?=<)", re.IGNORECASE)
# a `<` before what is no tag: `a<b则`, `x<y and z</p>`
_NO_TAG = re.compile(r"<(?=/?[A-Za-z]\w*[^\x00-\x7f])|<(?=[A-Za-z][^<>\"']*<)")
# what opens a comment to a parser (`<?`, `<!`, `</` before no name) and stands before text
_NO_COMMENT = re.compile(
    r"<(?=\?(?![^<>]*\?>)[^<>]*[^\x00-\x7f])|<(?=!(?!--|doctype|\[)[^<>]*[^\x00-\x7f])|<(?=/[^A-Za-z<>])(?=[^<>]*[^\x00-\x7f])",
    re.IGNORECASE,
)
# a start tag of a cell right before another one, in a row whose other cells are closed
_STRAY_CELL = re.compile(r"<t[dh]>\s*(?=<t[dh]\b)", re.IGNORECASE)
_ROW = re.compile(r"<tr\b.*?(?=</tr>|<tr\b|</table>|\Z)", re.IGNORECASE | re.DOTALL)
_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)
_CELL_END = re.compile(r"</t[dh]>", re.IGNORECASE)
# what may stand between the rows of a table, and what is no markup of the page
_TABLE_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|textarea|template)\b.*?(?:</\1\s*>|\Z)"
    r"|<(?P<close>/?)(?P<name>table|thead|tbody|tfoot|tr|td|th)\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
# the last cell of a page's tables, which nothing ends: its words end before the next paragraph
_OPEN_LAST_CELL = re.compile(
    r"(<t[dh]\b[^<>]*>[^<>]*[^<>\s][^<>]*)(?=<(?:p|h[1-6])\b)(?!.*</?(?:table|t[rdh])\b)", re.IGNORECASE | re.DOTALL
)
_ANY_TAG = re.compile(r"<[^<>]*>")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
# a value whose quote was lost runs over tags to the next quote
_NO_QUOTE = re.compile(
    rf"""(<{_NAMES}(?:\s+[\w:-]+(?:\s*=\s*{_VALUE})?)*\s+(?!on|src|data|style)[\w:-]+\s*=\s*")([^"<>]*)>(?=[^"]*(?:</?{_NAMES}\b[^"]*"|\Z))""",
    re.IGNORECASE,
)
# the same, its `>` lost too: a tag begins in it, and the next quote opens another value
_NO_QUOTE_NOR_END = re.compile(
    rf"""(<{_NAMES}(?:\s+[\w:-]+(?:\s*=\s*{_VALUE})?)*\s+(?!on|src|data|style)[\w:-]+\s*=\s*")([^"<>]*?)"""
    rf"""(?=(?:[^\x00-\x7f"<>][^"<>]*)?</?{_NAMES}\b[^"]*(?:=\s*"|\Z))""",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--(?:-?>|.*?--!?>|(?P<open>))", re.DOTALL)
# elements that hold no markup: without its end tag one swallows the rest of the page. What certainly ends it:
_TEXTS = {
    "title": r"<", "textarea": r"<", "select": r"<(?!/?(?:option|optgroup)\b)", "noscript": r"<", "template": r"", "object": r"",
    "style": r"</?[A-Za-z]", "rp": r"<",
}  # fmt: skip
_PROGRAMS = ("script", "iframe", "xmp")
_CODES, _CODE_MARK = ("script", "style"), re.compile(r"[{}();=]")
_PAGE_GOES_ON = (
    r"""(?<!["'+])</?(?:head|body|p|div|h[1-6]|table|ul|ol|section|article)\b"""  # not so in a program's string
)


def mended(source: str) -> tuple[str, list[PageReport]]:
    """The source without such damage, and a report of each kind that was mended.

    >>> [mended(s)[0] for s in ("<p>甲<!-- 乙</p>", "<p甲</p>", "若a<b则", "<title>题<p>文</p>")]
    ['<p>甲 乙</p>', '<p>甲</p>', '若a&lt;b则', '<title>题</title><p>文</p>']
    >>> mended("<table><tr><td>甲<td>乙\\n<p>丙</p>")[0]
    '<table><tr><td>甲<td>乙\\n</td></tr></table><p>丙</p>'
    >>> [mended(s)[0] for s in ("<p>甲<script src=a.js />乙</p>", "<p>甲<style>乙</p>")]
    ['<p>甲<script src=a.js /></script>乙</p>', '<p>甲<style></style>乙</p>']
    """
    told: dict[str, int] = {}

    def count(what: str, n: int) -> None:
        if n:
            told[what] = told.get(what, 0) + n

    opened = [m.start() for m in _COMMENT.finditer(source) if m["open"] is not None]
    for at in reversed(opened):
        source = source[:at] + source[at + 4 :]
    count("注释没有结尾", len(opened))
    source, n = _without_stray_cells(source)
    count("单元格标签多出", n)
    source, n = _tables_whole(source)
    count("表格标签缺失或错位", n)
    source, n = _OPEN_LAST_CELL.subn(r"\1</td></tr></table>", source)
    count("表格在单元格中断开", n)
    source, n = _NO_END_BEFORE_TAG.subn(r"\1>", source)
    count("标签缺“>”", n)
    for name, ends in (*_TEXTS.items(), *((name, _PAGE_GOES_ON) for name in _PROGRAMS)):
        source, closed = _closed(source, name, ends)
        count(f"<{name}> 没有结束标签", closed)
    for pattern, after, what in (
        (_CDATA, r"\1", "CDATA 中的文字"),
        (_NO_QUOTE, r'\1\2">', "属性值缺引号"),
        (_NO_QUOTE_NOR_END, r'\1\2">', "属性值缺引号"),
        (_NO_END, r"<\1>", "标签缺“>”"),
        (_NO_TAG, "&lt;", "“<”不是标签"),
        (_NO_COMMENT, "&lt;", "“<”不是标签"),
    ):
        source, n = pattern.subn(after, source)
        count(what, n)
    return source, [
        PageReport(0, "warning", "html-repair", f"网页代码有缺损，已修补：{what}（{n} 处）") for what, n in told.items()
    ]


def _without_stray_cells(source: str) -> tuple[str, int]:
    """The source without start tags of cells that open none: their row has one more than most, and ends one fewer."""
    if not _STRAY_CELL.search(source):
        return source, 0
    rows = [m for m in _ROW.finditer(source) if _STRAY_CELL.search(m[0])]
    usual = median_low([len(_CELL.findall(m[0])) for m in _ROW.finditer(source)] or [0])
    strays = [
        m.start() + found.start()
        for m in rows
        if len(_CELL.findall(m[0])) == usual + 1 == len(_CELL_END.findall(m[0])) + 1
        for found in [_STRAY_CELL.search(m[0])]
        if found
    ]
    for at in reversed(strays):
        source = source[:at] + source[source.index(">", at) + 1 :]
    return source, len(strays)


def _tables_whole(source: str) -> tuple[str, int]:
    """The source without the ends of tables within their rows, with a start tag before rows that stand in no table but
    are ended as one."""
    found = [m for m in _TABLE_TAG.finditer(source) if m["name"]]
    if not found:
        return source, 0
    tags = [(m["name"].lower(), bool(m["close"])) for m in found]
    said = [
        False,
        *(
            a["close"] == "/" and a["name"].lower() == "table" and _says(source[a.end() : b.start()])
            for a, b in pairwise(found)
        ),
    ]
    early = early_ends([TableTag(*tag, s) for tag, s in zip(tags, said, strict=True)])
    edits: list[tuple[int, int, str]] = [(*found[i].span(), "") for i in early]
    ended = _ended_rows(tags)
    depth = 0
    for i, (name, closes) in enumerate(tags):
        if i in early:
            continue
        if name == "table":
            depth = max(0, depth + (-1 if closes else 1))
        elif depth == 0 and name != "td" and name != "th" and not closes and ended[i]:
            edits.append((found[i].start(), found[i].start(), "<table>"))
            depth = 1
    for begin, end, text in sorted(edits, reverse=True):
        source = source[:begin] + text + source[end:]
    return source, len(edits)


def _ended_rows(tags: Sequence[tuple[str, bool]]) -> list[bool]:
    """For each tag whether a cell follows before the next tag of a table itself, and that one ends it."""
    out: list[bool] = []
    ends = cells = False
    for name, closes in reversed(tags):
        if name == "table":
            ends, cells = closes, False
        cells = cells or name in ("td", "th")
        out.append(ends and cells)
    return out[::-1]


def _says(piece: str) -> bool:
    return bool(_ANY_TAG.sub("", piece).replace("&nbsp;", "").strip())


def _closed(source: str, name: str, ends: str) -> tuple[str, int]:
    """The source with an end tag for each opening of the element that has none, before what certainly ends it."""
    stop, opened = re.compile(ends, re.IGNORECASE), list[int]()
    for m in re.finditer(rf"<(/?){name}\b[^<>]*>", source, re.IGNORECASE):
        if not m[1]:
            opened.append(m.end())
        elif opened:
            opened.pop()
    for begin in reversed(opened):
        end = stop.search(source, begin)
        at = end.start() if end else len(source)
        if source[begin - 2] == "/" or (name in _CODES and not _CODE_MARK.search(source, begin, at)):
            at = begin  # XHTML's empty element, or what follows is no code: its end tag was all that it held
        source = f"{source[:at]}</{name}>{source[at:]}"
    return source, len(opened)
