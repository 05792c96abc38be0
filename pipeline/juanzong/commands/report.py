"""juanzong report: the reading view of one output folder as one file."""

from __future__ import annotations

from pathlib import Path

import click

from juanzong.words import chosen, say


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="the HTML file to write")
@click.option("--source", type=click.Path(path_type=Path), help="the raw file, where it is not found beside the folder")
def report(folder: Path, output: Path, source: Path | None) -> None:
    """Write FOLDER (clean/<id>) as one self-contained HTML file, with every edit marked and told."""
    from juanzong.core.errors import missing_extra
    from juanzong.core.targets import may_write_file
    from juanzong.output.aside import write_whole

    may_write_file(output, (".html", ".htm"), [folder, *([source] if source else [])])
    try:
        from juanzong.review.report import report_page
    except ImportError as error:
        raise missing_extra(error, "review") from error
    write_whole(output, report_page(folder, source, chosen() or "zh").encode())
    say(f"{output}: written")
