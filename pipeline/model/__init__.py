"""What is emitted, as pydantic models: the output contract. schemas/*.json is generated from here."""

from pipeline.model.blocks import Block, Box, Cell, Figure, NoteMark, Paragraph, Row, Section, Table
from pipeline.model.bundle import Bundle, ContentsItem, DocumentEntry, SourceEntry
from pipeline.model.documents import DOCUMENT_TYPES, Anchor, AnyDocument, ContentsEntry, Document, Footnote
from pipeline.model.edit import Edit, Evidence
from pipeline.model.finding import Finding, Place
from pipeline.model.metadata import Attachment, Metadata
from pipeline.model.trace import PagePlace, TraceRow

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
    "Row",
    "Section",
    "SourceEntry",
    "Table",
    "TraceRow",
]
