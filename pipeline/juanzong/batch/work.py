"""One bundle of many: from its file to its row of the summary, whatever befalls it."""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from juanzong.batch.rows import Row, counts_of
from juanzong.core.cache_folder import use_cache
from juanzong.core.errors import JuanzongError
from juanzong.core.names import printable

Done = Literal["written", "unchanged"]


@dataclass(frozen=True)
class Task:
    """What a process is told to do. `jobs`: processes for the pages of one scan; `keep`: note what is done, so that a
    later run with `resume` skips it."""

    id: str
    path: Path
    out: Path
    url: str | None = None  # where the input is, if no path of this machine
    out_url: str | None = None
    one: bool = False
    second_reader: Literal["tesseract"] | None = None
    jobs: int = 1
    quiet: bool = True
    keep: bool = False
    resume: bool = False
    cache: str | None = None  # folder for recognised pages
    cache_size: int | None = None  # megabytes
    debug: bool = False

    def row(self, status: Literal["failed", "not run"], error: str | None = None) -> Row:
        """The row of a bundle that has no output of this run."""
        return Row(self.id, self.input, status, error=error and printable(error))

    @property
    def input(self) -> str:
        """The input as people know it."""
        return printable(self.url or self.path.as_posix())

    @property
    def options(self) -> str:
        """What else than input, decisions and program the output depends on."""
        return f"one={self.one} second_reader={self.second_reader}"


def do(task: Task, progress: Callable[[int, int], None] | None = None) -> Row:
    """Carry it out; `progress` is called with pages done and in all, in place of a bar. Raises nothing but what stops
    the whole run (KeyboardInterrupt, SystemExit)."""
    tick = time.perf_counter()
    _forget_peak()
    use_cache(task.cache, task.cache_size)
    try:
        if task.url or task.out_url:
            from juanzong.batch.away import do_away

            status, counts = do_away(task)
        else:
            status = do_here(task, progress)
            counts = counts_of(task.out / task.id)
    except Exception as error:
        if task.debug:
            traceback.print_exc()
        return task.row("failed", told(error, task.input))
    seconds = round(time.perf_counter() - tick, 3)
    return Row(task.id, task.input, status, **counts, seconds=seconds, peak_memory_mb=_peak_memory())


def do_here(task: Task, progress: Callable[[int, int], None] | None = None) -> Done:
    """The same with input and output on this machine. Raises whatever stops it."""
    from juanzong.run import run_bundle  # isort: skip  # with the patterns of the readers, which `resume` imports
    from juanzong.batch import resume
    from juanzong.core.progress import progress_bar

    key = resume.key_of(task.path, task.id, task.options) if task.keep or task.resume else None
    if key and task.resume and resume.stands(task.out, task.id, key):
        return "unchanged"
    result, _ = run_bundle(
        task.path,
        task.id,
        task.out,
        one=task.one,
        second_reader=task.second_reader,
        jobs=task.jobs,
        contain=not task.debug,
        progress=progress or progress_bar(printable(task.path.name), quiet=task.quiet),
    )
    if key and task.keep and resume.is_of(task.path, result.source.sha256, key, task.id, task.options):
        resume.remember(task.out, task.id, key)
    return "written"


def told(error: Exception, path: str) -> str:
    """The one line that people read of an error."""
    if isinstance(error, JuanzongError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{path}: {error.strerror}" + (f" ({error.filename})" if error.filename else "")
    what = type(error).__name__ + (f": {error}" if str(error) else "")
    return f"{path}: the program failed ({what[:200]}); please report it, with what --debug shows"


def _forget_peak() -> None:
    """Let the system's record of the most memory begin anew (Linux)."""
    try:
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
    except OSError:
        return


def _peak_memory() -> float | None:
    """The most memory this process held, in MB: since the last _forget_peak on Linux, else in its life."""
    try:
        with open("/proc/self/status") as file:
            return next(round(int(line.split()[1]) / 1024, 1) for line in file if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        pass
    if os.name != "posix":
        return None
    import resource

    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10  # bytes there, kilobytes elsewhere
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, 1)
