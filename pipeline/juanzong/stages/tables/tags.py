r"""HTML as transcription writes it, cut into tokens: tags it knows, entities, text. A `<` of the text (x<a) is text, a line end
that is written out (\n) a <br>."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import regex as re

from juanzong.core.lines import Line
from juanzong.core.traced import Traced
from juanzong.language.written_ends import WRITTEN_END

_NAMES = (
    "table|caption|colgroup|col|thead|tbody|tfoot|tr|td|th|p|br|hr|li|ul|ol|dl|dt|dd|div|span|center|font|b|i|u|s|em|strong|"
    "sub|sup|small|big|del|ins|mark|a|img|h[1-6]|nobr|pre|code|label|input|section|article|html|body|head|style|script"
)
_TOKEN = re.compile(
    rf"(?P<comment><!--.*?-->|<[!?][A-Za-z\[][^<>]*>)"
    rf"|(?P<tag><\s*(?P<close>(?:\\?/|\\)?)\s*(?P<name>{_NAMES})(?=[\s/>]|(?:row|col)span\s*=)(?P<attributes>[^<>]*)>)"
    rf"|(?P<other></?[A-Za-z][A-Za-z0-9_:.-]+(?:\s+[\w:.-]+\s*=[^<>]*)?\s*/?>)"
    rf"|(?P<cut><\s*/?\s*(?:table|thead|tbody|tr|td|th)\b[^<>\p{{Han}}]*\Z|</[A-Za-z]{{0,5}}\Z|<(?:t[a-z]{{0,4}})?\Z)"
    # a bracket of a cell's or row's tag is gone: </td<td>, <td甲</td>, /td>, td> behind another tag
    r"|(?P<half><\s*(?P<half_close>/)\s*(?P<half_name>t[dhr])\s*(?=<)|(?P<half_close>/)(?P<half_name>t[dhr])>|(?<=>)(?P<half_name>t[dhr])>"
    r"|<\s*(?P<half_name>t[dhr])(?![A-Za-z-])(?P<half_attributes>(?:\s+(?:row|col)span\s*=\s*[\"']?\d+[\"']?)*)(?=[^<>]*(?:<|\Z)))"
    rf"|(?P<end>(?-i:{WRITTEN_END.pattern}))"
    rf"|(?P<entity>&(?:#\d{{1,7}}|#[xX][0-9A-Fa-f]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});?)",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"?|'([^']*)'?|([^\s\"'>]+))")

What = Literal["open", "close", "text", "entity", "tag"]


class Token(NamedTuple):
    """`what` it is; a tag's name in lower case and what stands behind it; the piece of the source itself; its line.
    Of a tag over several lines only the first piece has a name."""

    what: What
    name: str
    attributes: str
    piece: Traced
    line: int  # index among the lines

    def attribute(self, name: str) -> str:
        """The value of an attribute; empty where it has none.

        >>> Token("open", "td", ' colspan="2" ROWSPAN=3', Traced(), 0).attribute("rowspan")
        '3'
        """
        found = (m for m in _ATTRIBUTE.finditer(self.attributes) if m[1].lower() == name)
        return next((m[2] or m[3] or m[4] or "" for m in found), "")


def tokens_of(lines: Sequence[Line]) -> list[Token]:
    """The tokens of the lines, in order: they cover all of them and overlap nowhere. A line end parts two tokens."""
    text = "\n".join(line.text for line in lines)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.text) + 1)
    out: list[Token] = []
    row = 0
    for begin, end, what, name, attributes in _pieces(text):
        first = True
        while begin < end:
            while starts[row + 1] <= begin:
                row += 1
            stop = min(end, starts[row + 1] - 1)
            piece = lines[row].traced[begin - starts[row] : stop - starts[row]]
            if piece:
                whole = first or what == "text"
                out.append(
                    Token(what if whole else "tag", name if whole else "", attributes if whole else "", piece, row)
                )
                first = False
            begin = max(stop, begin)
            if begin < end:
                begin += 1  # the line end
    return out


def _pieces(text: str) -> Iterator[tuple[int, int, What, str, str]]:
    at = 0
    for m in _TOKEN.finditer(text):
        if at < m.start():
            yield at, m.start(), "text", "", ""
        at = m.end()
        if m["entity"]:
            yield m.start(), at, "entity", "", ""
        elif m["end"]:
            yield m.start(), at, "open", "br", ""
        elif m["tag"]:
            yield m.start(), at, "close" if m["close"] else "open", m["name"].lower(), m["attributes"]
        elif m["half"]:
            what: What = "close" if m["half_close"] else "open"
            yield m.start(), at, what, m["half_name"].lower(), m["half_attributes"] or ""
        else:
            yield m.start(), at, "tag", "", ""
    if at < len(text):
        yield at, len(text), "text", "", ""
