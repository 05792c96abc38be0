"""HTML as transcription writes it: tables, and stray tags in cells. Tags leave by drop edits, entities by replace."""

from __future__ import annotations

import html
from collections.abc import Sequence
from html.parser import HTMLParser

from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line, line_of
from juanzong.core.traced import EMPTY, Traced
from juanzong.language.text import ends_sentence
from juanzong.stages.tables.grid import layout
from juanzong.stages.tables.kinds import item
from juanzong.stages.tables.raw import RawCell, RawRow

_STAGE = "tables"
_CELLS = ("td", "th")
_BREAKS = ("p", "br", "li", "div")  # what begins a new line inside a cell
_MAX_SPAN = 200  # a span beyond this is a misread digit


_Token = tuple[str, str, dict[str, str | None], Traced]  # what, name, attributes, the piece itself


class _Walker(HTMLParser):
    """Says for each token what it is and where in the text it begins (row from 1, column from 0)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.tokens: list[tuple[str, str, dict[str, str | None], tuple[int, int]]] = []

    def _say(self, what: str, name: str = "", attributes: dict[str, str | None] | None = None) -> None:
        self.tokens.append((what, name, attributes or {}, self.getpos()))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._say("open", tag, dict(attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._say("close", tag)

    def handle_data(self, data: str) -> None:
        self._say("text")

    def handle_entityref(self, name: str) -> None:
        self._say("entity", name)

    def handle_charref(self, name: str) -> None:
        self._say("entity", "#" + name)

    def handle_comment(self, data: str) -> None:
        self._say("tag")

    def handle_decl(self, decl: str) -> None:
        self._say("tag")

    def unknown_decl(self, data: str) -> None:
        self._say("tag")

    def handle_pi(self, data: str) -> None:
        self._say("tag")


def _tokens(lines: Sequence[Line]) -> list[_Token]:
    """The tokens of the lines, in order: they cover all of them and overlap nowhere. One over several lines (which may
    stand apart in the source) is cut at their ends; of a tag only the first piece keeps its name."""
    walker = _Walker()
    walker.feed("\n".join(line.text for line in lines))
    walker.close()
    ends = [at for _, _, _, at in walker.tokens[1:]] + [(len(lines), len(lines[-1].text))]
    out: list[_Token] = []
    begin = (1, 0)
    for (what, name, attributes, _), end in zip(walker.tokens, ends, strict=True):
        first = True
        for row in range(begin[0], end[0] + 1):
            line = lines[row - 1]
            start = begin[1] if row == begin[0] else 0
            piece = line.traced[start : end[1] if row == end[0] else len(line.text)]
            if piece:
                whole = first or what == "text"
                out.append((what if whole else "tag", name if whole else "", attributes if whole else {}, piece))
                first = False
        begin = end
    return out


def _span(attributes: dict[str, str | None], name: str) -> int:
    value = (attributes.get(name) or "1").strip()
    return min(int(value), _MAX_SPAN) if value.isdecimal() and int(value) > 0 else 1


def html_rows(lines: Sequence[Line], ledger: Ledger) -> list[RawRow]:
    """The rows of a table in HTML, over any number of lines; unclosed cells and rows end where the next begins."""
    rows, inside = _cells(lines, ledger)
    for cell, tokens in inside:
        cell.text = _gather(tokens, ledger)
    slots = layout([[(c.row_span, c.col_span) for c in row.cells] for row in rows])
    return [row for row, line in zip(rows, slots, strict=True) if line]  # a row may be all spanned from above


def html_texts(lines: Sequence[Line], ledger: Ledger) -> list[Traced]:
    """What the cells of a table in HTML say, in order, parted where a tag begins a new line."""
    return [text for _, tokens in _cells(lines, ledger)[1] for text in _parts(tokens, ledger)]


def _cells(lines: Sequence[Line], ledger: Ledger) -> tuple[list[RawRow], list[tuple[RawCell, list[_Token]]]]:
    """The rows, their cells still without text, and what stands in each cell; the table's own tags are dropped."""
    rows: list[RawRow] = []
    inside: list[tuple[RawCell, list[_Token]]] = []
    row: RawRow | None = None
    cell: RawCell | None = None
    at = 0  # index of the line that the token stands in
    ended = False  # a table was closed since the last row
    for token in _tokens(lines):
        what, name, attributes, piece = token
        start = piece.runs[0].start
        while at + 1 < len(lines) and lines[at + 1].start <= start:
            at += 1
        line = lines[at]
        text = what in ("text", "entity")
        if (text and piece.text.strip()) or (what == "open" and name in (*_CELLS, "tr")):
            if row is None or name == "tr":
                parted = ended or (line.blanks > 0 and start == line.start)
                row, cell, ended = RawRow(line=line.n, page_break=bool(rows) and parted, syntax="html"), None, False
                rows.append(row)
            if name != "tr" and (cell is None or name in _CELLS):
                cell = RawCell(row_span=_span(attributes, "rowspan"), col_span=_span(attributes, "colspan"))
                row.cells.append(cell)
                inside.append((cell, []))
        if name in (*_CELLS, "tr", "table", "tbody", "thead"):
            ledger.drop_ranges(piece, "html-tag", stage=_STAGE, category="format")
            ended = ended or (name == "table" and what == "close")
            if what == "close" or name not in _CELLS:
                cell = None
            if (name != "tr" and name not in _CELLS) or (name == "tr" and what == "close"):
                row = None
        elif cell is not None:
            inside[-1][1].append(token)
        elif not text:
            ledger.drop_ranges(piece, "html-tag", stage=_STAGE, category="format")
    return rows, inside


