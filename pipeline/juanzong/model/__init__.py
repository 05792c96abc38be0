"""What is emitted, as pydantic models: the output contract. schemas/*.json is generated from here."""

from juanzong.model.blocks import Block, Box, Cell, Figure, NoteMark, Paragraph, Row, Section, Table, heading
from juanzong.model.bundle import Bundle, ContentsItem, DocumentEntry, SourceEntry
from juanzong.model.documents import (
    DOCUMENT_TYPES,
    Anchor,
    AnyDocument,
    ContentsEntry,
    Document,
    Footnote,
    Placed,
    UnknownDocument,
)
from juanzong.model.edit import Edit, Evidence
from juanzong.model.finding import Finding, Place
from juanzong.model.metadata import Attachment, Metadata
from juanzong.model.trace import PagePlace, TraceRow

__all__ = [
    "DOCUMENT_TYPES",
    "Anchor",
    "AnyDocument",
    "Attachment",
    "Block",
    "Box",
    "Bundle",
    "Cell",
    "ContentsEntry",
    "ContentsItem",
    "Document",
    "DocumentEntry",
    "Edit",
    "Evidence",
    "Figure",
    "Finding",
    "Footnote",
    "Metadata",
    "NoteMark",
    "PagePlace",
    "Paragraph",
    "Place",
    "Placed",
    "Row",
    "Section",
    "SourceEntry",
    "Table",
    "TraceRow",
    "UnknownDocument",
    "heading",
]
