"""Outputs broken by hand, every kind of damage that a folder of clean/ can take; and how the commands are called."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

WRONG: list[Any] = [
    None, True, -1, 0, 10**30, 1.5, "", "x", "/body/99", "../../etc/passwd", "\ud800", "a\0b", "=1+1", [], {}, [[]],
    {"kind": "scroll"}, "<script>", "/body/" + "9" * 5000, [5, 1], "\x1b[31m", "甲" * 300,
]  # fmt: skip


def broken(folder: Path, seed: int) -> str:
    """Damages one place of the output; says what was done."""
    rng = random.Random(seed)
    path = rng.choice(sorted(p for p in folder.rglob("*") if p.is_file() and p.stat().st_size))
    data = path.read_bytes()
    kind = seed % 8
    if kind == 0:
        path.unlink()
        return f"{path.name} gone"
    if kind == 1:
        at = rng.randrange(len(data))
        path.write_bytes(data[:at] + rng.choice([b"\xff", b"", b"}", b"\0", b'"', b"\n"]) + data[at + 1 :])
        return f"{path.name} changed at {at}"
    if kind == 2:
        path.write_bytes(data[: rng.randrange(len(data))])
        return f"{path.name} cut"
    if path.suffix == ".jsonl":
        lines = data.decode().splitlines()
        if not lines:
            return "nothing"
        n = rng.randrange(len(lines))
        value, told = _changed(json.loads(lines[n]), rng)
        lines[n] = json.dumps(value)
        path.write_text("\n".join(lines) + "\n", "utf-8")
    elif path.suffix == ".json":
        value, told = _changed(json.loads(data), rng)
        path.write_text(json.dumps(value), "utf-8")
    else:
        return "nothing"
    return f"{path.name}: {told}"


def _changed(value: Any, rng: random.Random) -> tuple[Any, str]:
    """The value with one place in it replaced, left out or doubled."""
    holder, key = rng.choice([(h, k) for h, k in _places(value)] or [([value], 0)])
    action = rng.choice(["wrong", "wrong", "wrong", "gone", "twice", "more"])
    was = str(holder[key])[:30]
    if action == "gone":
        del holder[key]
    elif action == "twice" and isinstance(holder, list):
        holder.insert(key, holder[key])
    elif action == "more" and isinstance(holder, dict):
        holder["more"] = 1
    else:
        holder[key] = rng.choice(WRONG)
    return value, f"{action} {key} (was {was})"


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from _places(value[key])


def commands(folder: Path, good: Path, out: Path) -> list[list[str]]:
    """The commands that read an output, on a broken one."""
    f, g = str(folder), str(good)
    return [
        ["show", f, "--depth", "9"],
        ["markdown", f, "-o", str(out / "md")],
        ["tables", f, "-o", str(out / "t.xlsx")],
        ["tables", f, "--to", "csv", "-o", str(out / "t")],
        ["diff", f, g, "--html", str(out / "d.html")],
        ["diff", g, f],
        ["report", f, "-o", str(out / "r.html")],
        ["audit", f],
        ["export", f, "--to", "chunks", "-o", str(out / "c.jsonl")],
        ["export", f, "--to", "sqlite", "-o", str(out / "c.db")],
        ["export", f, "--to", "html", "-o", str(out / "html")],
        ["export", f, "--to", "docx", "-o", str(out / "docx")],
    ]
