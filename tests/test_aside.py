"""Work that a copy of the process does: the same as done here, whatever becomes of the copy."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from juanzong.core.aside import begin
from juanzong.core.source import Source
from juanzong.run import files, process

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
TEXT = (
    "# 关于被监理工程的通知\n\n各县人民政府：\n\n"
    + "被监理工程的施工承包单位应当按期报送材料。\n\n" * 6000
    + "被监理工程的旋工承包单位应当按期报送材料。\n"
)


def test_a_copy_gives_back_what_it_finds() -> None:
    here = os.getpid()
    found = begin(lambda: (os.getpid(), "甲"))
    assert found is not None
    there = found()
    assert there is not None and there[0] != here and there[1] == "甲"


def test_a_copy_that_dies_or_raises_gives_nothing() -> None:
    killed = begin(lambda: os.kill(os.getpid(), signal.SIGKILL))
    raised = begin(lambda: 1 // 0)
    assert killed is not None and raised is not None
    assert killed() is None and raised() is None


def test_no_copy_where_threads_are_at_work() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert begin(lambda: 1) is None
    finally:
        done.set()
        thread.join()


def test_the_bytes_are_the_same_with_and_without_a_copy() -> None:
    def made(aside: bool) -> dict[str, str]:
        return files(process(Source("t.txt", "0" * 64, "text/plain", TEXT), "t", aside=aside))

    one, two = made(False), made(True)
    assert one == two
    assert "misread-character" in one["edits.jsonl"]
