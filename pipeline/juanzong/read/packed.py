"""Files that hold files (ZIP, a web page saved whole, an electronic book) -> Source: read as the folder that was packed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from juanzong.core.errors import JuanzongError
from juanzong.core.source import PageReport, Source
from juanzong.read.epub import unpack_epub
from juanzong.read.flat_office import unpack_flat
from juanzong.read.folder import read_folder
from juanzong.read.hashes import file_hash
from juanzong.read.mht import unpack_mht
from juanzong.read.options import ReadOptions
from juanzong.read.zip_file import unpack_zip


class Packing(NamedTuple):
    """`unpack` writes the files of one into a folder, to be read in the order of their names, and gives back what is to be
    told of the others; it raises JuanzongError where none can be read."""

    unpack: Callable[[Path, Path], list[PageReport]]
    media_type: str


PACKINGS = {
    "zip": Packing(unpack_zip, "application/zip"),
    "mht": Packing(unpack_mht, "multipart/related"),
    "epub": Packing(unpack_epub, "application/epub+zip"),
    "flat": Packing(unpack_flat, "application/xml"),
}


@contextmanager
def unpacked(path: Path, kind: str) -> Iterator[tuple[Path, list[PageReport]]]:
    """A folder with the files in it, and what is to be told of those left aside."""
    with tempfile.TemporaryDirectory(prefix="juanzong-packed-") as room:
        home = Path(room) / "files"
        home.mkdir()
        yield home, PACKINGS[kind].unpack(path, home)


def read_packed(path: Path, record_as: str, options: ReadOptions, kind: str) -> Source:
    """`kind`: one of PACKINGS. Raises JuanzongError for a file that is damaged, protected, swells, or holds none."""
    with unpacked(path, kind) as (home, told):
        try:
            source = read_folder(home, record_as, options)
        except JuanzongError as error:
            raise JuanzongError(str(error).replace(str(home), str(path))) from None
    reports = (*source.reports, *told)
    return replace(source, sha256=file_hash(path), media_type=PACKINGS[kind].media_type, reports=reports)


read_zip = partial(read_packed, kind="zip")
read_mht = partial(read_packed, kind="mht")
read_epub = partial(read_packed, kind="epub")
read_flat = partial(read_packed, kind="flat")
