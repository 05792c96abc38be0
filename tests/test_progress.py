"""Progress on a terminal, in a log, and not at all."""

from __future__ import annotations

import io

from juanzong.core.progress import progress_bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def ticking(step: float):  # type: ignore[no-untyped-def]
    now = 0.0

    def clock() -> float:
        nonlocal now
        now += step
        return now

    return clock


def run(stream: io.StringIO, step: float, quiet: bool = False) -> str:
    tell = progress_bar("a.pdf", quiet=quiet, stream=stream, clock=ticking(step))
    for done in range(1, 41):
        tell(done, 40)
    return stream.getvalue()


def test_a_terminal_gets_one_line_redrawn() -> None:
    out = run(Terminal(), 0.5)
    assert (
        out.count("\n") == 1
        and out.endswith("\n")
        and "[############............] 20/40 pages" in out
        and "40/40" in out
    )


def test_a_log_gets_a_plain_line_now_and_then() -> None:
    out = run(io.StringIO(), 3.0)
    assert "\r" not in out and 8 <= out.count("\n") <= 14 and "left" in out and out.splitlines()[-1].endswith("in all")


def test_quiet_says_nothing() -> None:
    assert run(io.StringIO(), 3.0, quiet=True) == ""
