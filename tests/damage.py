"""Made-up texts with one defect each, and what it changes in all that is said of them: the less, the better."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import unified_diff
from pathlib import Path

import regex as re

from said import said

Lines = Sequence[str]
_NUMBER = re.compile(r"<\d+>")
_STEP = 37  # lines of text from the place of one defect to that of the next
BUNDLES = Path(__file__).parent / "cases" / "bundles"
STRAYS = (BUNDLES.parent / "strays.txt").read_text("utf-8").splitlines()
INSIDE = ("[1]", "①", "《", "“", "（", "**", "<", "$", "12", "\f", "English words", "。", "\t")


def _stray(text: str) -> Callable[[Lines, int], list[str]]:
    return lambda lines, at: [*lines[:at], text, *lines[at:]]


def _inside(text: str) -> Callable[[Lines, int], list[str]]:
    def put(lines: Lines, at: int) -> list[str]:
        half = len(lines[at]) // 2
        return [*lines[:at], lines[at][:half] + text + lines[at][half:], *lines[at + 1 :]]

    return put


DEFECTS: dict[str, Callable[[Lines, int], list[str]]] = {
    **{s: _stray(s) for s in STRAYS},
    **{f"… {s!r} …": _inside(s) for s in INSIDE},
    "lost line": lambda lines, at: [*lines[:at], *lines[at + 1 :]],
    "doubled line": lambda lines, at: [*lines[: at + 1], *lines[at:]],
    "swapped lines": lambda lines, at: [*lines[:at], *lines[at : at + 2][::-1], *lines[at + 2 :]],
    "broken line": _inside("\n"),
    "glued lines": lambda lines, at: [*lines[:at], "".join(lines[at : at + 2]), *lines[at + 2 :]],
    "lost page": lambda lines, at: [*lines[:at], *lines[at + 12 :]],
}


def damages(name: str) -> Iterator[str]:
    """Each defect in some place of a bundle, with the lines that are said otherwise (-, +)."""
    lines = (BUNDLES / f"{name}.txt").read_text("utf-8").split("\n")
    told = [at for at, line in enumerate(lines[:-1]) if line.strip()]
    sound = said("\n".join(lines))
    for n, (kind, put) in enumerate(DEFECTS.items()):
        at = told[n * _STEP % len(told)]
        changed = otherwise(sound, said("\n".join(put(lines, at))))
        yield "\n".join([f"=== line {at + 1}, {lines[at][:24]!r}: {kind!r}", *changed])


def otherwise(sound: Lines, other: Lines) -> list[str]:
    """The lines that are said otherwise (-, +), without the numbers of documents: one more at the head would move all
    of them."""
    a, b = ([_NUMBER.sub("<>", line) for line in lines] for lines in (sound, other))
    return [x for x in unified_diff(a, b, n=0, lineterm="") if x[:2] not in ("--", "++", "@@")]
