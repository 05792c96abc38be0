"""What is emitted, as pydantic models: the output contract. schemas/*.json is generated from here."""

from juanzong.model.blocks import Block, Box, Cell, Figure, NoteMark, Paragraph, Row, SameAs, Section, Table, heading
from juanzong.model.bundle import Bundle, ContentsItem, DocumentEntry, PageSize, SourceEntry
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
from juanzong.model.metadata import Attachment, Metadata, Repeated
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
    "PageSize",
    "Paragraph",
    "Place",
    "Placed",
    "Repeated",
    "Row",
    "SameAs",
    "Section",
    "SourceEntry",
    "Table",
    "TraceRow",
    "UnknownDocument",
    "heading",
]
