"""The tables of parquet, sqlite and duckdb exports: one schema, and the rows of a bundle in it.

docs/export.md is generated from here.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Type = Literal["text", "integer", "real", "boolean"]


class Column(NamedTuple):
    name: str
    type: Type
    meaning: str


class TableSchema(NamedTuple):
    name: str
    meaning: str
    columns: tuple[Column, ...]


def _text(name: str, meaning: str) -> Column:
    return Column(name, "text", meaning)


def _integer(name: str, meaning: str) -> Column:
    return Column(name, "integer", meaning)


_BUNDLE = _text("bundle", "the bundle's id")
_DOCUMENT = _text("document", "the document's id, unique in its bundle")
_POINTER = _text("pointer", "JSON Pointer into documents/<id>.json")
_ORDER = _integer("n", "place in the order of the document, from 1")
_PATH = _text("path", "the headings above it, parted by ' / '")
_SECTION = _text("section", "pointer of the nearest section or box above it; null where none is")
_ORIGIN = (
    _integer("source_start", "first code point in the source text"),
    _integer("source_end", "the code point after its last one"),
    _text("ranges", "JSON: the ranges of the source text, [[start, end], …]"),
    _integer("page", "first page, from 1; null where the source has no pages"),
    Column("x0", "real", "its box on that page, in points from the top left"),
    Column("top", "real", ""),
    Column("x1", "real", ""),
    Column("bottom", "real", ""),
)

SCHEMA = (
    TableSchema(
        "bundles",
        "a row for each bundle",
        (
            _BUNDLE,
            _text("title", "the bundle's title"),
            _text("path", "the source file"),
            _text("sha256", "of the source file"),
            _text("media_type", "of the source file"),
            _integer("characters", "code points of the source text"),
        ),
    ),
    TableSchema(
        "contents",
        "a row for each entry of the bundle's own contents list",
        (
            _BUNDLE,
            _integer("n", "place in the list, from 1"),
            _text("number", "as printed"),
            _text("title", "as printed, without the document number"),
            _text("doc_number", "发文字号, where the entry prints one"),
            _text("document", "the document's id; null where it is missing"),
        ),
    ),
    TableSchema(
        "documents",
        "a row for each document",
        (
            _BUNDLE,
            _DOCUMENT,
            _integer("n", "place in the bundle, from 1"),
            _text("type", "notice, plan, regulation, …"),
            _text("title", "标题"),
            _text("doc_number", "发文字号"),
            _text("issuers", "发文机关, parted by ；; where none is printed, who signed"),
            _text("addressees", "主送机关"),
            _text("issued_on", "成文日期, ISO 8601"),
            _text("annex_number", "附件序号"),
            _text("promulgated_by", "the notice that issues it"),
            _text("promulgates", "what it issues, parted by ；"),
            _text("annex_of", "the document that it is an annex of"),
            _text("metadata", "JSON: all printed elements"),
            *_ORIGIN,
            _integer("last_page", "last page; null where the source has no pages"),
        ),
    ),
    TableSchema(
        "sections",
        "a row for each section (章, 节, 条, 一、…)",
        (
            _BUNDLE,
            _DOCUMENT,
            _POINTER,
            _ORDER,
            _PATH,
            _SECTION,
            _integer("level", "depth in the outline, from 1"),
            _text("number", "as printed; null where none is"),
            _text("title", "heading without its number"),
            _text("text", "all paragraphs under it, deeper sections and boxes too, parted by line ends"),
            *_ORIGIN,
        ),
    ),
    TableSchema(
        "boxes",
        "a row for each 专栏",
        (
            _BUNDLE,
            _DOCUMENT,
            _POINTER,
            _ORDER,
            _PATH,
            _SECTION,
            _text("number", "as printed"),
            _text("title", "its title"),
            *_ORIGIN,
        ),
    ),
    TableSchema(
        "paragraphs",
        "a row for each paragraph",
        (
            _BUNDLE,
            _DOCUMENT,
            _POINTER,
            _ORDER,
            _PATH,
            _SECTION,
            _text("text", "the paragraph"),
            _text("lead", "the lead phrase at its head"),
            *_ORIGIN,
        ),
    ),
    TableSchema(
        "tables",
        "a row for each table; a second print that was merged away has no rows and names the table it is a print of",
        (
            _BUNDLE,
            _DOCUMENT,
            _POINTER,
            _ORDER,
            _PATH,
            _SECTION,
            _text("number", "表1, as printed"),
            _text("caption", "表题"),
            _text("unit", "计量单位"),
            _integer("header_rows", "rows of the header"),
            _integer("rows", "rows of the grid, the header too"),
            _integer("columns", "columns of the grid"),
            _text("notes", "表注, parted by line ends"),
            _text("same_as", "document and pointer of the table that it is a second print of"),
            *_ORIGIN,
        ),
    ),
    TableSchema(
        "cells",
        "a row for each cell; a merged cell once, at its top left",
        (
            _BUNDLE,
            _DOCUMENT,
            _POINTER,
            _text("table_pointer", "pointer of the table"),
            _integer("row", "row of the grid, from 0"),
            _integer("col", "column of the grid, from 0"),
            _integer("row_span", "rows that it covers"),
            _integer("col_span", "columns that it covers"),
            Column("is_header", "boolean", "whether it stands in the header"),
            _text("column_name", "header path of its column"),
            _text("text", "as printed"),
            _text("value_type", "number, percent, permille, range, none; null for words"),
            Column("value", "real", "the figure, as printed (12.5 for 12.5%)"),
            Column("low", "real", "lower bound of a range"),
            Column("high", "real", "upper bound of a range"),
            _text("unit", "of the figure"),
            *_ORIGIN,
        ),
    ),
    TableSchema(
        "figures",
        "a row for each figure",
        (
            _BUNDLE,
            _DOCUMENT,
            _POINTER,
            _ORDER,
            _PATH,
            _SECTION,
            _text("number", "图1, as printed"),
            _text("caption", "图题"),
            _text("image", "the picture's path or name, where the source names one"),
            _text("text", "what is left of the picture, parted by line ends"),
            *_ORIGIN,
        ),
    ),
    TableSchema(
        "footnotes",
        "a row for each footnote or end note",
        (
            _BUNDLE,
            _DOCUMENT,
            _POINTER,
            _ORDER,
            _text("marker", "as printed"),
            _text("text", "the note"),
            _text("anchor_pointer", "the string in which its marker stood; null where no marker claims it"),
            _integer("anchor_offset", "code points before the marker's place"),
            *_ORIGIN,
        ),
    ),
    TableSchema(
        "findings",
        "a row for each finding",
        (
            _BUNDLE,
            _text("finding", "its id"),
            _text("check_name", "which check"),
            _text("severity", "error, warning, info"),
            _text("status", "open, waived"),
            _text("message", "for people"),
            _text("document", "the first place it names; null where it names none"),
            _text("pointer", ""),
            _text("places", "JSON: all places"),
            _text("evidence", "JSON"),
        ),
    ),
    TableSchema(
        "edits",
        "a row for each change made or proposed",
        (
            _BUNDLE,
            _text("edit", "its id"),
            _text("stage", "which pass"),
            _text("rule", "which rule"),
            _text("category", "layout, format, content"),
            _text("kind", "drop, merge, replace, insert, join"),
            _text("status", "applied, suggested, accepted, rejected"),
            Column("confidence", "real", "0 to 1"),
            _text("text_before", "what the source has"),
            _text("text_after", "what the output has"),
            _integer("source_start", "first code point in the source text"),
            _integer("source_end", "the code point after its last one"),
            _text("evidence", "JSON"),
        ),
    ),
    TableSchema(
        "evidence",
        "a row for each row of evidence.jsonl",
        (
            _BUNDLE,
            _text("evidence", "its id"),
            _text("kind", "quotation, citation, reference, fact"),
            _text("verdict", "what it was found to be; several parted by ；"),
            _text("document", "where it stands; null where it stands in no string"),
            _text("pointer", ""),
            _text("text", "the passage, title or reference"),
            _text("row", "JSON: the whole row"),
        ),
    ),
)
