"""juanzong run: bundles in, clean/<id>/ out."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Literal

import click

_ORDER = {"info": 0, "warning": 1, "error": 2}
_YOUNG = 100_000  # new objects before the collector looks; nearly all that a bundle makes lives until it is written


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out",
    default="clean",
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder that holds the bundles' folders.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["info", "warning", "error", "never"]),
    default="never",
    show_default=True,
    help="Exit 1 on findings this severe.",
)
@click.option("--one", is_flag=True, help="A folder is one bundle, its files in natural order.")
@click.option("--second-reader", type=click.Choice(["tesseract"]), help="Read scans again where it matters.")
@click.option("--jobs", type=click.IntRange(1), default=None, help="Processes for reading scans.")
@click.option("--quiet", is_flag=True, help="No progress, no summary.")
def run(
    paths: tuple[Path, ...],
    out: Path,
    fail_on: str,
    one: bool,
    second_reader: Literal["tesseract"] | None,
    jobs: int | None,
    quiet: bool,
) -> int:
    """Read bundles (files, or folders of them) and write one folder each."""
    from juanzong.core.errors import JuanzongError
    from juanzong.run import inputs_of, run_bundle

    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
    bundles = list(inputs_of(paths, one))
    twice = {i for i, _ in bundles if sum(i == j for j, _ in bundles) > 1}
    if twice:
        raise JuanzongError(f"two inputs would both be bundle {sorted(twice)[0]}; rename one of the files")
    worst, failed = -1, 0
    for bundle_id, path in bundles:
        try:
            result, folder = run_bundle(
                path, bundle_id, out, one=one, second_reader=second_reader, jobs=jobs, quiet=quiet
            )
        except JuanzongError as error:
            if len(bundles) == 1:
                raise
            click.echo(f"juanzong: {error}", err=True)
            failed += 1
            continue
        worst = max([worst, *(_ORDER[f.severity] for f in result.findings)])
        if not quiet:
            click.echo(
                f"{folder}: {len(result.documents)} documents, {len(result.source.text):,} characters, "
                f"{len(result.findings)} findings"
            )
    if failed:
        return 2
    return int(fail_on != "never" and worst >= _ORDER[fail_on])
