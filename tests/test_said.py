"""All that a run says of made-up texts, to the line: whatever moves is seen, and must be read before it is taken.

The texts are those of the cases in cases/*.json, the bundles in cases/bundles/ and what tools wrote in cases/read/. What
is said of them is kept in cases/said/; `python tests/test_said.py` writes it anew, and `git diff` shows what moved. It is
what is said today, which is not everywhere what ought to be said: a change for the better is written anew, one for the
worse is seen here first.
In damage-*.txt stands what one defect changes in what is said of a bundle: it should be little. In changed.txt stands
what small changes of a text change: cases/changed.json has them, found by a search for texts in which conditions and
limits of stages/ decide as in no other one.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from damage import damages, otherwise
from juanzong.read import read
from said import said, said_of
from styles import STYLES
from test_contents_shapes import COVERS, DOCUMENTS, LISTS

CASES = Path(__file__).parent / "cases"
SAID = CASES / "said"


def texts() -> dict[str, dict[str, str]]:
    """{file of said/: {name: text}}"""
    found: dict[str, dict[str, str]] = {}
    for file in ("structure", "cleaning", "texts", "families"):
        cases = json.loads((CASES / f"{file}.json").read_text("utf-8"))
        found[file] = {c["name"]: "\n".join(c["lines"]) for c in cases if "lines" in c}
    for file in ("tables-build", "tables-pages", "tables-checks", "tables-values"):
        cases = json.loads((CASES / f"{file}.json").read_text("utf-8"))
        found[file] = {c.get("name") or c["about"]: "松城市统计表\n\n" + c["text"].replace("%%", "") for c in cases}
    rules = [c for path in sorted(CASES.glob("rules-*.json")) for c in json.loads(path.read_text("utf-8"))]
    found["rules"] = {"rules": "\n\n".join(["松城市绿道规划", *(c.get("before") or c["text"] for c in rules)])}
    found["contents"] = {
        f"{shape}, {cover}": COVERS[cover] + LISTS[shape] + DOCUMENTS for shape in LISTS for cover in COVERS
    }
    for path in sorted((CASES / "bundles").glob("*.txt")):
        text = path.read_text("utf-8")
        found[path.stem] = {style: change(text) for style, change in STYLES.items()}
    return found


def written(cases: dict[str, str]) -> str:
    return "".join(f"=== {name}\n" + "\n".join(_said(text)) + "\n\n" for name, text in cases.items())


def changes() -> Iterator[str]:
    """Each change of a text ([line from 0, how many go, the lines put there], of one text several), with the lines that
    are said otherwise."""
    for case in json.loads((CASES / "changed.json").read_text("utf-8")):
        file, name = case["of"].split("/", 1)
        lines = TEXTS[file][name].split("\n")
        heads = [f"line {at + 1}: {lines[at : at + gone]} -> {new}" for at, gone, new in case["put"]]
        for at, gone, new in reversed(case["put"]):
            lines[at : at + gone] = new
        changed = otherwise(_said(TEXTS[file][name]), said("\n".join(lines)))
        yield "\n".join([f"=== {case['of']}", *heads, *_begun(changed)])


def _begun(lines: Sequence[str]) -> list[str]:
    """The first lines, and of the others the number and a digest."""
    rest = "\n".join(lines[_SHOWN:])
    digest = sha256(rest.encode()).hexdigest()[:8]
    return [*lines[:_SHOWN], *([f"... {len(lines) - _SHOWN} more, {digest}"] if rest else [])]


_SHOWN = 6  # lines that a change says otherwise
_said = cache(said)
TEXTS = texts()
FILES = (*TEXTS, "read", "changed", "damage-plans", "damage-letters", "damage-slips")


def said_in(file: str) -> str:
    """What a file of said/ is to hold."""
    if file in TEXTS:
        return written(TEXTS[file])
    if file == "read":
        return "".join(
            f"=== {path.name}\n" + "\n".join(said_of(read(path, record_as=path.name))) + "\n\n"
            for path in sorted((CASES / "read").iterdir())
        )
    if file == "changed":
        return "\n\n".join(changes()) + "\n"
    return "\n\n".join(damages(file.removeprefix("damage-"))) + "\n"


@pytest.mark.parametrize("file", FILES)
def test_what_is_said(file: str) -> None:
    assert said_in(file) == (SAID / f"{file}.txt").read_text("utf-8")


if __name__ == "__main__":
    SAID.mkdir(exist_ok=True)
    for name in FILES:
        (SAID / f"{name}.txt").write_text(said_in(name), "utf-8")
    sys.exit(0)
