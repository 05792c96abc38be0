"""The house stays a house: files of one idea each, functions that one can read at a glance."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from radon.complexity import cc_rank, cc_visit

PACKAGE = Path(__file__).parent.parent / "pipeline" / "juanzong"
FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FILE = 300  # lines
LONGEST_FUNCTION = 60


def functions_of(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_files_are_short() -> None:
    lines = {f.relative_to(PACKAGE): f.read_bytes().count(b"\n") for f in FILES}
    assert not {f: n for f, n in lines.items() if n > LONGEST_FILE}, "split it along its ideas"


def test_functions_are_short() -> None:
    long = {
        f"{file.relative_to(PACKAGE)}:{node.lineno} {node.name}": n
        for file in FILES
        for node in functions_of(file)
        if (n := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert not long, "part it into functions with names that say the idea"


@pytest.mark.parametrize("room", sorted({f.relative_to(PACKAGE).parts[0] for f in FILES}))
def test_functions_are_simple(room: str) -> None:
    """None of radon's grade E or F."""
    found = {
        f"{file.relative_to(PACKAGE)}:{block.lineno} {block.name}": block.complexity
        for file in FILES
        if file.relative_to(PACKAGE).parts[0] == room
        for block in cc_visit(file.read_text(encoding="utf-8"))
        if cc_rank(block.complexity) in "EF" and block.letter != "C"
    }
    assert not found, "part it into functions with names that say the idea"
