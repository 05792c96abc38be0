"""Bundles -> a folder with one Parquet file for each table."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from juanzong.output.aside import replaced
from juanzong.output.bundle import Bundle
from juanzong.output.exports.arrow import arrow_schemas, arrow_tables
from juanzong.output.tables import need


def write(bundles: Iterable[Bundle], target: Path) -> str:
    """Write documents.parquet, sections.parquet, … into the folder; a bundle is a row group. Says how many rows.
    Raises JuanzongError without pyarrow."""
    schemas = arrow_schemas("parquet")
    parquet = need("pyarrow.parquet", "parquet")
    count = 0
    target.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        files = {name: stack.enter_context(replaced(target / f"{name}.parquet")) for name in schemas}
        writers = {
            name: stack.enter_context(parquet.ParquetWriter(path, schemas[name], compression="zstd"))
            for name, path in files.items()
        }
        for bundle in bundles:
            for name, table in arrow_tables(bundle, schemas, "parquet").items():
                writers[name].write_table(table)
                count += len(table)
    return f"{count} rows in {len(schemas)} files"
