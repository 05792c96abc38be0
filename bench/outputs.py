"""Outputs that a hand damaged: whether `juanzong audit`, without deriving the output again, sees each damage.

    python bench/outputs.py FOLDER SOURCE [--each 200] [--seed 1]

FOLDER is an output of the program, SOURCE what it was made from. One value, row, file or character of a copy is changed, as
an editor, a merge or a script may; the audit must find a fault. Prints the damages that it did not see.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from juanzong.core.errors import JuanzongError
from juanzong.output.audit import audit

_OTHER: dict[type, Sequence[Any]] = {
    bool: (True, False),
    int: (0, 1, -1, 2, 99),
    float: (0.0, 0.5, 1.0),
    str: ("", "甲", "x"),
}


def places(value: Any, at: str = "") -> list[tuple[Any, Any, str]]:
    """(container, key, JSON Pointer) of every value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    out = []
    for key, item in items:
        out.append((value, key, f"{at}/{key}"))
        out += places(item, f"{at}/{key}")
    return out


def damaged(value: Any, rng: random.Random) -> str:
    """One change of a JSON value, in place, and what was done: "" where nothing came of it."""
    holder, key, at = rng.choice(places(value))
    old = holder[key]
    how = rng.choice(("gone", "other", "other", "text", "text", "swap", "twice", "copied", "number"))
    before = json.dumps(value, ensure_ascii=False)
    if how == "gone":
        del holder[key]
    elif how == "other":
        holder[key] = rng.choice(_OTHER.get(type(old), ([], None)))
    elif how == "number" and isinstance(old, int) and not isinstance(old, bool):
        holder[key] = old + rng.choice((-1, 1))
    elif how == "text" and isinstance(old, str) and old:
        k = rng.randrange(len(old))
        holder[key] = old[:k] + rng.choice(("", "甲", old[k] * 2, "1")) + old[k + 1 :]
    elif how == "copied":
        other, name, _ = rng.choice(places(value))
        holder[key] = json.loads(json.dumps(other[name]))
    elif isinstance(holder, list) and len(holder) > 1:
        k = (key + 1) % len(holder)
        if how == "swap":
            holder[key], holder[k] = holder[k], holder[key]
        else:
            holder.insert(key, json.loads(json.dumps(old)))
    after = json.dumps(value, ensure_ascii=False)
    return f"{how} {at}: {old!r:.60}" if after != before else ""


def damage(folder: Path, rng: random.Random) -> str:
    """One change of an output: of a file's value, or of its rows; what was done."""
    files = sorted(p for p in folder.rglob("*") if p.suffix in (".json", ".jsonl") and p.stat().st_size)
    named = {p: 12 if p.parent == folder else 1 for p in files}  # as many in all documents as in a file of rows
    path = rng.choices(list(named), list(named.values()))[0]
    text = path.read_text("utf-8")
    if path.suffix == ".json":
        value = json.loads(text)
        done = damaged(value, rng)
        path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")
        return f"{path.relative_to(folder)} {done}" if done else ""
    rows = text.removesuffix("\n").split("\n")
    n = rng.randrange(len(rows))
    how = rng.choice(("gone", "twice", "swap", *("value",) * 5))
    done = how
    if how == "gone":
        del rows[n]
    elif how == "twice":
        rows.insert(n, rows[n])
    elif how == "swap" and n + 1 < len(rows):
        rows[n : n + 2] = rows[n : n + 2][::-1]
    else:
        value = json.loads(rows[n])
        done = damaged(value, rng)
        rows[n] = json.dumps(value, ensure_ascii=False)
        how = f"{value.get('check') or value.get('rule') or value.get('kind') or value.get('pointer')}"
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return f"{path.name} line {n + 1} {how} {done}" if done else ""


def seen(folder: Path, source: Path) -> bool:
    try:
        return bool(audit(folder, source).faults)
    except JuanzongError:
        return True


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("source", type=Path)
    parser.add_argument("--each", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng, told, unseen = random.Random(options.seed), 0, Counter[str]()
    say: Callable[[str], None] = lambda text: print(text, flush=True)  # noqa: E731
    with tempfile.TemporaryDirectory() as room:
        while told < options.each:
            copy = Path(room) / options.folder.name
            shutil.copytree(options.folder, copy)
            done = damage(copy, rng)
            if done:
                told += 1
                if not seen(copy, options.source):
                    unseen[done.split(" ")[0]] += 1
                    say(f"unseen: {done}")
            shutil.rmtree(copy)
    say(f"{told - unseen.total()} of {told} seen; unseen by file: {dict(unseen)}")
    return int(unseen.total() > 0)


if __name__ == "__main__":
    sys.exit(main())
