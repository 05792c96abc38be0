"""What bundles can be exported to: one file here for each format, and this registry of them."""

from __future__ import annotations

from typing import NamedTuple


class Format(NamedTuple):
    """`module` has `write(bundles, target, …) -> str`. `endings`: of the file that is written; empty: a folder."""

    module: str
    endings: tuple[str, ...]
    meaning: str


FORMATS = {
    "chunks": Format("chunks", (".jsonl",), "JSON lines for retrieval, with section path, pages, boxes, source ranges"),
    "parquet": Format("parquet", (), "a folder of Parquet files, one for each table of the schema"),
    "sqlite": Format("sqlite", (".sqlite", ".sqlite3", ".db"), "one SQLite database"),
    "duckdb": Format("duckdb", (".duckdb", ".db"), "one DuckDB database"),
    "docling": Format("docling", (), "DoclingDocuments, one for each document"),
    "html": Format("html", (), "a page for each document, set as official documents are"),
    "docx": Format("docx", (), "a Word file for each document, set as official documents are"),
}
