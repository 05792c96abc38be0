"""Work that another process does meanwhile: a copy of this one (fork), which gives back what it found and ends.

Only for what is found and not changed: what the copy does to its objects is lost with it. Whoever lets it begin must be
able to do the work himself: where nothing can be forked (other systems, threads at work), or the copy dies.
"""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

Found = TypeVar("Found")


def begin(work: Callable[[], Found]) -> Callable[[], Found | None] | None:
    """Let a copy of this process begin: the function that comes back waits for what it found, None where it died. None
    where no copy can be made."""
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return None
    try:
        read, write = os.pipe()
        child = os.fork()
    except OSError:
        return None
    if not child:
        os.close(read)
        with suppress(BaseException), os.fdopen(write, "wb") as pipe:
            pipe.write(pickle.dumps(work(), protocol=5))
        os._exit(0)
    os.close(write)
    answer = os.fdopen(read, "rb")  # closed where nobody asks any more: the copy ends when it cannot say what it found

    def found() -> Found | None:
        with answer:
            said = answer.read()
        os.waitpid(child, 0)
        try:
            told: Found = pickle.loads(said)
        except (EOFError, pickle.UnpicklingError):
            return None
        return told

    return found
