"""Work that another process does meanwhile: a copy of this one (fork), which does what it is asked and gives back what
it found.

It is made early, when there is little to copy, and is told all that it needs: what this process does to its objects
from then on, it does not see. Whoever asks must be able to do the work himself: where nothing can be forked (other
systems, threads at work), or the copy dies.
"""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import BinaryIO, TypeVar

Found = TypeVar("Found")
_LONG = 100_000  # characters of a bundle for which another process is worth its cost, some 10 ms


class Aside:
    """The other process as this one sees it."""

    def __init__(self, questions: BinaryIO, answers: BinaryIO) -> None:
        self._questions, self._answers = questions, answers
        self._last: Callable[[], object] | None = None

    def ask(self, work: Callable[..., Found], *given: object) -> Callable[[], Found | None]:
        """Let it do work(*given), a function of a module: the function that comes back waits for what it found, None
        where it died or the work raised."""
        if self._last is not None:
            self._last()  # it hears nothing until it has been heard

        @cache
        def found() -> Found | None:
            try:
                told: Found | None = pickle.load(self._answers)
            except (OSError, EOFError, pickle.UnpicklingError):
                return None
            return told

        self._last = found
        with suppress(OSError):  # it has died: there will be no answer
            pickle.dump((work, given), self._questions, protocol=5)
            self._questions.flush()
        return found


@contextmanager
def another(wanted: bool, size: int) -> Iterator[Aside | None]:
    """Another process, as long as this goes on; None where it is not wanted, or not worth its cost for a bundle of `size`
    characters, or none can be made."""
    may = wanted and size > _LONG and hasattr(os, "fork") and threading.active_count() == 1
    other = _copy() if may else None
    if other is None:
        yield None
        return
    child, questions, answers = other
    try:
        yield Aside(questions, answers)
    finally:
        answers.close()
        with suppress(OSError):  # it has died, and a question was not heard to its end
            questions.close()
        with suppress(OSError):
            os.kill(child, signal.SIGKILL)  # what it may still be at work on, nobody asks for
        os.waitpid(child, 0)


def _copy() -> tuple[int, BinaryIO, BinaryIO] | None:
    """Make it: its number, where it is asked, where it answers."""
    try:
        (hears, questions), (answers, speaks) = os.pipe(), os.pipe()
        child = os.fork()
    except OSError:
        return None
    if child:
        os.close(hears)
        os.close(speaks)
        return child, os.fdopen(questions, "wb"), os.fdopen(answers, "rb")
    with suppress(BaseException):  # whatever ends it: an end of the questions, a signal, memory
        os.close(questions)
        os.close(answers)
        with os.fdopen(hears, "rb") as asked, os.fdopen(speaks, "wb") as said:
            while True:
                work, given = pickle.load(asked)
                try:
                    found = work(*given)
                except Exception:  # whoever asked does it himself, and meets it there
                    found = None
                pickle.dump(found, said, protocol=5)
                said.flush()
    os._exit(0)
