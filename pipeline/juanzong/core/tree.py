"""Documents while the stages work on them: the shape of the output, with traced text in place of strings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from juanzong.core.traced import EMPTY, Traced


@dataclass(slots=True)
class Cell:
    """One cell; a merged one stands at its top left, with how many rows and columns it spans."""

    text: Traced = EMPTY
    row_span: int = 1
    col_span: int = 1


@dataclass(slots=True)
class Row:
    """One row of a table: the cells that begin in it."""

    cells: list[Cell]


@dataclass
class Paragraph:
    """Running text."""

    text: Traced
    lead: tuple[int, int] | None = None  # where in the source the lead phrase stands

    def lead_text(self) -> str | None:
        """The lead phrase as the text has it now."""
        if self.lead is None:
            return None
        a, b = (self.text.printed_before(offset) for offset in self.lead)
        return self.text.text[a:b].strip() or None


@dataclass
class Section:
    """A heading and what stands under it. Level 1 is the highest; a run-in heading has its text as first child."""

    level: int
    number: Traced = EMPTY
    title: Traced = EMPTY
    children: list[Block] = field(default_factory=list)


@dataclass
class Box:
    """专栏: its own number, title and text."""

    number: Traced = EMPTY
    title: Traced = EMPTY
    children: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class TypedValue:
    """What a cell means, for programs. `row` counts the rows of the table from 0, those of its header included."""

    row: int
    column: int
    type: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    approximate: bool | None = None
    unit: str | None = None


@dataclass
class Table:
    """A table over however many pages it was printed on."""

    number: Traced = EMPTY
    caption: Traced = EMPTY
    unit: Traced = EMPTY
    header_rows: int = 0
    rows: list[Row] = field(default_factory=list)
    notes: list[Traced] = field(default_factory=list)
    same_as: Table | None = None  # the table that this one is a second print of: then it has no rows of its own
    columns: list[str] | None = None
    values: list[TypedValue] | None = None


@dataclass
class Figure:
    """A picture, map or chart: its caption and what the transcription left of it."""

    number: Traced = EMPTY
    caption: Traced = EMPTY
    image: Traced = EMPTY  # the picture's path or name, where the source names one
    text: list[Traced] = field(default_factory=list)


Block = Paragraph | Section | Box | Table | Figure


@dataclass
class Footnote:
    """A note, and where its marker stood."""

    marker: Traced
    text: Traced
    # whose text (a section: its title, a table: its caption) carried the marker
    anchor: Paragraph | Section | Cell | Document | Table | None = None
    offset: int = 0  # source offset where the marker stood


@dataclass
class ContentsEntry:
    """One entry of a contents list. Level 1 is the highest."""

    level: int
    number: Traced
    title: Traced
    page: Traced = EMPTY


@dataclass
class Attachment:
    """One entry of 附件说明."""

    number: Traced
    title: Traced


@dataclass
class Date:
    """A date as printed and in ISO 8601."""

    text: Traced
    iso: str


@dataclass
class Derived:
    """The value of an element that is printed, and traced, in another document."""

    document: Document
    key: str


@dataclass
class Repeated:
    """An element that is printed again with another value."""

    element: str
    text: Traced


Value = Traced | Date | Derived | list[Traced | Attachment | Repeated]


@dataclass
class Document:
    """One document of the bundle, with its links to others."""

    type: str
    title: Traced
    metadata: dict[str, Value] = field(default_factory=dict)
    contents: list[ContentsEntry] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    footnotes: list[Footnote] = field(default_factory=list)
    id: str = ""
    promulgated_by: Document | None = None
    promulgates: list[Document] = field(default_factory=list)
    annex_of: Document | None = None
    annexes: list[Document] = field(default_factory=list)
    listed: str = ""  # what the contents list calls it: a sheet above it says so, or it is misread in print


@dataclass
class ContentsItem:
    """An entry of the bundle's contents list and the document that it names."""

    entry: ContentsEntry
    document: Document | None = None


def walk(blocks: list[Block]) -> Iterator[Block]:
    """All blocks in reading order, outer before inner."""
    inside = [iter(blocks)]
    while inside:
        for block in inside[-1]:
            yield block
            if isinstance(block, (Section, Box)):
                inside.append(iter(block.children))
                break
        else:
            inside.pop()


Change = Callable[[Traced, str], Traced]


def map_texts(document: Document, change: Change) -> None:
    """Put change(text, role) in the place of every text of the document. Roles: title, number, heading, body, box,
    caption, unit, cell, table_note, figure, footnote, contents, and metadata field names."""
    if document.title.ranges:  # one that is not printed is told by another print
        document.title = change(document.title, "title")
    for name, value in document.metadata.items():
        if isinstance(value, Traced):
            document.metadata[name] = change(value, name)
        elif isinstance(value, Date):
            value.text = change(value.text, "date")
        elif isinstance(value, list):
            _map_values(name, value, change)
    for entry in document.contents:
        entry.number, entry.title = change(entry.number, "number"), change(entry.title, "contents")
    for block in walk(document.body):
        _map_block(block, change)
    for note in document.footnotes:
        note.text = change(note.text, "footnote")


def _map_values(name: str, values: list[Traced | Attachment | Repeated], change: Change) -> None:
    for k, value in enumerate(values):
        if isinstance(value, Attachment):
            value.number, value.title = change(value.number, "number"), change(value.title, name)
        elif isinstance(value, Repeated):
            value.text = change(value.text, value.element)
        else:
            values[k] = change(value, name)


def _map_block(block: Block, change: Change) -> None:
    if isinstance(block, Paragraph):
        block.text = change(block.text, "body")
        return
    block.number = change(block.number, "number")
    if isinstance(block, (Section, Box)):
        block.title = change(block.title, "heading" if isinstance(block, Section) else "box")
        return
    block.caption = change(block.caption, "caption")
    if isinstance(block, Figure):
        block.text = [change(t, "figure") for t in block.text]
        return
    block.unit = change(block.unit, "unit")
    block.notes = [change(n, "table_note") for n in block.notes]
    for row in block.rows:
        for cell in row.cells:
            cell.text = change(cell.text, "cell")


def texts(document: Document) -> Iterator[Traced]:
    """Every text of the document that was printed, those that no rule changes (markers, page numbers, image names)
    included."""
    found: list[Traced] = []

    def see(text: Traced, role: str) -> Traced:
        found.append(text)
        return text

    map_texts(document, see)
    yield from found
    for entry in document.contents:
        yield entry.page
    for block in walk(document.body):
        if isinstance(block, Figure):
            yield block.image
    for note in document.footnotes:
        yield note.marker
