"""juanzong show: an output as a tree."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="CLEAN_ID")
@click.option(
    "--depth", default=1, show_default=True, type=click.IntRange(0), help="Levels of sections shown; 0 for none."
)
def show(folder: Path, depth: int) -> None:
    """Print clean/<id> as a tree: documents, sections, tables with their size, counts of edits and findings."""
    from juanzong.output.outline import outline
    from juanzong.output.sound import load_sound

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    click.echo("\n".join(outline(load_sound(folder), depth, width)))