def inline(text: Traced, ledger: Ledger) -> Traced:
    """A cell's text, a piece of one line, without the tags and entities in it."""
    if not text or ("<" not in text.text and "&" not in text.text):
        return text
    return _gather(_tokens([line_of(text, 1)]), ledger)


def inline_texts(text: Traced, ledger: Ledger) -> list[Traced]:
    """The same, parted where a tag begins a new line."""
    return _parts(_tokens([line_of(text, 1)]), ledger) if text else []


def _parts(tokens: Sequence[_Token], ledger: Ledger) -> list[Traced]:
    """The texts of one cell, parted at the tags that begin a new line; none is empty."""
    parts: list[list[_Token]] = [[]]
    for token in tokens:
        if token[0] == "open" and token[1] in _BREAKS:
            parts.append([])
        parts[-1].append(token)
    return [text for part in parts if (text := _gather(part, ledger))]


def _gather(tokens: Sequence[_Token], ledger: Ledger) -> Traced:
    """The text of one cell. Between sentences and list items a tag that begins a line becomes a blank."""
    out = EMPTY
    breaks: list[_Token] = []
    for token in tokens:
        what, name, _, piece = token
        if what == "entity":
            piece = _entity(piece, ledger)
        elif what == "text":
            pass
        elif name in _BREAKS and what == "open" and out:
            breaks.append(token)
            continue
        else:
            ledger.drop_ranges(piece, "html-tag", stage=_STAGE, category="format")
            continue
        if breaks and piece.text.strip():
            ended = ends_sentence(out.text) and breaks[-1][1] != "br"
            if not out.text[-1].isspace() and (item(piece.text) > 0 or ended):
                tag = breaks.pop()[-1]
                out += ledger.replace(tag, 0, len(tag), " ", "html-line", stage=_STAGE)
            _drop(breaks, ledger)
            breaks = []
        out += piece
    _drop(breaks, ledger)
    return out.strip()


def _drop(tokens: Sequence[_Token], ledger: Ledger) -> None:
    for _, _, _, piece in tokens:
        ledger.drop_ranges(piece, "html-tag", stage=_STAGE, category="format")


def _entity(text: Traced, ledger: Ledger) -> Traced:
    """&lt; as <; what is no entity stays as it is (AT&T)."""
    plain = html.unescape(text.text)
    plain = plain if plain.strip() else " "
    return ledger.replace(text, 0, len(text.text), plain, "html-entity", stage=_STAGE)
