"""The parts of a Word file (ECMA-376, Open Packaging): XML trees by what they are related as, whatever is dead or missing."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any
from xml.etree import ElementTree
from zlib import error as ZlibError

import regex as re

from juanzong.core.errors import JuanzongError

Element = Any
"""An element of xml.etree; its names are `p`, `m-t` and so on, of the strict and of the transitional namespaces."""

GONE = ("del", "moveFrom")
"""What holds text that tracked changes took away."""

_MAIN = "word/document.xml"
_LARGEST = 400_000_000  # bytes of one part unpacked; a decompression bomb is larger
_MOST_TAGS = 6_000_000  # of one part: a million paragraphs, half a gigabyte as a tree
_SPACES = {
    "wordprocessingml/main": "",
    "officeDocument/math": "m-",
    "officeDocument/2006/math": "m-",
    "wordprocessingml/2006/main": "",
    "markup-compatibility/2006": "mc-",
    "officeDocument/2006/relationships": "r-",
    "officeDocument/relationships": "r-",
    "drawingml/2006/main": "a-",
    "drawingml/main": "a-",
    "drawingml/2006/diagram": "dgm-",
    "drawingml/diagram": "dgm-",
    "office/word/2010/wordml": "w14-",
}
_SPACE = re.compile(r"\{https?://[^}]*?/(?:ooxml/)?(" + "|".join(map(re.escape, _SPACES)) + r")\}")


class Parts:
    """The parts of one file. A part that is not there, or is no XML, is None."""

    def __init__(self, path: Path) -> None:
        """Raises JuanzongError where the file is no whole ZIP, or its document cannot be read."""
        self._path = path
        try:
            self._archive = zipfile.ZipFile(path)
            # some programs part folders as Windows does
            self._names = {name.lower().replace("\\", "/"): name for name in self._archive.namelist()}
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise self._damaged(error) from None
        self.main = next((t for kind, t in self._relations("") if kind == "officeDocument"), _MAIN)
        if self.main.lower() not in self._names:
            self.main = _MAIN
        try:
            self.document = self._parse(self.main)
        except (KeyError, *_BROKEN) as error:
            raise self._damaged(error) from None

    def _damaged(self, error: Exception) -> JuanzongError:
        return JuanzongError(
            f"{self._path}: the Word file is damaged ({type(error).__name__}: {str(error)[:60]}); save it again and give that"
        )

    def related(self, kind: str) -> Iterator[Element]:
        """The trees that the document has as `kind`: styles, numbering, footnotes, header ..."""
        for found, target in self._relations(self.main):
            if found == kind and (tree := self.part(target)) is not None:
                yield tree

    def by_id(self, number: str | None) -> Element | None:
        """The tree that a relationship of the document leads to."""
        return (
            next((self.part(t) for _, t, n in self._all_relations(self.main) if n == number), None) if number else None
        )

    def embedded(self, number: str | None) -> bytes:
        """The bytes of a part that a relationship of the document leads to; none where it is dead."""
        try:
            names = [t for _, t, n in self._all_relations(self.main) if n == number]
            return self._archive.read(self._names[names[0].lower()]) if names else b""
        except (KeyError, *_BROKEN):
            return b""

    def part(self, name: str) -> Element | None:
        """A part's tree."""
        try:
            return self._parse(name)
        except (KeyError, *_BROKEN):
            return None

    def _parse(self, name: str) -> Element:
        info = self._archive.getinfo(self._names[name.lower()])
        if info.file_size > _LARGEST:
            raise ValueError(f"{name} has {info.file_size} bytes")
        data = self._archive.read(info)
        if data.count(b"<") > _MOST_TAGS:
            raise JuanzongError(f"{self._path}: the Word file swells beyond all bounds when it is unpacked; split it")
        tree = ElementTree.fromstring(data)
        for element in tree.iter():
            element.tag = _short(element.tag)
            if element.keys():  # without asking for `attrib`, which makes one for every element
                element.attrib = {_short(key): value for key, value in element.items()}
        return tree

    def _relations(self, source: str) -> Iterator[tuple[str, str]]:
        yield from ((kind, target) for kind, target, _ in self._all_relations(source))

    def _all_relations(self, source: str) -> list[tuple[str, str, str]]:
        """(kind, name of the target, id) of a part's relationships to parts that are there."""
        folder = dirname(source)
        tree = self.part(join(folder, "_rels", source[len(folder) :].lstrip("/") + ".rels"))
        out = []
        for one in tree if tree is not None else ():
            target = one.get("Target", "")
            name = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
            if one.get("TargetMode") != "External" and name.lower() in self._names:
                out.append((one.get("Type", "").rsplit("/", 1)[-1], name, one.get("Id", "")))
        return out


_BROKEN = (
    ElementTree.ParseError, zipfile.BadZipFile, ZlibError, OSError, ValueError, NotImplementedError, RuntimeError, EOFError,
    RecursionError,
)  # fmt: skip


@cache
def _short(name: str) -> str:
    """A name without its namespace: `p` of WordprocessingML, `m-t`, `r-id` and so on of others; unknown ones stay."""
    m = _SPACE.match(name)
    return _SPACES[m[1]] + name[m.end() :] if m else name


def value_of(element: Element | None, child: str, default: str | None = None) -> str | None:
    """The `val` of a child, as properties have it; `default` where the child is not there."""
    found = element.find(child) if element is not None else None
    return found.get("val", default) if found is not None else default


def is_on(element: Element | None, child: str) -> bool | None:
    """Whether a switch is set (`<w:b/>`, `w:val="1"`) or not; None where it is not there."""
    found = element.find(child) if element is not None else None
    return found.get("val", "1").lower() not in ("0", "false", "off") if found is not None else None


def whole_number(text: str | None, default: int = 0) -> int:
    """An attribute's number; the default where it is none.

    >>> whole_number("3"), whole_number("x", 1), whole_number(None)
    (3, 1, 0)
    """
    try:
        return max(-100_000, min(100_000, int(float(text)))) if text else default
    except (ValueError, OverflowError):
        return default
