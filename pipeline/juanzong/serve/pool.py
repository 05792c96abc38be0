"""The one pool of processes of the service: a thread that hands out tasks as they come."""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from multiprocessing import Pipe

from juanzong.batch.rows import Row
from juanzong.batch.work import Task
from juanzong.batch.workers import Crew

_PAUSE = 1.0  # seconds, where the system gives no process


class Pool:
    """`jobs` processes; `finished` is called, in the pool's thread, with a task's number and its row."""

    def __init__(self, jobs: int, finished: Callable[[int, Row], None]) -> None:
        self._finished = finished
        self._crew = Crew(jobs, "spawn")  # a server has threads: what is forked of it may hang
        self._new: deque[tuple[int, Task]] = deque()
        self._ear, self._bell = Pipe(duplex=False)
        self._ringing = threading.Lock()
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="juanzong-pool", daemon=True)
        self._thread.start()

    @property
    def running(self) -> dict[int, tuple[int, int]]:
        """The numbers of the tasks in work, with pages done and in all."""
        return self._crew.running

    def give(self, number: int, task: Task) -> None:
        self._new.append((number, task))
        self._ring()

    def stop(self) -> None:
        """End all processes; what they were at is waiting at the next start."""
        self._ended = True
        self._ring()
        self._thread.join()

    def _ring(self) -> None:
        with self._ringing:
            if not self._ear.poll():  # one ring is enough, and a full pipe would hold up who rings
                self._bell.send_bytes(b"!")

    def _run(self) -> None:
        try:
            while not self._ended:
                if self._ear.poll():
                    self._ear.recv_bytes()
                while self._new:
                    self._crew.add(*self._new.popleft())
                try:
                    for number, row in self._crew.finished(self._ear):
                        self._finished(number, row)
                except OSError as error:
                    print(f"juanzong: no process to work in ({error}); trying again", file=sys.stderr)
                    time.sleep(_PAUSE)
        finally:
            self._crew.stop()
