"""Small breakages of the code, one at a time: which of them do the tests notice?

    pip install "mutmut<3"
    python bench/mutants.py [--number 100] [--seed 1] [--rooms tables ...]

Draws mutants at random, of all that mutmut makes of the rooms of stages/ named in TESTS, each as likely as the others: an
operator turned, a figure one more, `and` for `or`, a `not` gone, None for what is assigned, another string. Each is
loaded in a process of its own, which first says all that tests/test_said.py, tests/test_changes.py and tests/test_raw.py
look at (a second or two, up to the first difference); where that is as it was, the mutant is written into a copy of the
tree and the tests that belong to its room are run there until one fails (less than 40 s). Prints each mutant that nothing
noticed, then how many were.

For each survivor: give it a case (as data, in tests/cases/), or delete the condition if nothing needs it; some change
nothing that can be seen (a cache, a first value that is never read). Then draw anew with another seed: at least 75 of 100
are to be noticed.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
STAGES = Path("pipeline/juanzong/stages")
_BELOW = ("core", "model", "language")  # rooms of the package that know no stages
_LONGEST_SAID = 90  # seconds of the processor's time; it takes 30
_LONGEST_TESTS = 900  # seconds by the clock; they take 20 where nothing else runs
TESTS: dict[str, tuple[str, ...]] = {
    room: tuple(f"tests/test_{name}.py" for name in ("structure", "told", *names.split()))
    for room, names in {
        "structure": "note_rests decisions",
        "tables": "tables_build tables_values tables_prints tables_laws table_damage",
        "pieces": "cleaning tables_build tables_laws",
        "documents": "contents_shapes no_titles page_frames cleaning",
        "characters": "rules rules_laws evidence",
    }.items()
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


def says_the_same(mutant: Mutant | None) -> bool:
    """Whether all that is said of the made-up texts and of raw/ is as it was, with the mutant in its file's place."""
    child = os.fork()
    if child == 0:
        same = False
        with contextlib.suppress(BaseException):
            resource.setrlimit(resource.RLIMIT_CPU, (_LONGEST_SAID, _LONGEST_SAID))
            same = _says_the_same(mutant)
        os._exit(0 if same else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _says_the_same(mutant: Mutant | None) -> bool:
    for name in [n for n in sys.modules if _asks_stages(n)]:
        del sys.modules[name]
    if mutant is not None:
        _load_as(ROOT / mutant.file, mutant.text)
    import test_said

    for file in test_said.FILES:
        if test_said.said_in(file) != (test_said.SAID / f"{file}.txt").read_text("utf-8"):
            return False
    import test_changes
    import test_raw

    if test_changes.told() != test_changes.KEPT.read_text("utf-8"):
        return False
    return all(test_raw.unlike(path) == "" for path in test_raw.BUNDLES)


def _asks_stages(module: str) -> bool:
    """Whether a module may have taken something from the stages when it was loaded."""
    room = module.removeprefix("juanzong.").split(".")[0]
    return module.startswith(("test_", "said")) or (module.startswith("juanzong.") and room not in _BELOW)


def _load_as(file: Path, text: str) -> None:
    """From now on the file's module is made of that text."""
    kept = SourceFileLoader.get_code

    def get_code(self: SourceFileLoader, fullname: str) -> Any:
        return compile(text, file, "exec") if Path(self.path) == file else kept(self, fullname)

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign]


def passes(tree: Path, mutant: Mutant) -> bool:
    """Whether the tests of the mutant's room pass in a copy of the tree."""
    room = mutant.file.relative_to(STAGES).parts[0]
    kept = (tree / mutant.file).read_bytes()
    (tree / mutant.file).write_text(mutant.text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *TESTS[room]]
    env = {**os.environ, "PYTHONPATH": str(tree / "pipeline"), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        return subprocess.run(command, cwd=tree, env=env, capture_output=True, timeout=_LONGEST_TESTS).returncode == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        (tree / mutant.file).write_bytes(kept)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--number", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rooms", nargs="*", default=list(TESTS), choices=list(TESTS))
    options = parser.parse_args(arguments)
    sys.path[:0] = [str(ROOT / "pipeline"), str(ROOT / "tests")]
    os.chdir(ROOT)
    import test_said  # noqa: F401

    if not says_the_same(None):
        print("what is said is not what tests/cases/said/ and clean/ have; make them anew first")
        return 2
    mutants = drawn(options.rooms, options.number, options.seed)
    noticed = 0
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        ignore = shutil.ignore_patterns(".git", ".venv", "__pycache__", "node_modules", ".mypy_cache", ".ruff_cache")
        shutil.copytree(ROOT, tree, ignore=ignore)
        for n, m in enumerate(mutants, 1):
            if not says_the_same(m) or not passes(tree, m):
                noticed += 1
            else:
                print(f"{n}. {m}", flush=True)
            print(f"\r{noticed} of {n} noticed", end="", file=sys.stderr, flush=True)
    print(f"{noticed} of {len(mutants)} noticed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
