"""juanzong export: outputs in the formats of other programs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from juanzong.output.exports import FORMATS
from juanzong.words import say

_HELP = (
    "Write bundles in the format of another program: clean/<id> folders, or clean/ for all in it.\n\n"
    + "\n\n".join(f"{name}: {form.meaning}." for name, form in FORMATS.items())
)


@click.command(help=_HELP)
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="CLEAN_ID...")
@click.option("--to", "form", type=click.Choice(list(FORMATS)), required=True, help="What to write.")
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, metavar="PATH", help="File or folder.")
@click.option(
    "--max-chars", type=int, default=None, help="Longest chunk, in characters (chunks only).  [default: 1000]"
)
def export(folders: tuple[Path, ...], form: str, out: Path, max_chars: int | None) -> None:
    import importlib

    from juanzong.core.errors import JuanzongError
    from juanzong.core.targets import keep_apart, may_write_file
    from juanzong.output.aside import unwritable
    from juanzong.output.exports.many import bundles_of, outputs_of

    chosen = FORMATS[form]
    if max_chars is not None and form != "chunks":
        raise JuanzongError(f"--max-chars is for --to chunks; leave it out for {form}")
    found = outputs_of(folders)
    if chosen.endings:
        may_write_file(out, chosen.endings, folders)
    else:
        keep_apart(out, folders)
        if out.exists() and not out.is_dir():
            raise JuanzongError(f"{out}: is a file; {form} writes a folder")
    options: dict[str, Any] = {"max_chars": 1000 if max_chars is None else max_chars} if form == "chunks" else {}
    module = importlib.import_module(f"juanzong.output.exports.{chosen.module}")
    try:
        told = module.write(bundles_of(found), out, **options)
    except OSError as error:
        raise unwritable(out, os.strerror(error.errno) if error.errno else error) from error
    say(f"{len(found)} bundles → {out}: {told}")
