"""juanzong split: a PDF cut into its documents."""

from __future__ import annotations

from pathlib import Path

import click

from juanzong.words import say


@click.command()
@click.argument("pdf", type=click.Path(path_type=Path), metavar="FILE.pdf")
@click.argument("folder", type=click.Path(path_type=Path), metavar="CLEAN_ID")
@click.option("-o", "--out", type=click.Path(path_type=Path, file_okay=False), required=True, metavar="DIR")
def split(pdf: Path, folder: Path, out: Path) -> None:
    """Write one PDF for each document of clean/<id>, by its pages in FILE.pdf, named by order, type and title."""
    from juanzong.core.errors import JuanzongError
    from juanzong.core.targets import keep_apart
    from juanzong.output.bundle import load_bundle
    from juanzong.output.split import split_pdf

    if not pdf.is_file():
        raise JuanzongError(f"{pdf}: no such file; give the PDF that {folder} was made from")
    keep_apart(out, [folder, pdf])
    bundle = load_bundle(folder)
    written = split_pdf(pdf, bundle, out)
    say(f"{len(written)} of {len(bundle.documents)} documents → {out}")
