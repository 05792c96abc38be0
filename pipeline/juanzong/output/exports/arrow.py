"""Rows -> Arrow tables, a bundle at a time: what Parquet and DuckDB take in."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from juanzong.output.bundle import Bundle
from juanzong.output.exports.rows import Row, rows_of
from juanzong.output.exports.schema import SCHEMA
from juanzong.output.tables import need


def arrow_schemas(extra: str) -> dict[str, Any]:
    """The Arrow schema of each table. Raises JuanzongError that names the extra without pyarrow."""
    arrow = need("pyarrow", extra)
    types = {"text": arrow.string(), "integer": arrow.int64(), "real": arrow.float64(), "boolean": arrow.bool_()}
    return {t.name: arrow.schema([(c.name, types[c.type]) for c in t.columns]) for t in SCHEMA}


def arrow_tables(bundle: Bundle, schemas: dict[str, Any], extra: str) -> dict[str, Any]:
    """A bundle's rows as one Arrow table for each table that has any."""
    arrow = need("pyarrow", extra)
    rows: dict[str, list[Row]] = defaultdict(list)
    for name, row in rows_of(bundle):
        rows[name].append(row)
    return {name: arrow.Table.from_pylist(found, schema=schemas[name]) for name, found in rows.items()}
