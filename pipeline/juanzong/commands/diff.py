"""juanzong diff: two outputs, compared by structure."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from juanzong.words import chosen, say


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--html", type=click.Path(path_type=Path), help="write the diff as one self-contained page")
@click.option("--json", "as_json", is_flag=True, help="print the diff as JSON")
@click.option("--color/--no-color", default=None, help="colour; default: when printing to a terminal")
def diff(old: str, new: str, html: Path | None, as_json: bool, color: bool | None) -> None:
    """Compare OLD and NEW: folders of clean/, or git revisions of one as HEAD~1:clean/<id>.

    Exit code 0: the same; 1: different; 2: bad input.
    """
    from juanzong.core.errors import missing_extra
    from juanzong.review.compare import compare
    from juanzong.review.diff_text import lines_of
    from juanzong.review.folder import read_output

    lang = chosen() or "zh"
    found = compare(read_output(old), read_output(new), lang)
    if html is not None:
        from juanzong.core.targets import may_write_file
        from juanzong.output.aside import write_whole

        may_write_file(html, (".html", ".htm"), [Path(p) for p in (old, new) if Path(p).exists()])
        try:
            from juanzong.review.report import diff_page
        except ImportError as error:
            raise missing_extra(error, "review") from error
        write_whole(html, diff_page(found, old, new, lang).encode())
        say(f"{html}: written")
    if as_json:
        click.echo(json.dumps(found.json(), ensure_ascii=False, indent=1))
    elif html is None:
        from juanzong.review.words import words

        for line in lines_of(found, sys.stdout.isatty() if color is None else color, words(lang)):
            click.echo(line, color=True)
    sys.exit(1 if found else 0)
