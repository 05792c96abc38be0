"""Small breakages of the code, one at a time: which of them do the tests notice?

    pip install "mutmut<3"
    python bench/mutants.py [--number 100] [--seed 1] [--rooms tables ...]

Draws mutants at random, of all that mutmut makes of the rooms of stages/ named in TESTS, each as likely as the others: an
operator turned, a figure one more, `and` for `or`, a `not` gone, None for what is assigned, another string. Each is
written into a copy of the tree, and the tests that belong to its room are run there until one fails; a room's tests take
less than 40 s. Prints each mutant that nothing noticed, then how many were.

For each survivor: give it a case (as data, in tests/cases/), or delete the condition if nothing needs it; some change
nothing that can be seen (a cache, a first value that is never read). Then draw anew with another seed: at least 75 of 100
are to be noticed.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
STAGES = Path("pipeline/juanzong/stages")
LONGEST = 40.0  # seconds that a room's tests may take
_EVERY = ("tests/test_said.py", "tests/test_raw.py", "tests/test_structure.py", "tests/test_told.py")
TESTS: dict[str, tuple[str, ...]] = {
    "structure": (*_EVERY, "tests/test_note_rests.py", "tests/test_decisions.py"),
    "tables": (
        *_EVERY,
        "tests/test_tables_build.py",
        "tests/test_tables_values.py",
        "tests/test_tables_prints.py",
        "tests/test_tables_laws.py",
        "tests/test_table_damage.py",
    ),
    "pieces": (*_EVERY, "tests/test_cleaning.py", "tests/test_tables_build.py", "tests/test_tables_laws.py"),
    "documents": (
        *_EVERY,
        "tests/test_contents_shapes.py",
        "tests/test_no_titles.py",
        "tests/test_page_frames.py",
        "tests/test_cleaning.py",
    ),
    "characters": (*_EVERY, "tests/test_rules.py", "tests/test_rules_laws.py", "tests/test_evidence.py"),
}


@dataclass(frozen=True)
class Mutant:
    """A file with one line changed."""

    file: Path
    line: int
    old: str
    new: str
    text: str  # of the whole file

    def __str__(self) -> str:
        return f"{self.file.relative_to(STAGES)}:{self.line}: {self.old}\n    {self.new}"


def drawn(rooms: Sequence[str], number: int, seed: int) -> list[Mutant]:
    """That many mutants of the rooms."""
    from mutmut import Context, list_mutations

    files = [f for room in rooms for f in sorted((ROOT / STAGES / room).glob("*.py"))]
    every = [(f, m) for f in files for m in list_mutations(Context(source=f.read_text(encoding="utf-8")))]
    return [_mutant(f, m) for f, m in random.Random(seed).sample(every, min(number, len(every)))]


def _mutant(file: Path, mutation: Any) -> Mutant:
    from mutmut import Context, mutate

    text = file.read_text(encoding="utf-8")
    changed = mutate(Context(source=text, mutation_id=mutation))[0]
    lines = zip(text.splitlines(), changed.splitlines(), strict=False)
    number, old, new = next((n, a, b) for n, (a, b) in enumerate(lines, 1) if a != b)
    return Mutant(file.relative_to(ROOT), number, old.strip(), new.strip(), changed)


def run_tests(tree: Path, room: str, timeout: float) -> tuple[bool, float]:
    """Whether the room's tests pass in a copy of the tree, and the seconds that they took."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *TESTS[room]]
    env = {**os.environ, "PYTHONPATH": str(tree / "pipeline"), "PYTHONDONTWRITEBYTECODE": "1"}
    started = time.perf_counter()
    try:
        passed = subprocess.run(command, cwd=tree, env=env, capture_output=True, timeout=timeout).returncode == 0
    except subprocess.TimeoutExpired:
        passed = False
    return passed, time.perf_counter() - started


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--number", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rooms", nargs="*", default=list(TESTS), choices=list(TESTS))
    options = parser.parse_args(arguments)
    mutants = drawn(options.rooms, options.number, options.seed)
    noticed = 0
    usual: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        ignore = shutil.ignore_patterns(".git", ".venv", "__pycache__", "node_modules", ".mypy_cache", ".ruff_cache")
        shutil.copytree(ROOT, tree, ignore=ignore)
        for room in options.rooms:
            passed, usual[room] = run_tests(tree, room, 4 * LONGEST)
            print(f"{room}: the tests take {usual[room]:.1f} s", flush=True)
            if not passed or usual[room] > LONGEST:
                print(f"{room}: {'too long' if passed else 'they fail'}; no mutants made")
                return 2
        for n, m in enumerate(mutants, 1):
            kept = (tree / m.file).read_bytes()
            (tree / m.file).write_text(m.text, encoding="utf-8")
            room = m.file.relative_to(STAGES).parts[0]
            passed, _ = run_tests(tree, room, 4 * usual[room])
            (tree / m.file).write_bytes(kept)
            noticed += not passed
            if passed:
                print(f"{n}. {m}", flush=True)
    print(f"{noticed} of {len(mutants)} noticed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
