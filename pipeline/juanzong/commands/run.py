"""juanzong run: bundles in, clean/<id>/ out."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

if TYPE_CHECKING:
    from juanzong.batch.rows import Row
    from juanzong.batch.work import Task

_ORDER = ("info", "warning", "error")
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
@click.option("--recursive", is_flag=True, help="Also the files of folders inside a folder.")
@click.option("--second-reader", type=click.Choice(["tesseract"]), help="Read scans again where it matters.")
@click.option("--jobs", type=click.IntRange(1), default=None, help="Processes, for bundles and for the pages of scans.")
@click.option("--resume", is_flag=True, help="Skip bundles whose output is there and up to date.")
@click.option(
    "--summary",
    "summary_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a table of all inputs as JSON.",
)
@click.option("--stop-after", metavar="PASS", help="Write nothing; show what this pass made of each input.")
@click.option("--quiet", is_flag=True, help="No progress, no summary.")
@click.pass_context
def run(
    ctx: click.Context,
    paths: tuple[Path, ...],
    out: Path,
    fail_on: str,
    one: bool,
    recursive: bool,
    second_reader: Literal["tesseract"] | None,
    jobs: int | None,
    resume: bool,
    summary_file: Path | None,
    stop_after: str | None,
    quiet: bool,
) -> int:
    """Read bundles (files, or folders of them) and write one folder each."""
    from juanzong.batch.inputs import find_inputs, told_aside
    from juanzong.batch.work import Task
    from juanzong.core.targets import may_write_file

    if one and recursive:
        raise click.UsageError("--one takes a folder as one bundle, --recursive as many: give one of them")
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _leave)
    inputs = find_inputs(paths, out=out, one=one, recursive=recursive)
    if summary_file:
        may_write_file(summary_file, (".json",), [b.path for b in inputs.bundles])
    if inputs.aside and not quiet:
        click.echo(f"juanzong: {told_aside(inputs.aside)}", err=True)
    if stop_after is not None:
        from juanzong.inspection import inspect

        for bundle in inputs.bundles:
            for line in inspect(bundle.path, stop_after, one=one):
                click.echo(line)
        return 0
    many = len(inputs.bundles) > 1
    cores = jobs or os.cpu_count() or 1
    processes = min(cores, len(inputs.bundles))
    tasks = [
        Task(
            bundle.id,
            bundle.path,
            out,
            one=one,
            second_reader=second_reader,
            jobs=max(1, cores // processes),
            quiet=quiet or many,
            keep=many or resume,
            resume=resume,
            debug=bool(ctx.obj and ctx.obj["debug"]),
        )
        for bundle in inputs.bundles
    ]
    rows: list[Row] = []
    try:
        for row in _done(tasks, processes, quiet):
            rows.append(row)
            if row.status == "failed" or not quiet:
                click.echo(row.line(out), err=row.status == "failed")
    finally:
        if summary_file:
            rest = [t.row("not run") for t in tasks[len(rows) :]]
            _write_summary(summary_file, [*rows, *rest], inputs.aside)
    if any(r.status == "failed" for r in rows):
        return 2
    severe = _ORDER[_ORDER.index(fail_on) :] if fail_on != "never" else ()
    return int(any(r.findings[s] for r in rows for s in severe))


def _done(tasks: Sequence[Task], processes: int, quiet: bool) -> Iterator[Row]:
    """The rows in the order of the tasks: one bundle in this process, more in processes of their own."""
    from juanzong.batch.work import do

    if len(tasks) == 1:
        yield do(tasks[0])
        return
    from juanzong.batch.workers import in_processes
    from juanzong.core.progress import progress_bar

    tell = progress_bar("juanzong", unit="bundles", quiet=quiet)
    waiting: dict[int, Row] = {}
    told = 0
    for finished, (k, row) in enumerate(in_processes(tasks, processes), 1):
        waiting[k] = row
        while told in waiting:
            if sys.stderr.isatty():
                sys.stderr.write("\r\x1b[K")  # the line takes the bar's place; the bar is drawn again below it
            yield waiting.pop(told)
            told += 1
        tell(finished, len(tasks))


def _write_summary(file: Path, rows: Sequence[Row], aside: Sequence[Path]) -> None:
    import json

    from juanzong.batch.rows import summary
    from juanzong.core.workroom import workroom

    file.parent.mkdir(parents=True, exist_ok=True)
    with workroom(file.parent) as room:
        whole = room / "summary"
        table = summary(rows, aside)
        whole.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        whole.replace(file)


def _leave(number: int, frame: Any) -> None:
    """On SIGTERM: end as on Ctrl-C, with everything put away."""
    sys.exit(128 + number)
