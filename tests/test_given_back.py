"""Memory that was freed goes back to the system, where the C library can do that."""

from __future__ import annotations

import ctypes
import subprocess
import sys

import pytest

from juanzong.core import given_back

# Blocks are freed, but for one in a hundred: these keep the C library from giving back the rest by itself.
HELD = """
from juanzong.core.given_back import give_back_memory

def held():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS"))

blocks = [bytes(100_000) for _ in range(1000)]
blocks = blocks[::100]
before = held()
give_back_memory()
print(before - held())
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="another C library than glibc")
def test_what_was_freed_is_given_back() -> None:
    done = subprocess.run([sys.executable, "-c", HELD], capture_output=True, text=True, check=True)
    assert int(done.stdout) > 50_000  # kB, of 99,000


def test_without_such_a_call_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda name: object())
    given_back._trim.cache_clear()
    given_back.give_back_memory()
    given_back._trim.cache_clear()
