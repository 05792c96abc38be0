"""All that a run says of made-up texts, to the line: whatever moves is seen, and must be read before it is taken.

The texts are those of the cases in cases/*.json, the bundles in cases/bundles/ and what tools wrote in cases/read/. What
is said of them is kept in cases/said/; `python tests/test_said.py` writes it anew, and `git diff` shows what moved. It is
what is said today, which is not everywhere what ought to be said: a change for the better is written anew, one for the
worse is seen here first.
In damage-*.txt stands what one defect changes in what is said of a bundle: it should be little.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from damage import damages
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
    return "".join(f"=== {name}\n" + "\n".join(said(text)) + "\n\n" for name, text in cases.items())


TEXTS = texts()
FILES = (*TEXTS, "read", "damage-plans", "damage-letters", "damage-slips")


def said_in(file: str) -> str:
    """What a file of said/ is to hold."""
    if file in TEXTS:
        return written(TEXTS[file])
    if file == "read":
        return "".join(
            f"=== {path.name}\n" + "\n".join(said_of(read(path, record_as=path.name))) + "\n\n"
            for path in sorted((CASES / "read").iterdir())
        )
    return "\n\n".join(damages(file.removeprefix("damage-"))) + "\n"


@pytest.mark.parametrize("file", FILES)
def test_what_is_said(file: str) -> None:
    assert said_in(file) == (SAID / f"{file}.txt").read_text("utf-8")


if __name__ == "__main__":
    SAID.mkdir(exist_ok=True)
    for name in FILES:
        (SAID / f"{name}.txt").write_text(said_in(name), "utf-8")
    sys.exit(0)
