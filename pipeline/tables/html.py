"""HTML as transcription writes it: tables, and stray tags in cells. Tags leave by drop edits, entities by replace."""
from __future__ import annotations

import html
from collections.abc import Sequence
from html.parser import HTMLParser

from pipeline.ledger import Ledger
from pipeline.lines import Line
from pipeline.tables.grid import layout
from pipeline.tables.kinds import item
from pipeline.tables.raw import RawCell, RawRow
from pipeline.text import ends_sentence
from pipeline.traced import EMPTY, Traced

_STAGE = "tables"
_CELLS = ("td", "th")
_BREAKS = ("p", "br", "li", "div")     # what begins a new line inside a cell
_MAX_SPAN = 200                        # a span beyond this is a misread digit


_Token = tuple[str, str, dict[str, str | None], int, int]   # what, name, attributes, start, end


class _Walker(HTMLParser):
    """Fed line by line; says for each token where in the source it stands."""

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__(convert_charrefs=False)
        self.lines = lines
        self.tokens: list[_Token] = []

    def _here(self) -> int:
        row, column = self.getpos()
        return self.lines[row - 1].start + column

    def _end(self, start: int, mark: str) -> int:
        line = self.lines[self.getpos()[0] - 1]
        at = line.text.find(mark, start - line.start)
        return line.end if at < 0 else line.start + at + len(mark)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._here()
        self.tokens.append(("open", tag, dict(attrs), start, start + len(self.get_starttag_text() or "")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        start = self._here()
        self.tokens.append(("close", tag, {}, start, self._end(start, ">")))

    def handle_data(self, data: str) -> None:
        start = self._here()
        self.tokens.append(("text", "", {}, start, start + len(data)))

    def handle_entityref(self, name: str) -> None:
        start = self._here()
        line = self.lines[self.getpos()[0] - 1]
        end = start + 1 + len(name)
        end += line.text[end - line.start:end - line.start + 1] == ";"
        self.tokens.append(("entity", name, {}, start, end))

    def handle_charref(self, name: str) -> None:
        self.handle_entityref("#" + name)

    def handle_comment(self, data: str) -> None:
        start = self._here()
        self.tokens.append(("tag", "", {}, start, self._end(start, "-->")))

    def handle_decl(self, decl: str) -> None:
        start = self._here()
        self.tokens.append(("tag", "", {}, start, self._end(start, ">")))

    def unknown_decl(self, data: str) -> None:
        self.handle_decl(data)

    def handle_pi(self, data: str) -> None:
        self.handle_decl(data)


def _tokens(lines: Sequence[Line]) -> list[_Token]:
    walker = _Walker(lines)
    for line in lines:
        walker.feed(line.text + "\n")
    walker.close()
    return walker.tokens


def _span(attributes: dict[str, str | None], name: str) -> int:
    value = (attributes.get(name) or "1").strip()
    return min(int(value), _MAX_SPAN) if value.isdecimal() and int(value) > 0 else 1


def html_rows(lines: Sequence[Line], source: str, ledger: Ledger) -> list[RawRow]:
    """The rows of a table in HTML, over any number of lines; unclosed cells and rows end where the next begins."""
    rows: list[RawRow] = []
    inside: list[tuple[RawCell, list[_Token]]] = []       # the cells and what stands in them
    row: RawRow | None = None
    cell: RawCell | None = None
    at = 0                                                # index of the line that the token stands in
    ended = False                                         # a table was closed since the last row
    for token in _tokens(lines):
        what, name, attributes, start, end = token
        while at + 1 < len(lines) and lines[at + 1].start <= start:
            at += 1
        line = lines[at]
        text = what in ("text", "entity")
        if (text and source[start:end].strip()) or (what == "open" and name in (*_CELLS, "tr")):
            if row is None or name == "tr":
                parted = ended or (line.blanks > 0 and start == line.start)
                row, cell, ended = RawRow(line=line.n, page_break=bool(rows) and parted, syntax="html"), None, False
                rows.append(row)
            if name != "tr" and (cell is None or name in _CELLS):
                cell = RawCell(row_span=_span(attributes, "rowspan"), col_span=_span(attributes, "colspan"))
                row.cells.append(cell)
                inside.append((cell, []))
        if name in (*_CELLS, "tr", "table", "tbody", "thead"):
            ledger.drop(start, end, "html_tag", stage=_STAGE, category="format")
            ended = ended or (name == "table" and what == "close")
            if what == "close" or name not in _CELLS:
                cell = None
            if (name != "tr" and name not in _CELLS) or (name == "tr" and what == "close"):
                row = None
        elif cell is not None:
            inside[-1][1].append(token)
        elif not text:
            ledger.drop(start, end, "html_tag", stage=_STAGE, category="format")
    for cell, tokens in inside:
        cell.text = _gather(tokens, source, ledger)
    slots = layout([[(c.row_span, c.col_span) for c in row.cells] for row in rows])
    return [row for row, line in zip(rows, slots, strict=True) if line]     # a row may be all spanned from above


def inline(text: Traced, line: Line, source: str, ledger: Ledger) -> Traced:
    """A cell's text, a piece of one line, without the tags and entities in it."""
    if not text or ("<" not in text.text and "&" not in text.text):
        return text
    start, end = text.ranges[0][0], text.ranges[-1][1]
    return _gather(_tokens([Line(line.n, start, end, source[start:end], 0)]), source, ledger)


def _gather(tokens: Sequence[_Token], source: str, ledger: Ledger) -> Traced:
    """The text of one cell. Between sentences and list items a tag that begins a line becomes a blank."""
    out = EMPTY
    breaks: list[_Token] = []
    for token in tokens:
        what, name, _, start, end = token
        if what == "entity":
            piece = _entity(Traced.of(source, start, end), ledger)
        elif what == "text":
            piece = Traced.of(source, start, min(end, start + len(source[start:end].rstrip("\n"))))
        elif name in _BREAKS and what == "open" and out:
            breaks.append(token)
            continue
        else:
            ledger.drop(start, end, "html_tag", stage=_STAGE, category="format")
            continue
        if breaks and piece.text.strip():
            ended = ends_sentence(out.text) and breaks[-1][1] != "br"
            if not out.text[-1].isspace() and (item(piece.text) > 0 or ended):
                _, _, _, a, b = breaks.pop()
                out += ledger.replace(Traced.of(source, a, b), 0, b - a, " ", "html_line", stage=_STAGE)
            _drop(breaks, ledger)
            breaks = []
        out += piece
    _drop(breaks, ledger)
    return out.strip()


def _drop(tokens: Sequence[_Token], ledger: Ledger) -> None:
    for _, _, _, start, end in tokens:
        ledger.drop(start, end, "html_tag", stage=_STAGE, category="format")


def _entity(text: Traced, ledger: Ledger) -> Traced:
    """&lt; as <; what is no entity stays as it is (AT&T)."""
    plain = html.unescape(text.text)
    plain = plain if plain.strip() else " "
    return ledger.replace(text, 0, len(text.text), plain, "html_entity", stage=_STAGE)
