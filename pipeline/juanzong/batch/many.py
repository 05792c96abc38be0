"""Many bundles from their inputs to one summary: in this process, in several, or on a cluster."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from juanzong.batch.inputs import Inputs, find_inputs, told_aside
from juanzong.batch.remote import is_url
from juanzong.batch.rows import Row, summary
from juanzong.batch.work import Task, do
from juanzong.core.targets import may_write_file
from juanzong.output.aside import write_whole

Say = Callable[[str, bool], None]
"""Called with a line and whether it goes to the error output."""


@dataclass(frozen=True)
class Plan:
    """What to run. `cache` is a folder for recognised pages and `cache_size` its megabytes (None: as the environment
    says); `ray` is a cluster's address, or `local`; `out` a folder or a URL; `jobs` None: all processors."""

    paths: Sequence[str]
    out: str = "clean"
    one: bool = False
    recursive: bool = False
    second_reader: Literal["tesseract"] | None = None
    jobs: int | None = None
    resume: bool = False
    cache: str | None = None
    cache_size: int | None = None
    ray: str | None = None
    summary: Path | None = None
    quiet: bool = False
    debug: bool = False


def run_many(plan: Plan, say: Say) -> list[Row]:
    """A row for each bundle, in the order of the inputs; their lines are said as they come. Raises JuanzongError where
    there is nothing to begin with; what stops one bundle is in its row."""
    inputs = find_inputs(plan.paths, out=Path(plan.out), one=plan.one, recursive=plan.recursive)
    if plan.summary:
        may_write_file(plan.summary, (".json",), [b.path for b in inputs.bundles if b.url is None])
    if inputs.aside and not plan.quiet:
        say(f"juanzong: {told_aside(inputs.aside)}", True)
    tasks = _tasks(plan, inputs)
    rows: list[Row] = []
    try:
        for row in _rows(plan, tasks):
            rows.append(row)
            failed = row.status == "failed"
            if failed or not plan.quiet:
                say(row.line(plan.out), failed)
    finally:
        if plan.summary:
            rest = [t.row("not run") for t in tasks[len(rows) :]]
            _write_summary(plan.summary, [*rows, *rest], inputs.aside)
    return rows


def _tasks(plan: Plan, inputs: Inputs) -> list[Task]:
    many = len(inputs.bundles) > 1 or plan.ray is not None
    cores = plan.jobs or os.cpu_count() or 1
    away = is_url(plan.out)
    return [
        Task(
            bundle.id,
            bundle.path,
            Path() if away else Path(plan.out),
            bundle.url,
            plan.out.rstrip("/") if away else None,
            one=plan.one,
            second_reader=plan.second_reader,
            jobs=1 if plan.ray else max(1, cores // len(inputs.bundles)),
            quiet=plan.quiet or many,
            keep=many or plan.resume,
            resume=plan.resume,
            cache=plan.cache,
            cache_size=plan.cache_size,
            debug=plan.debug,
        )
        for bundle in inputs.bundles
    ]


def _rows(plan: Plan, tasks: Sequence[Task]) -> Iterator[Row]:
    """The rows in the order of the tasks."""
    if len(tasks) == 1 and not plan.ray:
        yield do(tasks[0])
        return
    if plan.ray:
        from juanzong.batch.cluster import on_ray

        finished = on_ray(tasks, plan.ray, plan.jobs)
    else:
        from juanzong.batch.workers import in_processes

        finished = in_processes(tasks, min(plan.jobs or os.cpu_count() or 1, len(tasks)))
    from juanzong.core.progress import progress_bar

    tell = progress_bar("juanzong", unit="bundles", quiet=plan.quiet)
    waiting: dict[int, Row] = {}
    told = 0
    for done, (k, row) in enumerate(finished, 1):
        waiting[k] = row
        while told in waiting:
            if sys.stderr.isatty():
                sys.stderr.write("\r\x1b[K")  # the line takes the bar's place; the bar is drawn again below it
            yield waiting.pop(told)
            told += 1
        tell(done, len(tasks))


def _write_summary(file: Path, rows: Sequence[Row], aside: Sequence[Path]) -> None:
    table = summary(rows, aside)
    write_whole(file, (json.dumps(table, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
