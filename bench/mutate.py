"""Damaged files, many of each format: no reader may crash, and none may lose text without saying so.

    python bench/mutate.py [FILE ...] [--each 300] [--seed 1]

Each file (by default the fixtures of tests/) is cut, holed, garbled, has marks taken out and parts doubled; every result
is read. What comes out must be text in which the second walk over the file (read/account.py) misses nothing, a finding
that says what is missing, or one clear line. Prints a table; exit status 1 where a reader crashed.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from juanzong.core.errors import JuanzongError
from juanzong.read import read

FIXTURES = Path(__file__).parent.parent / "tests" / "fixtures" / "read"
_MARKS = b"<>/\"'{}[]:,=&;\\"


def mutated(data: bytes, rng: random.Random) -> bytes:
    """The bytes with one to three pieces of damage; of a ZIP file, in one of its parts."""
    if data.startswith(b"PK\x03\x04") and rng.random() < 0.9:
        return _in_zip(data, rng)
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
            rng, found = random.Random(f"{options.seed} {file.name}"), Counter[str]()
            for n in range(options.each):
                path = Path(folder) / f"{n}-{file.name}"
                path.write_bytes(mutated(file.read_bytes(), rng))
                said = outcome(path)
                found[said] += 1
                crashed += said.startswith("CRASH")
                if options.keep and said not in ("text", "refused"):
                    options.keep.mkdir(parents=True, exist_ok=True)
                    (options.keep / path.name).write_bytes(path.read_bytes())
                path.unlink()
            print(f"{file.name:32}", ", ".join(f"{n} {said}" for said, n in sorted(found.items())))
    return int(crashed > 0)


if __name__ == "__main__":
    sys.exit(main())
