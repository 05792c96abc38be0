"""Whether a reader gave out all that its file prints: a second, simple walk over the file, against the source text.

The walk knows nothing of layout. It takes the letters and figures of a file, as its format stores them, and asks that
each is in the text, or in what the reader says that it left out.
"""

from __future__ import annotations

import html
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import regex as re

from juanzong.core.errors import JuanzongError
from juanzong.core.source import PageReport, Source
from juanzong.read import READERS
from juanzong.read.detect import detect, json_kind
from juanzong.read.html import html_text
from juanzong.read.html_mend import mended
from juanzong.read.json_file import load_json, tool_values
from juanzong.read.unread import texts_in

CHECK = "reader-lost-text"
_MOST_TOLD = 20  # places in one finding
_SHOWN = 60  # characters of each
_NO_LETTER = re.compile(r"[^\p{L}\p{N}]+")
_CODE = re.compile(
    r"<!--(?:-?>|.*?--!?>)|<(script|style|noscript|template|title|svg|iframe|object)\b.*?</\1\s*>|<%.*?%>|<\?.*?\?>",
    re.DOTALL | re.IGNORECASE,
)
_MARKUP = re.compile(r"""<[/!?%A-Za-z](?:[^>=]|=\s*(?:"[^"]*"|'[^']*')?)*(?:>|\Z)""")
_LINK = re.compile(r"(?<=\])\([^()\s]*\)")  # of Markdown: the address
_TABLE = re.compile(r"<t[dhr]\b", re.IGNORECASE)
_FALLBACK = re.compile(r"<mc:Fallback\b.*?</mc:Fallback>", re.DOTALL)
_RUN = re.compile(r"<(?:w:(?:t|delText)|m:t)(?:\s[^>]*)?>([^<]*)<")
_WORD_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")


class Lost(NamedTuple):
    """A text of the file that is nowhere in what was read: where it stands, what it says."""

    place: str
    text: str


Walk = Callable[[Path], Iterator[Lost]]


def letters(text: str) -> str:
    """Letters and figures alone, whatever their width and height.

    >>> letters("ＰＭ₂.₅，10⁴ 吨")
    'PM25104吨'
    """
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", text))


def with_losses(source: Source, path: Path, walk: str) -> Source:
    """The source, with a report of what its reader lost of the file, walked as its format is (see READERS)."""
    lost = lost_texts(path, walk, source.text, [r.text for r in source.reports])
    if not lost:
        return source
    told = "；".join(f"{x.place}：{x.text[:_SHOWN]}" for x in lost[:_MOST_TOLD])
    message = f"读出的文字少于文件中的文字，{len(lost)} 处：{told}"
    return replace(source, reports=(*source.reports, PageReport(0, "error", CHECK, message)))


def lost_of_file(path: Path, text: str, findings: Sequence[dict[str, Any]]) -> list[Lost]:
    """What an output lost of its file: `text` is its source text, `findings` what it says of itself."""
    try:
        walk = READERS[detect(path)].walk
        told = [str(f["evidence"]["text"]) for f in findings if "text" in f.get("evidence", {})]
        return lost_texts(path, walk, text, told)
    except (JuanzongError, OSError):
        return []  # no file that a reader knows


def lost_texts(path: Path, walk: str, text: str, left_out: Sequence[str]) -> list[Lost]:
    """What stands in the file and neither in the text nor in what was `left_out`; nothing where no second walk is known
    for the format."""
    if not walk:
        return []
    found = [Lost(x.place, bare) for x in _WALKS[walk](path) if (bare := letters(x.text))]
    have = letters("\n".join((text, *left_out)))
    if walk in _EACH_ONCE:
        missing = Counter("".join(x.text for x in found))
        missing.subtract(Counter(have))
        if not any(n > 0 for n in missing.values()):
            return []
    gone = [x for x in found if x.text not in have]
    if walk in _EACH_ONCE and not gone:
        few = "".join(c * n for c, n in missing.items() if n > 0)
        return [Lost("file", few)]
    return gone


def _web_page(path: Path) -> Iterator[Lost]:
    source, _ = mended(html_text(path.read_bytes(), path.name))
    bare = _CODE.sub(lambda m: "\n" * m[0].count("\n"), source)
    line, at = 1, 0
    for m in [*_MARKUP.finditer(bare), None]:
        piece = bare[at : m.start() if m else len(bare)]
        if piece.strip():
            yield Lost(f"line {line}", html.unescape(piece))
        if m:
            line += bare.count("\n", at, m.end())
            at = m.end()


def _word_file(path: Path) -> Iterator[Lost]:
    with zipfile.ZipFile(path) as archive:
        for name in _WORD_PARTS:
            if name in archive.namelist():
                xml = _FALLBACK.sub("", archive.read(name).decode("utf-8", errors="replace"))
                for k, paragraph in enumerate(xml.split("</w:p>"), 1):
                    said = "".join(html.unescape(m[1]) for m in _RUN.finditer(paragraph))
                    if said.strip():
                        yield Lost(f"{name.removeprefix('word/')}, paragraph {k}", said)


def _tool_file(path: Path) -> Iterator[Lost]:
    for n, (_, value) in enumerate(tool_values(load_json(path), json_kind), 1):
        for text in texts_in(value):
            markup = mended(text)[0] if _TABLE.search(text) else text
            for line in _LINK.sub("", _CODE.sub("", markup)).split("\n"):
                for part in _MARKUP.split(line):
                    yield Lost(f"part {n}", html.unescape(part))


_WALKS: dict[str, Walk] = {
    "html": _web_page,
    "docx": _word_file,
    "json": _tool_file,
}
_EACH_ONCE = ("html", "docx")  # formats that hold each text once: the letters must be as many as in the file
