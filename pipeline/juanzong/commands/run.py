"""juanzong run: bundles in, clean/<id>/ out."""

from __future__ import annotations

import gc
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import click

from juanzong.core.collecting import YOUNG
from juanzong.words import say

_ORDER = ("info", "warning", "error")


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--out",
    default="clean",
    show_default=True,
    help="Folder (or URL) that holds the bundles' folders.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["info", "warning", "error", "never"]),
    default="never",
    show_default=True,
    help="Exit 1 on findings this severe.",
)
@click.option("--one", is_flag=True, help="A folder is one bundle, its files in natural order.")
@click.option("--recursive", is_flag=True, help="Also the files of folders inside a folder.")
@click.option("--second-reader", type=click.Choice(["tesseract"]), help="Read scans again where it matters.")
@click.option("--jobs", type=click.IntRange(1), default=None, help="Processes, for bundles and for the pages of scans.")
@click.option("--resume", is_flag=True, help="Skip bundles whose output is there and up to date.")
@click.option("--cache", metavar="DIR", help="Folder for recognised pages, shared by all processes.")
@click.option("--cache-size", type=click.IntRange(0), metavar="MB", help="Megabytes it may hold.")
@click.option("--ray", metavar="ADDRESS", help="Run on a Ray cluster; `local` starts one here.")
@click.option(
    "--summary",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a table of all inputs as JSON.",
)
@click.option("--stop-after", metavar="PASS", help="Write nothing; show what this pass made of each input.")
@click.option("--quiet", is_flag=True, help="No progress, no summary.")
@click.pass_context
def run(
    ctx: click.Context,
    paths: tuple[str, ...],
    out: str,
    fail_on: str,
    one: bool,
    recursive: bool,
    second_reader: Literal["tesseract"] | None,
    jobs: int | None,
    resume: bool,
    cache: str | None,
    cache_size: int | None,
    ray: str | None,
    summary: Path | None,
    stop_after: str | None,
    quiet: bool,
) -> int:
    """Read bundles (files, folders of them, URLs, or @FILE with one of these a line) and write one folder each."""
    from juanzong.batch.many import Plan, run_many

    if not out:
        raise click.UsageError("--out is empty; give a folder")
    if one and recursive:
        raise click.UsageError("--one takes a folder as one bundle, --recursive as many: give one of them")
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])  # a worker of a batch collects between two bundles
    gc.freeze()
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _leave)
    debug = bool(ctx.obj and ctx.obj["debug"])
    listed = tuple(p for path in paths for p in _listed(path))
    if stop_after is not None:
        return _show_stage(listed, stop_after, one, recursive, out)
    plan = Plan(listed, out, one, recursive, second_reader, jobs, resume, cache, cache_size, ray, summary, quiet, debug)
    rows = run_many(plan, lambda line, wrong: say(line, err=wrong))
    if any(r.status == "failed" for r in rows):
        return 2
    severe = _ORDER[_ORDER.index(fail_on) :] if fail_on != "never" else ()
    return int(any(r.findings[s] for r in rows for s in severe))


def _show_stage(paths: Sequence[str], stage: str, one: bool, recursive: bool, out: str) -> int:
    from juanzong.batch.inputs import find_inputs
    from juanzong.inspection import inspect

    for bundle in find_inputs(paths, out=Path(out), one=one, recursive=recursive).bundles:
        for line in inspect(bundle.path, stage, one=one):
            click.echo(line)
    return 0


def _listed(path: str) -> list[str]:
    """The paths that @FILE lists, one a line; any other path itself."""
    if not path.startswith("@") or Path(path).exists():
        return [path]
    try:
        lines = Path(path[1:]).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{path[1:]}: cannot be read as a list of paths ({error})") from None
    listed = [line.strip() for line in lines if line.strip()]
    if not listed:
        raise click.UsageError(f"{path[1:]}: lists no paths")
    return listed


def _leave(number: int, frame: Any) -> None:
    """On SIGTERM: end as on Ctrl-C, with everything put away."""
    sys.exit(128 + number)
