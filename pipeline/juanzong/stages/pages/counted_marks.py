"""Marks of a tool's own that count pages: a short line of signs and Latin words that comes back with nothing but a rising
number (~~~ sheet_0002.png ~~~, ※※ P.2 ※※)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import regex as re

from juanzong.language.numbering import heading_of
from juanzong.language.text import nfkc

_LONGEST = 60  # characters of a mark
_LEAST = 3  # marks that show a count
_LEAST_FRAMED = 2  # ... where signs frame the name of a file
_FIGURES = re.compile(r"\d{1,6}")
_SAYS = re.compile(
    r"(?:以下|下面|以上|这)(?:是|为)|的?(?:文字|识别|转写|转录)?(?:内容|结果)(?:如下)?|开始|结束|[上下]接"
)
_WORDS = re.compile(r"(?![第页共张图片扫描之])\p{Han}")  # what no tool's mark says
_FILE = re.compile(r"[^\s\[【(（]{1,40}\.(?:png|jpe?g|tiff?|bmp|webp|pdf|docx?)\b", re.IGNORECASE)
_FRAMED = re.compile(rf"[=~*_+※<>-]{{2,}}\s*{_FILE.pattern}\s*[=~*_+※<>-]{{2,}}", re.IGNORECASE)  # == scan_2.jpg ==
_SIGNED = re.compile(
    r"^#{1,6}\s*\d{1,4}$|第\s*\d+\s*[页张]|^[^\p{L}\p{N}\s|#（(<]{2,}|[^\p{L}\p{N}\s|]{2,}$|\.(?:png|jpe?g|tiff?|bmp|webp|gif|pdf)\b"
    r"|(?<![a-z])(?:page|pg|sheet|scan|img|image|slide|folio|leaf|frame)(?![a-z])",
    re.IGNORECASE,
)


def counted_marks(texts: Sequence[str]) -> set[int]:
    """Indices of the lines that are marks which count pages: the same but for one number, which rises by one from each
    to the next, with text between them.

    >>> sorted(counted_marks(["~ a.png 1 ~", "甲。", "~ a.png 2 ~", "乙。", "~ a.png 3 ~", "图1", "丙", "图2", "丁", "图3"]))
    [0, 2, 4]
    >>> sorted(counted_marks(["== a_1.jpg ==", "甲。", "== a_2.jpg ==", "- 1.1 -", "乙", "- 1.2 -"]))
    [0, 2]
    """
    alike: defaultdict[str, list[int]] = defaultdict(list)
    for i, text in enumerate(texts):
        if 2 <= len(text) <= _LONGEST and _may_count(text):
            alike[_FIGURES.sub("#", nfkc(text))].append(i)
    found: set[int] = set()
    for places in alike.values():
        least = _LEAST_FRAMED if _FRAMED.fullmatch(texts[places[0]]) else _LEAST
        if len(places) >= least and all(b - a > 1 for a, b in pairwise(places)):
            bare = texts[places[0]][0] == "#" and all(texts[i + 1 : i + 2] and texts[i + 1][:1] == "#" for i in places)
            found.update(places if not bare and _counts([texts[i] for i in places]) else ())
    return found


def _may_count(text: str) -> bool:
    return (
        bool(_FIGURES.search(text) and _SIGNED.search(text))
        and not _WORDS.search(_FILE.sub("", _SAYS.sub("", text)))
        and not heading_of(text)
    )


def _counts(texts: Sequence[str]) -> bool:
    """Whether one number of the texts rises by one from each to the next, or by two over an empty page, and the others
    stay."""
    rows = [[int(n) for n in _FIGURES.findall(nfkc(text))] for text in texts]
    columns = list(zip(*rows, strict=True))
    rising = [
        all(b - a in (1, 2) for a, b in pairwise(c)) and sum(b - a == 1 for a, b in pairwise(c)) * 2 >= len(c) - 1
        for c in columns
    ]
    return sum(rising) >= 1 and all(up or len(set(c)) == 1 for up, c in zip(rising, columns, strict=True))
