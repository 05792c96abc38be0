"""Damaged files, many of each format: no reader may crash, and none may lose text without saying so.

    python bench/mutate.py [FORMAT ...] [--each 300] [--seed 1] [--keep FOLDER] [--whole]

The seeds of each format (mutate_seeds.py) are cut, holed, garbled and recoded; elements of their markup are dropped,
doubled, nested, swapped and renamed, attributes turned; values of their JSON go or change type; parts of archives go. Every
result is read. What comes out must be text in which the second walk over the file (read/account.py) misses nothing, a finding
that says what is missing, or one clear line. `--whole` runs each through the whole program and its audit. Prints a table;
exit status 1 where a reader crashed.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import random
import shutil
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import regex as re

from juanzong.core.errors import JuanzongError
from juanzong.read import office, read
from juanzong.read.detect import detect
from juanzong.read.walks_ole import MARK
from mutate_seeds import ENDINGS, SEEDS, convert

_MARKS = b"<>/\"'{}[]:,=&;\\()"
_CODED = ("text", "markdown", "html", "csv")  # formats in one of several encodings
_TAG = re.compile(r"<(/?)([A-Za-z][\w:]*)((?:\s[^<>]*)?)>")
_NAMES = (
    "td",
    "tr",
    "table",
    "p",
    "div",
    "select",
    "title",
    "script",
    "sup",
    "w:p",
    "w:r",
    "w:tbl",
    "w:tc",
    "w:del",
    "c",
    "row",
)
_STRAYS = ("<", ">", "</table>", "</td></tr></table>", "<table>", "<tr>", "<td>", "<!--", "-->", "<script>", "<select>", "a<b", "&#0;", "&#x110000;",
           "<p hidden>", "</div>", "<br>", "<![CDATA[", "<?", "<%", "\t", "|", "\f", "\ufffd", "甲乙丙")  # fmt: skip
_VALUES = ("", "0", "-1", "99999999", "x", "甲", "1.5", "none", "true", "../NULL")


def mutated(data: bytes, kind: str, rng: random.Random) -> bytes:
    """The bytes with one to three pieces of damage; of an archive, in one of its parts."""
    if data.startswith(b"PK\x03\x04") and rng.random() < 0.9:
        return _in_zip(data, rng)
    if ENDINGS.get(kind) == "json" and rng.random() < 0.9:
        return _in_json(data, rng)
    if data.startswith(MARK) and rng.random() < 0.7:
        return _in_place(data, rng)
    for _ in range(rng.randint(1, 3)):
        data = _changed(data, rng)
    return _recoded(data, rng) if kind in _CODED and rng.random() < 0.2 else data


def _changed(data: bytes, rng: random.Random) -> bytes:
    """One piece of damage: in the structure where there is markup, else in the bytes."""
    if rng.random() < 0.6:
        try:
            text = data.decode("utf-8")
            return (
                _restructured(text, rng).encode("utf-8", "replace") if _TAG.search(text) else _stray(text, rng).encode()
            )
        except UnicodeDecodeError:
            pass
    return _damaged(data, rng)


def _in_place(data: bytes, rng: random.Random) -> bytes:
    """An old Office file with some bytes overwritten: every sector stays where the file's tables say it is."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        at, length = rng.randrange(512, len(out) - 8), rng.choice((1, 1, 2, 8))
        out[at : at + length] = rng.randbytes(length)
    return bytes(out)


