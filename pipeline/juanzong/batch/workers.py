"""Processes that do one task at a time. One that dies costs its task, and is replaced."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from juanzong.batch.rows import Row
from juanzong.batch.work import Task, do

_TRIES = (
    2  # a process that was killed may have been innocent (the system was out of memory); one that dies twice is not
)
_LIFE = 200  # bundles; then a fresh process, so that no memory is held by what earlier bundles needed


def in_processes(tasks: Sequence[Task], jobs: int) -> Iterator[tuple[int, Row]]:
    """(place in `tasks`, row) as they are finished; `jobs` processes at most. All are stopped when this ends."""
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    if sys.platform == "linux":
        import juanzong.run  # noqa: F401  # once here, for all that are forked

    todo = list(range(len(tasks)))[::-1]
    tries = [0] * len(tasks)
    workers: list[_Worker] = []
    try:
        while todo or workers:
            while todo and len(workers) < jobs:
                workers.append(_Worker.started(context))
                workers[-1].give(todo.pop(), tasks)
            ready = wait([w.pipe for w in workers])
            for worker in [w for w in workers if w.pipe in ready]:
                k = worker.task
                try:
                    yield k, worker.pipe.recv()
                except (EOFError, OSError):
                    workers.remove(worker)
                    tries[k] += 1
                    if tries[k] < _TRIES:
                        todo.append(k)
                    else:
                        yield k, tasks[k].row("failed", f"{tasks[k].path}: {worker.end()}")
                    continue
                if todo and worker.done < _LIFE:
                    worker.give(todo.pop(), tasks)
                else:
                    workers.remove(worker)
                    worker.dismiss()
    finally:
        for worker in workers:
            worker.process.terminate()
        for worker in workers:
            worker.process.join()


@dataclass
class _Worker:
    process: BaseProcess
    pipe: Connection
    task: int = -1
    done: int = 0

    @classmethod
    def started(cls, context: Any) -> _Worker:
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs,), name="juanzong-worker")
        process.start()
        theirs.close()
        return cls(process, ours)

    def give(self, k: int, tasks: Sequence[Task]) -> None:
        self.task = k
        self.done += 1
        with contextlib.suppress(OSError):  # it is dead: the next look at the pipe says so
            self.pipe.send(tasks[k])

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
        pipe.send(do(task))
        gc.collect()


def _end_with_parent() -> None:
    """A killed parent cannot stop its processes: they do it themselves, and stop theirs."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        for child in multiprocessing.active_children():
            child.kill()
        os._exit(1)
