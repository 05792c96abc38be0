"""juanzong tables: the tables of an output as files."""

from __future__ import annotations

from pathlib import Path

import click

from juanzong.words import say


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="CLEAN_ID")
@click.option(
    "--to",
    "form",
    type=click.Choice(["xlsx", "csv", "parquet", "json"]),
    default="xlsx",
    show_default=True,
    help="One workbook, one file for each table, or one JSON file.",
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    help="File (xlsx, json) or folder (csv, parquet). [default: <id>-tables.xlsx or .json, <id>-tables/]",
)
def tables(folder: Path, form: str, out: Path | None) -> None:
    """Write every table of clean/<id>: printed text, merged cells, typed figures where the format has them."""
    from juanzong.core.targets import keep_apart, may_write_file
    from juanzong.output.bundle import load_bundle
    from juanzong.output.sheets import write_tables

    found = load_bundle(folder).tables()
    name = f"{folder.resolve().name}-tables"
    target = out or Path(f"{name}.{form}" if form in ("xlsx", "json") else name)
    if form in ("xlsx", "json"):
        may_write_file(target, (f".{form}",), [folder])
    else:
        keep_apart(target, [folder])
    written = write_tables(found, form, target)
    say(f"{len(found)} tables → {target}" + ("" if written == [target] else f" ({len(written)} files)"))