def _stray(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(_STRAYS) + text[at:]


def _restructured(text: str, rng: random.Random) -> str:
    """An element gone, doubled, moved into another, in another's place, under another name; a tag gone; attributes turned."""
    found = _elements(text)
    how = rng.choice(("gone", "double", "nest", "swap", "name", "open", "close", "attribute", "attribute", "stray"))
    if how == "stray" or not found:
        return _stray(text, rng)
    a, b, c, d = rng.choice(found)
    if how == "gone":
        return text[:a] + text[d:]
    if how == "double":
        return text[:d] + text[a:d] + text[d:]
    if how == "open":
        return text[:a] + text[b:]
    if how == "close":
        return text[:c] + text[d:]
    if how == "name":
        name = rng.choice(_NAMES)
        return (
            f"{text[:a]}<{name}>{text[b:c]}</{name}>{text[d:]}"
            if rng.random() < 0.7
            else f"{text[:a]}<{name}>{text[b:]}"
        )
    if how == "attribute":
        return text[:a] + _turned(text[a:b], rng) + text[b:]
    e, f, _, h = rng.choice(found)
    if how == "nest":
        return text[:f] + text[a:d] + text[f:] if d <= e or h <= a else text
    first, second = sorted(((a, d), (e, h)))
    if first[1] > second[0]:
        return text
    return (
        text[: first[0]] + text[slice(*second)] + text[first[1] : second[0]] + text[slice(*first)] + text[second[1] :]
    )


def _elements(text: str) -> list[tuple[int, int, int, int]]:
    """Where elements begin, their start tags end, their end tags begin, they end."""
    out, stack = [], []
    for m in _TAG.finditer(text):
        if not m[1]:
            if not m[3].endswith("/"):
                stack.append(m)
        else:
            while stack:
                first = stack.pop()
                if first[2] == m[2]:
                    out.append((first.start(), first.end(), m.start(), m.end()))
                    break
    return out


def _turned(tag: str, rng: random.Random) -> str:
    """A start tag with an attribute gone, doubled, of another value, or one more."""
    given = list(re.finditer(r"\s[\w:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", tag))
    if not given or rng.random() < 0.3:
        name = rng.choice(("rowspan", "colspan", "hidden", "style", "w:val", "class", "r", "t"))
        return f'{tag[:-1]} {name}="{rng.choice(_VALUES)}">'
    m = rng.choice(given)
    how = rng.randrange(4)
    if how == 0:
        return tag[: m.start()] + tag[m.end() :]
    if how == 1:
        return tag[: m.end()] + m[0] + tag[m.end() :]
    if how == 2:
        return tag[: m.end() - 1] + tag[m.end() :]  # the closing quote
    return tag[: m.start()] + m[0].split("=")[0] + f'="{rng.choice(_VALUES)}"' + tag[m.end() :]


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


def _recoded(data: bytes, rng: random.Random) -> bytes:
    """The text in another encoding, its end perhaps cut inside a character."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    encoding = rng.choice(("gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"))
    return text.encode(encoding, "ignore")[: rng.choice((None, None, None, -1))]


def _in_json(data: bytes, rng: random.Random) -> bytes:
    value = json.loads(data)
    if not isinstance(value, dict | list):
        return _changed(data, rng)
    for _ in range(rng.randint(1, 6)):
        _reshape(value, rng)
    if rng.random() < 0.1 and isinstance(value, list):  # JSON lines
        return "\n".join(json.dumps(v, ensure_ascii=False) for v in value).encode()
    if rng.random() < 0.1:
        value = {"code": 0, "data": rng.choice((value, [value], json.dumps(value)))}
    return json.dumps(value, ensure_ascii=rng.random() < 0.2).encode()


def _reshape(value: Any, rng: random.Random) -> None:
    """One part of a JSON value gone, doubled, moved, renamed, wrapped, of another type, or its text damaged."""
    parts = [value]
    for part in parts:
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        parts += [p for p in inner if isinstance(p, dict | list)]
    part = rng.choice([p for p in parts if p] or [[0]])
    key = rng.choice(list(part) if isinstance(part, dict) else range(len(part)))
    how = rng.choice(("gone", "other", "wrap", "list", "name", "twice", "move", "text", "text", "text"))
    old = part[key]
    if how == "gone":
        del part[key]
    elif how == "other":
        part[key] = rng.choice((None, "?", -1, 1e300, [0], {"a": 0}, True))
    elif how == "name" and isinstance(part, dict):
        part[rng.choice((f"{key}_new", "content", "text", "items"))] = part.pop(key)
    elif how == "twice" and isinstance(part, list):
        part.insert(key, json.loads(json.dumps(old)))
    elif how == "move" and isinstance(old, dict | list):
        del part[key]
        other = rng.choice([p for p in parts if isinstance(p, list)] or [[]])
        if other is not part or part is not old:
            other.append(json.loads(json.dumps(old)))
    elif how == "text" and isinstance(old, str):
        part[key] = _changed(old.encode("utf-8", "replace"), rng).decode(errors="replace")
    else:
        part[key] = {"text": old} if how == "wrap" else [old]


def _in_zip(data: bytes, rng: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = rng.choice(
            [n for n in names if re.search(r"document|sheet|Pages|content\.xml|slides/slide|\.x?html|\.txt", n)] * 4
            + names
        )
        for name in names:
            if name != chosen or rng.random() < 0.95:
                body = old.read(name)
                new.writestr(name, _changed(body, rng) if name == chosen else body)
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


def whole_outcome(path: Path) -> str:
    """The same of the whole program: what the audit says of the output, or the pass that failed."""
    import juanzong
    from juanzong.output.audit import audit

    try:
        bundle = juanzong.normalize(path)
    except JuanzongError:
        return "refused"
    except Exception as error:
        return f"CRASH: {type(error).__name__}: {error}"
    failed = [f.message for f in bundle.findings() if f.check == "pass-failed"]
    if failed:
        return f"CRASH: pass-failed: {failed[0][:80]}"
    faults = audit(bundle.save(path.parent / "clean" / path.name), path).faults
    bad = sorted({f.check for f in faults if f.check != "reader-lost-text"})
    return f"CRASH: audit: {', '.join(bad)}" if bad else "told" if faults else "text"


_AT_ONCE = 25  # files that LibreOffice converts in one go: it takes seconds to begin


@contextlib.contextmanager
def _converted(paths: Sequence[Path], folder: Path) -> Iterator[None]:
    """The files that LibreOffice converts are converted in one go, and the reader takes them from there; what did not
    come out is left to the reader's own conversion."""
    by_kind: dict[str, list[Path]] = {}
    for path in paths:
        with contextlib.suppress(JuanzongError):
            by_kind.setdefault(detect(path), []).append(path)
    made: dict[bytes, Path | None] = {}
    for kind, ending in office.TARGETS.items():
        if not by_kind.get(kind):
            continue
        room = folder / f"converted-{kind}"
        room.mkdir()
        copies = [Path(shutil.copyfile(p, room / f"{p.stem}.{office.ENDINGS[kind]}")) for p in by_kind[kind]]
        ended = convert(copies, ending, room)
        for path in by_kind[kind]:
            out = room / f"{path.stem}.{ending}"
            if out.is_file() or ended:
                made[path.read_bytes()] = out if out.is_file() else None
    own = office._convert

    def taken(program: str, path: Path, room: Path, kind: str) -> Path:
        data = path.read_bytes()
        if data not in made:
            return own(program, path, room, kind)
        out = made[data]
        if out is None:
            raise JuanzongError(f"{path}: LibreOffice cannot convert it")
        return out

    office._convert = taken
    try:
        yield
    finally:
        office._convert = own
        for kind in office.TARGETS:
            shutil.rmtree(folder / f"converted-{kind}", ignore_errors=True)


def outcomes(
    kind: str, each: int, seed: int, folder: Path, keep: Path | None = None, whole: bool = False
) -> Counter[str]:
    """What `each` damaged files of a format came to; those that crashed a reader or lost text are kept."""
    rng, found, seeds = random.Random(f"{seed} {kind}"), Counter[str](), SEEDS[kind](folder)
    for first in range(0, each, _AT_ONCE):
        paths = [folder / f"{n}.{ENDINGS.get(kind, kind)}" for n in range(first, min(first + _AT_ONCE, each))]
        for n, path in enumerate(paths, first):
            path.write_bytes(mutated(seeds[n % len(seeds)], kind, rng))
        with _converted(paths, folder):
            for path in paths:
                said = (whole_outcome if whole else outcome)(path)
                found[said] += 1
                if keep and said not in ("text", "refused"):
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"{kind}-{path.name}").write_bytes(path.read_bytes())
                path.unlink()
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("formats", nargs="*", help=", ".join(SEEDS))
    parser.add_argument("--each", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the files that crashed a reader or were told")
    parser.add_argument("--whole", action="store_true", help="the whole program and its audit")
    options = parser.parse_args(arguments)
    crashed = 0
    with tempfile.TemporaryDirectory() as folder:
        for kind in options.formats or SEEDS:
            found = outcomes(kind, options.each, options.seed, Path(folder), options.keep, options.whole)
            crashed += sum(n for said, n in found.items() if said.startswith("CRASH"))
            print(f"{kind:10}", ", ".join(f"{n} {said}" for said, n in sorted(found.items())), flush=True)
    return int(crashed > 0)


if __name__ == "__main__":
    sys.exit(main())
