"""juanzong schemas: write the JSON Schemas, or say which are stale."""

from __future__ import annotations

from pathlib import Path

import click

from juanzong.words import say


@click.command()
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("schemas"),
    show_default=True,
    metavar="DIR",
    help="The folder they stand in.",
)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 where the files are not what the models say.")
def schemas(out: Path, check: bool) -> None:
    """Write one JSON Schema for each document type, and for bundle, edit, finding and trace."""
    from juanzong.emit.schemas import is_ours, schema_files

    files = schema_files()
    there = {p.name: p.read_bytes().decode("utf-8", "replace") for p in out.glob("*.schema.json")}
    stale = sorted(name for name in files.keys() | there.keys() if files.get(name) != there.get(name))
    if check:
        if stale:
            say(f"{out}: stale: {', '.join(stale)}; run `juanzong schemas -o {out}` and commit", err=True)
            raise click.exceptions.Exit(1)
        return
    out.mkdir(parents=True, exist_ok=True)
    for name in stale:
        if name in files:
            (out / name).write_bytes(files[name].encode("utf-8"))
        elif is_ours(there[name]):
            (out / name).unlink()
    say(f"{out}: {len(files)} schemas, {len(stale)} changed")
