"""juanzong inspect: what a pass made of a file."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@click.argument("name", metavar="PASS")
@click.option("--one", is_flag=True, help="A folder is one bundle.")
def inspect(file: Path, name: str, one: bool) -> None:
    """Show what PASS left of FILE: lines, pieces, borders or documents, the edits it made, the findings so far."""
    from juanzong.inspection import inspect as lines_of

    for line in lines_of(file, name, one=one):
        click.echo(line)
