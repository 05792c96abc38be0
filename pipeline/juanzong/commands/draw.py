"""juanzong draw: the boxes of one page on its image, to see what was read where."""

from __future__ import annotations

from pathlib import Path

import click

from juanzong.words import say


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--page", default=1, show_default=True, type=click.IntRange(1), help="Page, from 1.")
@click.option(
    "--out",
    "-o",
    default=None,
    type=click.Path(path_type=Path, dir_okay=False),
    help="PNG to write [default: FILE-page-N.png].",
)
def draw(file: Path, page: int, out: Path | None) -> None:
    """Draw the boxes of one page: lines blue (indented green, centred orange), table cells red."""
    from juanzong.core.targets import may_write_file
    from juanzong.read.drawing import draw_page

    target = out or Path(f"{file.stem}-page-{page}.png")
    may_write_file(target, (".png",), [file])
    count = draw_page(file, page, target)
    say(f"{target}: {count} boxes")
