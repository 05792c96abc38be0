"""Work that a copy of the process does: the same as done here, whatever becomes of the copy."""

from __future__ import annotations

import os
import threading
import time

import pytest

from juanzong.core.aside import another
from juanzong.core.source import Source
from juanzong.run import files, process

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
TEXT = (
    "# 关于被监理工程的通知\n\n各县人民政府：\n\n"
    + "被监理工程的施工承包单位应当按期报送材料。\n\n" * 6000
    + "被监理工程的旋工承包单位应当按期报送材料。\n"
)


def test_it_gives_back_what_it_finds_one_answer_after_another() -> None:
    with another(True, 1_000_000) as other:
        assert other is not None
        there, sum_ = other.ask(os.getpid), other.ask(sum, [1, 2])
        assert sum_() == 3 and there() not in (None, os.getpid())
        long = other.ask(str.__mul__, "甲", 1_000_000)
        assert other.ask(len, "乙" * 1_000_000)() == 1_000_000 and len(long() or "") == 1_000_000


def test_one_that_raises_gives_nothing_and_goes_on() -> None:
    with another(True, 1_000_000) as other:
        assert other is not None
        assert other.ask(int, "甲")() is None and other.ask(int, "1")() == 1


def test_one_that_dies_gives_nothing() -> None:
    with another(True, 1_000_000) as other:
        assert other is not None
        killed = other.ask(os._exit, 1)
        assert killed() is None
        assert other.ask(len, "甲")() is None and other.ask(len, "甲" * 1_000_000)() is None


def test_none_where_threads_are_at_work_or_none_is_wanted() -> None:
    for wanted, size in ((False, 1_000_000), (True, 1000)):
        with another(wanted, size) as other:
            assert other is None
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        with another(True, 1_000_000) as other:
            assert other is None
    finally:
        done.set()
        thread.join()


def test_it_is_gone_afterwards_whatever_it_was_at_work_on() -> None:
    with another(True, 1_000_000) as other:
        assert other is not None
        other.ask(time.sleep, 60)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_the_bytes_are_the_same_with_and_without_a_copy() -> None:
    def made(beside: bool) -> dict[str, str]:
        return files(process(Source("t.txt", "0" * 64, "text/plain", TEXT), "t", aside=beside))

    one, two = made(False), made(True)
    assert one == two
    assert "misread-character" in one["edits.jsonl"]
