"""Bundles -> one SQLite database."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from juanzong.output.aside import replaced, unwritable
from juanzong.output.bundle import Bundle
from juanzong.output.exports.rows import COLUMNS, rows_of, values_of
from juanzong.output.exports.schema import SCHEMA

_KEYS = {"sections", "boxes", "paragraphs", "tables", "cells", "figures", "footnotes"}


def write(bundles: Iterable[Bundle], target: Path) -> str:
    """Write all bundles into one file; says how many rows."""
    count = 0
    with replaced(target) as aside:
        db = sqlite3.connect(aside)
        try:
            for table in SCHEMA:
                columns = ", ".join(f'"{c.name}" {c.type.upper()}' for c in table.columns)
                db.execute(f'CREATE TABLE "{table.name}" ({columns})')
            for bundle in bundles:
                batch: dict[str, list[Any]] = defaultdict(list)
                for name, row in rows_of(bundle):
                    batch[name].append(values_of(name, row))
                for name, rows in batch.items():
                    db.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(COLUMNS[name]))})', rows)
                    count += len(rows)
            for name in sorted(_KEYS):
                db.execute(f'CREATE INDEX "{name}_place" ON "{name}" (bundle, document, pointer)')
            db.commit()
        except sqlite3.OperationalError as error:  # a full disk
            raise unwritable(target, error) from error
        finally:
            db.close()
    return f"{count} rows"
