"""Processes that do one task at a time. One that dies costs its task, and is replaced."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from juanzong.batch.rows import Row
from juanzong.batch.work import Task, do

_TRIES = (
    2  # a process that was killed may have been innocent (the system was out of memory); one that dies twice is not
)
_EVERY = 0.5  # seconds between two words on how far a bundle is
_LIFE = 200  # bundles; then a fresh process, so that no memory is held by what earlier bundles needed


def in_processes(tasks: Sequence[Task], jobs: int) -> Iterator[tuple[int, Row]]:
    """(place in `tasks`, row) as they are finished; `jobs` processes at most. All are stopped when this ends."""
    if sys.platform == "linux":
        import juanzong.run  # noqa: F401  # once here, for all that are forked

    crew = Crew(jobs, "fork" if sys.platform == "linux" else "spawn")
    for k, task in enumerate(tasks):
        crew.add(k, task)
    try:
        while crew.busy:
            yield from crew.finished()
    finally:
        crew.stop()


class Crew:
    """At most `jobs` processes, started by `method` as there is work and dismissed when there is none."""

    def __init__(self, jobs: int, method: str) -> None:
        self._jobs, self._context = jobs, multiprocessing.get_context(method)
        self._todo: deque[tuple[int, Task]] = deque()
        self._deaths: Counter[int] = Counter()
        self._workers: list[_Worker] = []

    def add(self, k: int, task: Task) -> None:
        """Let it wait for its turn, under the caller's number `k`."""
        self._todo.append((k, task))

    @property
    def busy(self) -> bool:
        return bool(self._todo or self._workers)

    @property
    def running(self) -> dict[int, tuple[int, int]]:
        """The numbers of the tasks in work; pages done and in all of each, where it has pages, else (0, 0)."""
        return {w.work[0]: w.pages for w in list(self._workers)}

    def finished(self, *also: Connection) -> Iterator[tuple[int, Row]]:
        """Hand out what waits; wait until something is done, or one of `also` can be read; give what is done."""
        while self._todo and len(self._workers) < self._jobs:
            worker = _Worker.started(self._context, self._todo.popleft())
            self._workers.append(worker)
        ready = wait([*(w.pipe for w in self._workers), *also])
        for worker in [w for w in self._workers if w.pipe in ready]:
            k, task = worker.work
            try:
                said = worker.pipe.recv()
            except (EOFError, OSError):
                self._workers.remove(worker)
                self._deaths[k] += 1
                if self._deaths[k] < _TRIES:
                    self._todo.appendleft((k, task))
                    continue
                row = task.row("failed", f"{task.path}: {worker.end()}")
            else:
                if isinstance(said, tuple):
                    worker.pages = said
                    continue
                row = said
                if self._todo and worker.done < _LIFE:
                    worker.give(self._todo.popleft())
                else:
                    self._workers.remove(worker)
                    worker.dismiss()
            del self._deaths[k]
            yield k, row

    def stop(self) -> None:
        """End all processes, whatever they do."""
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join()


@dataclass
class _Worker:
    process: BaseProcess
    pipe: Connection
    work: tuple[int, Task]
    done: int = 0
    pages: tuple[int, int] = (0, 0)

    @classmethod
    def started(cls, context: Any, work: tuple[int, Task]) -> _Worker:
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs,), name="juanzong-worker")
        process.start()
        theirs.close()
        worker = cls(process, ours, work)
        worker.give(work)
        return worker

    def give(self, work: tuple[int, Task]) -> None:
        self.work, self.pages = work, (0, 0)
        self.done += 1
        with contextlib.suppress(OSError):  # it is dead: the next look at the pipe says so
            self.pipe.send(work[1])

    def dismiss(self) -> None:
        """Let it end; closing the pipe would not do, later processes hold a copy of our end."""
        with contextlib.suppress(OSError):
            self.pipe.send(None)
        self.process.join()
        self.pipe.close()

    def end(self) -> str:
        """How it ended, for people."""
        self.process.join()
        code = self.process.exitcode or 0
        how = f"was killed ({signal.Signals(-code).name})" if code < 0 else f"ended ({code})"
        return f"the process that read it {how}, twice; is the memory enough?"


def _serve(pipe: Connection) -> None:
    """In a worker: task after task, until the parent closes the pipe or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told too, and ends us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        if task is None:
            return
        pipe.send(do(task, _teller(pipe)))
        gc.collect()


def _teller(pipe: Connection) -> Callable[[int, int], None]:
    """Tells the parent how far a bundle is."""
    told = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told >= _EVERY:
            told = time.monotonic()
            pipe.send((done, total))

    return tell


def _end_with_parent() -> None:
    """A killed parent cannot stop its processes: they do it themselves, and stop theirs."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        for child in multiprocessing.active_children():
            child.kill()
        os._exit(1)
