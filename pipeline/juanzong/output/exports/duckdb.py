"""Bundles -> one DuckDB database."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from juanzong.output.aside import replaced, unwritable
from juanzong.output.bundle import Bundle
from juanzong.output.exports.arrow import arrow_schemas, arrow_tables
from juanzong.output.exports.schema import SCHEMA
from juanzong.output.tables import need

_TYPES = {"text": "VARCHAR", "integer": "BIGINT", "real": "DOUBLE", "boolean": "BOOLEAN"}
_MEMORY = "128MB"  # of pages that are kept; DuckDB's own limit is four fifths of the machine's


def write(bundles: Iterable[Bundle], target: Path) -> str:
    """Write all bundles into one file; says how many rows. Raises JuanzongError without duckdb or pyarrow."""
    duckdb = need("duckdb", "duckdb")
    schemas = arrow_schemas("duckdb")
    count = 0
    with replaced(target) as aside:
        try:
            with duckdb.connect(str(aside), config={"memory_limit": _MEMORY}) as db:
                for table in SCHEMA:
                    columns = ", ".join(f'"{c.name}" {_TYPES[c.type]}' for c in table.columns)
                    db.execute(f'CREATE TABLE "{table.name}" ({columns})')
                for bundle in bundles:
                    for name, rows in arrow_tables(bundle, schemas, "duckdb").items():
                        db.register("batch", rows)
                        db.execute(f'INSERT INTO "{name}" SELECT * FROM batch')
                        db.unregister("batch")
                        count += len(rows)
        except duckdb.Error as error:  # a full disk
            raise unwritable(target, str(error).partition("\n")[0]) from error
    return f"{count} rows"
