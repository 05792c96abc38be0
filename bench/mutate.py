"""Damaged files, many of each format: no reader may crash, and none may lose text without saying so.

    python bench/mutate.py [FILE ...] [--each 300] [--seed 1]

Each file (by default the fixtures of tests/) is cut, holed, garbled, has marks taken out and parts doubled; every result
is read. What comes out must be text in which the second walk over the file (read/account.py) misses nothing, a finding
that says what is missing, or one clear line. Prints a table; exit status 1 where a reader crashed.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from juanzong.core.errors import JuanzongError
from juanzong.read import read

FIXTURES = Path(__file__).parent.parent / "tests" / "fixtures" / "read"
_MARKS = b"<>/\"'{}[]:,=&;\\"


def mutated(data: bytes, rng: random.Random) -> bytes:
    """The bytes with one to three pieces of damage; of a ZIP file, in one of its parts."""
    if data.startswith(b"PK\x03\x04") and rng.random() < 0.9:
        return _in_zip(data, rng)
    if data.lstrip()[:1] in b"[{" and rng.random() < 0.9:
        value = json.loads(data)
        for _ in range(rng.randint(1, 6)):
            _reshape(value, rng)
        return json.dumps(value, ensure_ascii=False).encode()
    for _ in range(rng.randint(1, 3)):
        data = _damaged(data, rng)
    return data


def _damaged(data: bytes, rng: random.Random) -> bytes:
    if len(data) < 8:
        return data
    at = rng.randrange(len(data))
    length = rng.choice((1, 1, 2, 8, 40, 400))
    how = rng.choice(("mark", "mark", "mark", "cut", "hole", "flip", "double", "move"))
    if how == "mark":
        places = [k for k in range(max(0, at - 2000), min(len(data), at + 2000)) if data[k] in _MARKS]
        if places:
            k = rng.choice(places)
            return data[:k] + data[k + 1 :]
    if how == "cut":
        return data[: max(8, at)]
    if how == "hole":
        return data[:at] + data[at + length :]
    if how == "flip":
        return data[:at] + bytes(rng.randrange(32, 127) for _ in range(length)) + data[at + length :]
    if how == "double":
        return data[: at + length] + data[at:]
    to = rng.randrange(len(data))
    piece = data[at : at + length]
    rest = data[:at] + data[at + length :]
    return rest[:to] + piece + rest[to:]


def _reshape(value: Any, rng: random.Random) -> None:
    """One part of a JSON value gone, renamed, wrapped, of another type, or its text damaged; the file stays whole."""
    parts = [value]
    for part in parts:
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        parts += [p for p in inner if isinstance(p, dict | list)]
    part = rng.choice([p for p in parts if p] or [[0]])
    key = rng.choice(list(part) if isinstance(part, dict) else range(len(part)))
    how = rng.choice(("gone", "other", "wrap", "list", "name", "text", "text"))
    old = part[key]
    if how == "gone":
        del part[key]
    elif how == "other":
        part[key] = rng.choice((None, "?", -1, 1e300, [0], {"a": 0}, True))
    elif how == "name" and isinstance(part, dict):
        part[f"{key}_new"] = part.pop(key)
    elif how == "text" and isinstance(old, str):
        part[key] = _damaged(old.encode(), rng).decode(errors="replace")
    else:
        part[key] = {"text": old} if how == "wrap" else [old]


def _in_zip(data: bytes, rng: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = [n for n in old.namelist() if n.endswith((".xml", ".rels"))]
        chosen = rng.choice([n for n in names if "document" in n] * 4 + names)
        for name in old.namelist():
            if name != chosen or rng.random() < 0.95:
                body = old.read(name)
                new.writestr(name, _damaged(body, rng) if name == chosen else body)
    return out.getvalue()


def outcome(path: Path) -> str:
    """What reading the file came to: text, told (what is lost is a finding), refused, or CRASH with its error."""
    try:
        source = read(path, record_as=path.name)
    except JuanzongError as error:
        return "refused" if "\n" not in str(error) else "CRASH: an error of several lines"
    except Exception as error:
        return f"CRASH: {type(error).__name__}: {error}"
    return "told" if any(r.check == "reader-lost-text" for r in source.reports) else "text"


def outcomes(file: Path, each: int, seed: int, folder: Path, keep: Path | None = None) -> Counter[str]:
    """What `each` damaged copies of a file came to; those that crashed a reader or lost text are kept."""
    rng, found = random.Random(f"{seed} {file.name}"), Counter[str]()
    for n in range(each):
        path = folder / f"{n}-{file.name}"
        path.write_bytes(mutated(file.read_bytes(), rng))
        said = outcome(path)
        found[said] += 1
        if keep and said not in ("text", "refused"):
            keep.mkdir(parents=True, exist_ok=True)
            (keep / path.name).write_bytes(path.read_bytes())
        path.unlink()
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--each", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the files that crashed a reader or were told")
    options = parser.parse_args(arguments)
    files = options.files or [p for p in sorted(FIXTURES.iterdir()) if p.suffix in (".html", ".docx", ".json")]
    crashed = 0
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            found = outcomes(file, options.each, options.seed, Path(folder), options.keep)
            crashed += sum(n for said, n in found.items() if said.startswith("CRASH"))
            print(f"{file.name:32}", ", ".join(f"{n} {said}" for said, n in sorted(found.items())))
    return int(crashed > 0)


if __name__ == "__main__":
    sys.exit(main())
