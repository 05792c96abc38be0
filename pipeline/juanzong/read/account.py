"""Whether a reader gave out all that its file prints: a second, simple walk over the file, against the source text.

The walks (`walks`) know nothing of layout and share nothing with the readers. They take the letters and figures of a file,
as its format stores them; each must be in the text, or in what the reader says that it left out.
"""

from __future__ import annotations

import html
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import regex as re

from juanzong.core.errors import JuanzongError
from juanzong.core.source import PageReport, Source
from juanzong.read import READERS
from juanzong.read.detect import detect
from juanzong.read.folder import files_in
from juanzong.read.packed import PACKINGS, unpacked
from juanzong.read.pdf_lost import FEW, GIVEN_UP, SHARE, counted
from juanzong.read.walks import WALKS, Seen
from juanzong.read.walks_packed import layer_texts

CHECK = "reader-lost-text"
_MOST_TOLD = 20  # places in one finding
_SHOWN = 60  # characters of each
_NEAR = 4_000  # characters behind the last text found, where the next one is looked for first
_NO_LETTER = re.compile(r"[^\p{L}\p{N}]+")


class Lost(NamedTuple):
    """A text of the file that is nowhere in what was read: where it stands, what it says."""

    place: str
    text: str


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
    texts = "\n".join(x.text for x in lost)
    return replace(source, reports=(*source.reports, PageReport(0, "error", CHECK, message, texts)))


def lost_of_file(path: Path, text: str, findings: Sequence[dict[str, Any]]) -> list[Lost]:
    """What an output lost of its file or folder: `text` is its source text, `findings` what it says of itself."""
    told = [f for f in findings if "page" in f.get("evidence", {})]  # a reader's
    texts = [str(f["evidence"].get("text", "")) for f in told]
    given_up = {f["evidence"]["page"] for f in told if f["check"] in GIVEN_UP}
    try:
        return _lost_of(path, text, texts, given_up)
    except (JuanzongError, OSError):
        return []  # no file that a reader knows


def _lost_of(path: Path, text: str, texts: Sequence[str], given_up: Set[int]) -> list[Lost]:
    """The same of a file, of those in a folder or in an archive."""
    kind = detect(path)
    if kind == "folder":
        return [lost for file in files_in(path) for lost in _lost_of(file, text, texts, given_up)]
    if kind in PACKINGS:
        with unpacked(path, kind) as (home, _):
            return _lost_of(home, text, texts, given_up)
    if kind == "pdf":
        return _lost_pages(path, text, texts, given_up)
    return lost_texts(path, READERS[kind].walk, text, texts)


def _lost_pages(path: Path, text: str, told: Sequence[str], given_up: Set[int]) -> list[Lost]:
    """Of a PDF, whose characters two libraries may decode differently: pages of which more is missing than that."""
    have = counted("\n".join((text, *told)))
    layers = {f"page {n}": counted(t) for n, t in layer_texts(path, given_up).items()}
    lost = sum(layers.values(), Counter()) - have
    if sum(lost.values()) <= max(FEW, SHARE * sum(have.values())):
        return []
    shares = {place: "".join(sorted((layer & lost).elements())) for place, layer in layers.items()}
    return [Lost(place, share) for place, share in shares.items() if share]


def lost_texts(path: Path, walk: str, text: str, left_out: Sequence[str]) -> list[Lost]:
    """What stands in the file and neither in the text nor in what was `left_out`; nothing where no second walk is known
    for the format."""
    if not walk:
        return []
    have = "\n".join((text, *left_out))
    shown = html.unescape(have) if "&" in have else have  # a text may show what markup writes: &lt;
    written = [letters(said) for said in dict.fromkeys((have, shown))]
    found = [_missing(seen, said) for seen in WALKS[walk](path) for said in written]
    return min(found, key=lambda lost: sum(len(x.text) for x in lost), default=[])


def _finder(have: str) -> Callable[[str], bool]:
    """Whether a text stands in `have`: asked for one after another, they mostly stand in that order, and close together."""
    at = 0
    known: dict[str, bool] = {}

    def holds(text: str) -> bool:
        nonlocal at
        found = have.find(text, at, at + _NEAR + len(text))
        if found < 0:
            if text in known:
                return known[text]
            found = have.find(text)
            known[text] = found >= 0
        if found >= 0:
            at = found + len(text)
        return found >= 0

    return holds


def _missing(seen: Sequence[Seen], have: str) -> list[Lost]:
    """Texts that are not there as they stand, but for those whose letters are all there elsewhere: a reader may part and
    sort what it reads."""
    bare = [(s, text) for s in seen if (text := letters(s.text))]
    once = Counter("".join(text for s, text in bare if s.once))
    once.subtract(Counter(have))
    few = Counter({c: n for c, n in once.items() if n > 0})
    holds = _finder(have)
    gone = [Lost(s.place, text) for s, text in bare if (not s.once or few) and not holds(text)]
    if few and not gone:
        return [Lost("file", "".join(few.elements()))]
    return gone
