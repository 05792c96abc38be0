"""Small breakages of the code, one at a time: which of them do the tests notice?

    python bench/mutants.py [--number 100] [--seed 1] [--rooms tables ...] [--jobs 1]

Draws mutants at random from the rooms of stages/ named in TESTS: a comparison turned or shifted by one, `and` for `or`,
a `not` gone, a condition always or never true, a figure one more or less, + for -, `break` for `continue`, True for
False. Each is written into a copy of the tree, and the tests that belong to its room are run there until one fails.
A room's tests must take less than 40 s. Prints each mutant that nothing noticed, then the share of those noticed.

For each survivor: give it a case (as data, in tests/cases/), or delete the condition if nothing needs it. Then draw anew
with another seed; at least 75 of 100 are to be noticed.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
STAGES = Path("pipeline/juanzong/stages")
LONGEST = 40.0  # seconds that a room's tests may take
_EVERY = ("tests/test_structure.py", "tests/test_told.py", "tests/test_raw.py")
TESTS: dict[str, tuple[str, ...]] = {
    "structure": ("tests/test_note_rests.py", "tests/test_decisions.py", *_EVERY),
    "tables": (
        "tests/test_tables_build.py",
        "tests/test_tables_values.py",
        "tests/test_tables_prints.py",
        "tests/test_tables_laws.py",
        "tests/test_table_damage.py",
        *_EVERY,
    ),
    "pieces": ("tests/test_cleaning.py", "tests/test_tables_build.py", "tests/test_tables_laws.py", *_EVERY),
    "documents": (
        "tests/test_contents_shapes.py",
        "tests/test_no_titles.py",
        "tests/test_page_frames.py",
        "tests/test_cleaning.py",
        *_EVERY,
    ),
    "characters": ("tests/test_rules.py", "tests/test_rules_laws.py", *_EVERY),
}
_TURNED = {
    ast.Eq: "!=", ast.NotEq: "==", ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">",
    ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """file[start:end] (bytes) becomes `new`."""

    file: Path
    line: int
    start: int
    end: int
    new: str

    def apply(self, data: bytes) -> bytes:
        return data[: self.start] + self.new.encode() + data[self.end :]


def mutants_of(file: Path) -> list[Mutant]:
    """All mutants of a file, in the order of its text."""
    data = (ROOT / file).read_bytes()
    offsets = [0]
    for line in data.splitlines(keepends=True):
        offsets.append(offsets[-1] + len(line))

    def span(node: ast.expr | ast.stmt) -> tuple[int, int]:
        end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset or 0
        return offsets[node.lineno - 1] + node.col_offset, offsets[end_line - 1] + end_column

    found: list[Mutant] = []
    for node in _code(ast.parse(data)):
        for start, end, new in _changes(node, data, span):
            found.append(Mutant(file, data.count(b"\n", 0, start) + 1, start, end, new))
    return sorted(set(found), key=lambda m: (m.start, m.end, m.new))


def _code(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes that run: no annotations."""
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield child
                yield from _code(child)


def _changes(node: ast.AST, data: bytes, span: object) -> Iterator[tuple[int, int, str]]:
    assert callable(span)
    if isinstance(node, ast.Compare):
        for left, op, right in zip([node.left, *node.comparators], node.ops, node.comparators, strict=False):
            yield from _between(data, span(left)[1], span(right)[0], _TURNED[type(op)])
    elif isinstance(node, ast.BoolOp):
        new, neutral = ("or", "True") if isinstance(node.op, ast.And) else ("and", "False")
        for left, right in zip(node.values, node.values[1:], strict=False):
            yield from _between(data, span(left)[1], span(right)[0], new)
        for value in node.values:  # one condition of several that counts for nothing
            yield (*span(value), neutral)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield span(node)[0], span(node.operand)[0], ""
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        yield (*span(node.test), "True" if not isinstance(node, ast.While) else "False")
        yield (*span(node.test), "False")
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        new = "-" if isinstance(node.op, ast.Add) else "+"
        yield from _between(data, span(node.left)[1], span(node.right)[0], new)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield (*span(node), str(not node.value))
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield (*span(node), repr(node.value + 1))
        yield (*span(node), repr(node.value - 1))
    elif isinstance(node, ast.Break | ast.Continue):
        yield (*span(node), "continue" if isinstance(node, ast.Break) else "break")


def _between(data: bytes, start: int, end: int, new: str) -> Iterator[tuple[int, int, str]]:
    """The operator between two operands, without the brackets beside it."""
    said = data[start:end].decode()
    op = said.strip(" \n()")
    if op and "#" not in op:
        at = start + len(said[: said.index(op)].encode())
        yield at, at + len(op.encode()), new


def drawn(rooms: Sequence[str], number: int, seed: int) -> list[Mutant]:
    """That many mutants of the rooms, each as likely as the others."""
    files = [f.relative_to(ROOT) for room in rooms for f in sorted((ROOT / STAGES / room).glob("*.py"))]
    every = [m for f in files for m in mutants_of(f)]
    return random.Random(seed).sample(every, min(number, len(every)))


def run_tests(tree: Path, room: str, timeout: float) -> tuple[bool, float]:
    """Whether the room's tests pass in a copy of the tree, and the seconds that they took."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *_there(TESTS[room])]
    env = {**os.environ, "PYTHONPATH": str(tree / "pipeline"), "PYTHONDONTWRITEBYTECODE": "1"}
    started = time.perf_counter()
    try:
        passed = subprocess.run(command, cwd=tree, env=env, capture_output=True, timeout=timeout).returncode == 0
    except subprocess.TimeoutExpired:
        passed = False
    return passed, time.perf_counter() - started


def _there(tests: Sequence[str]) -> list[str]:
    return [t for t in tests if (ROOT / t).exists()]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--number", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rooms", nargs="*", default=list(TESTS), choices=list(TESTS))
    options = parser.parse_args(arguments)
    noticed = 0
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        ignore = shutil.ignore_patterns(".git", ".venv", "__pycache__", "node_modules", ".mypy_cache", ".ruff_cache")
        shutil.copytree(ROOT, tree, ignore=ignore)
        usual: dict[str, float] = {}
        for room in options.rooms:
            passed, seconds = run_tests(tree, room, 4 * LONGEST)
            usual[room] = seconds
            print(f"{room}: the tests take {seconds:.1f} s", flush=True)
            if not passed or seconds > LONGEST:
                print(f"{room}: {'they fail' if not passed else 'too long'}; no mutants drawn")
                return 2
        mutants = drawn(options.rooms, options.number, options.seed)
        for m in mutants:
            kept = (tree / m.file).read_bytes()
            (tree / m.file).write_bytes(m.apply(kept))
            room = m.file.relative_to(STAGES).parts[0]
            passed, _ = run_tests(tree, room, 4 * usual[room])
            (tree / m.file).write_bytes(kept)
            noticed += not passed
            if passed:
                said = kept[m.start : m.end].decode()
                print(f"{m.file.relative_to(STAGES)}:{m.line}: {' '.join(said.split())!r} -> {m.new!r}", flush=True)
    print(f"{noticed} of {len(mutants)} noticed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
