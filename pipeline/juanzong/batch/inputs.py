"""Which bundles the given paths name, and what each is called."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import regex as re

from juanzong.batch.remote import files_at, is_url
from juanzong.core.errors import JuanzongError
from juanzong.core.names import bundle_name, printable
from juanzong.review.beside import ENDING

# What systems and programs put beside files: Windows, macOS, Word (~$), LibreOffice (.~lock., hidden anyway).
_SYSTEM = re.compile(r"\.|~\$|(?:desktop\.ini|ehthumbs\.db|thumbs\.db|icon\r|__macosx)$", re.IGNORECASE)
_TOLD = 3  # names of what was left aside, before "…"


@dataclass(frozen=True)
class Input:
    """One bundle: `path` as given (or found), `id` the name of its folder in the output."""

    id: str
    path: Path
    url: str | None = None


@dataclass
class Inputs:
    """All bundles in order, and what stood in the folders and is none."""

    bundles: list[Input]
    aside: list[Path] = field(default_factory=list)


@dataclass(frozen=True)
class _Found:
    path: Path
    root: Path  # the folder that was given, or the file's own
    url: str | None = None  # then `path` is the URL's own


def find_inputs(paths: Sequence[str | Path], *, out: Path, one: bool = False, recursive: bool = False) -> Inputs:
    """The bundles that the paths name: a file is one; a folder holds many, those of its folders too with `recursive`
    (never those of `out`); with `one` a folder is one. Raises JuanzongError where the only path is not there, and for a
    folder that cannot be listed or has no files in it."""
    found: list[_Found] = []
    aside: list[Path] = []
    for given in paths:
        if is_url(str(given)):
            found += _at_url(str(given), recursive, aside)
            continue
        if not str(given):
            raise JuanzongError("an empty path; give a file or a folder")
        path = Path(given)
        if not path.exists() and len(paths) == 1:
            raise JuanzongError(f"{path}: no such file or folder; check the path")
        if not path.is_dir() or one:  # one of many that is not there fails when it is read, and the others go on
            found.append(_Found(path, path.parent))
            continue
        inside = [_Found(p, path) for p in _walk(path, out.resolve(), recursive, aside)]
        if not inside:
            folders = any(p.is_dir() for p in aside)
            raise JuanzongError(
                f"{path}: no files in it; give a folder that holds bundles" + (", or --recursive" if folders else "")
            )
        found += inside
    return Inputs(_named(_once(found)), aside)


def is_aside(name: str) -> bool:
    """Whether a file of this name is none of a bundle's: hidden, lock, system and decisions files."""
    return bool(_SYSTEM.match(name)) or name.endswith(ENDING)


def _walk(folder: Path, out: Path, recursive: bool, aside: list[Path]) -> Iterator[Path]:
    """Files in the order of their names, then those of the folders in it."""
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        raise JuanzongError(f"{folder}: cannot be listed ({error.strerror}); check its permissions") from error
    folders = []
    for path in inside:
        if is_aside(path.name):
            aside.append(path)
        elif path.is_dir():
            if not recursive or path.is_symlink() or path.resolve() == out:
                aside.append(path)
            else:
                folders.append(path)
        elif path.is_file() or (path.is_symlink() and not path.exists()):  # a link to nowhere is told when it is read
            yield path
        else:
            aside.append(path)
    for path in folders:
        yield from _walk(path, out, recursive, aside)


def _at_url(url: str, recursive: bool, aside: list[Path]) -> Iterator[_Found]:
    for file in files_at(url, recursive):
        path, root = _path_of(file), _path_of(url)
        if file != url and is_aside(path.name):
            aside.append(path)
        else:
            yield _Found(path, root if file != url else root.parent, file)


def _path_of(url: str) -> Path:
    return Path(url.split("://", 1)[1])


def _once(found: Sequence[_Found]) -> list[_Found]:
    """Without inputs named twice."""
    once: dict[str, _Found] = {}
    for f in found:
        once.setdefault(f.url or os.path.realpath(f.path), f)
    return list(once.values())


def _named(found: Sequence[_Found]) -> list[Input]:
    """Ids by the files' stems. Where two would be one (also on file systems that do not tell A from a), both get more
    of their name: the ending, else a hash of their path. No id depends on the order of the inputs."""
    level = [0] * len(found)
    while True:
        ids = [_NAMES[n](f) for f, n in zip(found, level, strict=True)]
        count = Counter(map(_same, ids))
        more = [n + (count[_same(i)] > 1) for i, n in zip(ids, level, strict=True)]
        if more == level:
            return [Input(i, f.path, f.url) for i, f in zip(ids, found, strict=True)]
        level = more


def _same(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _stem(f: _Found) -> str:
    return bundle_name(f.path)


def _with_ending(f: _Found) -> str:
    ending = "" if f.path.is_dir() else printable(f.path.suffix)[1:]
    return bundle_name(f.path, f"-{ending}" if ending else "")


def _hashed(path_of: Callable[[_Found], str]) -> Callable[[_Found], str]:
    def name(f: _Found) -> str:
        mark = hashlib.sha256(os.fsencode(path_of(f))).hexdigest()[:8]
        return bundle_name(f.path, f"-{mark}")

    return name


_NAMES: tuple[Callable[[_Found], str], ...] = (
    _stem,
    _with_ending,
    _hashed(lambda f: f.path.relative_to(f.root).as_posix()),
    _hashed(lambda f: f.path.as_posix()),
    _hashed(lambda f: f.url or os.path.realpath(f.path)),
)


def told_aside(aside: Sequence[Path]) -> str:
    """One line on what was left aside; "" where nothing was.

    >>> told_aside([Path("raw/.DS_Store"), Path("raw/~$a.docx")])
    'left aside 2 in the folders given (hidden, lock, system and decisions files): raw/.DS_Store, raw/~$a.docx'
    """
    if not aside:
        return ""
    names = ", ".join(printable(str(p)) + ("/" if p.is_dir() else "") for p in aside[:_TOLD])
    folders = any(p.is_dir() and not p.is_symlink() and not _SYSTEM.match(p.name) for p in aside)
    kinds = "hidden, lock, system and decisions files" + ("; folders: --recursive reads them" if folders else "")
    more = ", …" if len(aside) > _TOLD else ""
    return f"left aside {len(aside)} in the folders given ({kinds}): {names}{more}"
