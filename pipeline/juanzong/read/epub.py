"""An electronic book (.epub) -> its chapters as files, in the order of its list."""

from __future__ import annotations

import posixpath
import zipfile
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import regex as re

from juanzong.core.errors import JuanzongError
from juanzong.core.source import PageReport
from juanzong.read.left_aside import left_aside
from juanzong.read.zip_bounds import open_zip

_CONTAINER = "META-INF/container.xml"
_CODE = re.compile(rb"<head\b.*?</head>|<script\b.*?</script>|<style\b.*?</style>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_PAGES = (".xhtml", ".html", ".htm")


def shows_text(page: bytes) -> bool:
    """Whether a page holds more than tags, as covers and frames of pictures do not.

    >>> shows_text(b"<html><head><title>x</title></head><body><img src='a'/></body></html>"), shows_text("<p>甲".encode())
    (False, True)
    """
    return bool(_CODE.sub(b"", page).strip())


def unpack_epub(path: Path, home: Path) -> list[PageReport]:
    """Its chapters into the folder; tells of pages that its list does not lead to."""
    with open_zip(path, "electronic book") as archive:
        names = set(archive.namelist())
        chapters = [name for name in _listed(archive) if name in names] or _pages(archive)
        if not chapters:
            raise JuanzongError(
                f"{path}: an electronic book whose list leads to no chapter; save it again and give that"
            )
        for n, name in enumerate(chapters, 1):
            if shows_text(data := archive.read(name)):
                (home / f"{n}.html").write_bytes(data)
        return left_aside([name for name in _pages(archive) if name not in chapters])


def _listed(archive: zipfile.ZipFile) -> list[str]:
    """The names of its chapters, each once; none where its list is damaged."""
    try:
        root = ElementTree.fromstring(archive.read(_CONTAINER))
        (package,) = (e.attrib["full-path"] for e in root.iter() if e.tag.endswith("}rootfile"))
        book = ElementTree.fromstring(archive.read(package))
        places = {e.attrib["id"]: e.attrib["href"] for e in book.iter() if e.tag.endswith("}item")}
        order = [places[e.attrib["idref"]] for e in book.iter() if e.tag.endswith("}itemref")]
    except (KeyError, ValueError, ElementTree.ParseError):
        return []
    base = posixpath.dirname(package)
    return list(dict.fromkeys(posixpath.normpath(posixpath.join(base, unquote(href))) for href in order))


def _pages(archive: zipfile.ZipFile) -> list[str]:
    return [name for name in archive.namelist() if name.lower().endswith(_PAGES)]
