"""Inputs and outputs at URLs (s3://, gs://, az://, memory:// ...), by fsspec: fetched before, sent after."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from juanzong.core.errors import JuanzongError

_LAST = "bundle.json"  # sent last: where it stands, all else stands


def is_url(path: str) -> bool:
    """Whether a path names a place that fsspec reaches.

    >>> is_url("s3://bucket/raw"), is_url("raw/a.txt"), is_url("C:/raw")
    (True, False, False)
    """
    return "://" in path


@contextmanager
def _reached(url: str) -> Iterator[tuple[Any, str]]:
    """(file system, path in it) of a URL; what goes wrong with it is one line."""
    try:
        import fsspec  # type: ignore[import-untyped]
    except ImportError:
        raise JuanzongError(f"{url}: URLs need fsspec; install it: pip install 'juanzong[cloud]'") from None
    try:
        yield fsspec.core.url_to_fs(url)
    except ImportError as error:
        raise JuanzongError(f"{url}: {error}") from None
    except FileNotFoundError:
        raise JuanzongError(f"{url}: no such file or folder; check the address") from None
    except JuanzongError:
        raise
    except Exception as error:  # each store's library has errors of its own
        raise JuanzongError(f"{url}: cannot be reached ({str(error)[:200]}); check address and rights") from None


def files_at(url: str, recursive: bool) -> list[str]:
    """The URL itself where it is a file; else those of the files in the folder, in the order of their names."""
    with _reached(url) as (fs, path):
        if fs.isfile(path):
            return [url]
        found = fs.find(path, maxdepth=None if recursive else 1)
        if not found:
            raise FileNotFoundError(url)
        return sorted(fs.unstrip_protocol(f) for f in found)


def fetch(url: str, folder: Path) -> Path:
    """The file, copied into the folder under its name."""
    target = folder / PurePosixPath(url).name
    with _reached(url) as (fs, path), fs.open(path, "rb") as source, target.open("wb") as copy:
        while block := source.read(1 << 20):
            copy.write(block)
    return target


def fetch_if_there(url: str, folder: Path) -> Path | None:
    """The same; None where there is no such file."""
    with _reached(url) as (fs, path):
        return fetch(url, folder) if fs.isfile(path) else None


def write_text(url: str, text: str) -> None:
    """Put a small file at the URL."""
    with _reached(url) as (fs, path):
        fs.makedirs(str(PurePosixPath(path).parent), exist_ok=True)
        fs.pipe_file(path, text.encode("utf-8"))


def send(folder: Path, url: str) -> None:
    """Put a bundle's folder at the URL, in the place of an older output. Object stores rename nothing in one step: the
    old bundle.json goes first and the new one comes last, so that nobody takes a half for a whole."""
    files = {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*")) if p.is_file()}
    with _reached(url) as (fs, path):
        if fs.exists(f"{path}/{_LAST}"):
            fs.rm_file(f"{path}/{_LAST}")
        for name in sorted(files, key=lambda n: (n == _LAST, n)):
            fs.makedirs(str(PurePosixPath(path, name).parent), exist_ok=True)
            fs.pipe_file(f"{path}/{name}", files[name].read_bytes())
        for old in fs.find(f"{path}/documents") if fs.exists(f"{path}/documents") else []:
            if f"documents/{PurePosixPath(old).name}" not in files:
                fs.rm_file(old)
