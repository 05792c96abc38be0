"""JSON of tools that no reader knows (a cloud's OCR, a model's answer, texts page by page): of its fields, the one that says
most is the text. What no such field says is kept as items of unknown shape are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import regex as re

from juanzong.read.unread import NO_TEXT

_LEAST = 50  # Chinese characters of a text; settings and lists of names have fewer under one field
_ALL = 0.95  # of the most that a field says: so much says all of it
_KIND = re.compile(r"block_?type", re.IGNORECASE)
_HAN = re.compile(r"\p{Han}")
_COUNTED = re.compile(r"\d+")
# Of fields that say the same, which is taken: what keeps headings and paragraphs before what keeps lines or words alone.
_RANKS = (
    (re.compile(r"(?:.*/)?(?:md|markdown)(?:_\w+|/text)?", re.IGNORECASE), 0),
    (re.compile(r".*paragraph.*", re.IGNORECASE), 1),
    (re.compile(r".*html.*", re.IGNORECASE), 2),
    (re.compile(r".*word.*", re.IGNORECASE), 5),
    (re.compile(r".*(?:line|textdetection).*", re.IGNORECASE), 4),
)
_OTHER = 3


class Field(NamedTuple):
    """A field (names from the root, figures left out) and what it says, in the file's order."""

    path: str
    texts: list[str]

    @property
    def rank(self) -> int:
        return next((rank for pattern, rank in _RANKS if pattern.fullmatch(self.path)), _OTHER)

    @property
    def text(self) -> str:
        return ("\n" if self.rank > _OTHER else "\n\n").join(self.texts)


def field_of_text(value: Any) -> Field | None:
    """The field that says most of a JSON value, and of several that say as much the one nearest to a text; None where
    no field says as much as a text does.

    >>> lines = ["第一条 为了规范管理，制定本办法。" * 3, "第二条 本办法适用于本县，由县水务局负责解释。"]
    >>> field_of_text({"content": "".join(lines), "paragraphs": [{"content": t} for t in lines]}).path
    'paragraphs/content'
    >>> field_of_text({"name": "某", "scripts": {"build": "tsc"}}) is None
    True
    """
    by_path: defaultdict[str, list[str]] = defaultdict(list)
    for path, text in _strings(value):
        by_path[path].append(text)
    says = {path: sum(len(_HAN.findall(text)) for text in texts) for path, texts in by_path.items()}
    most = max(says.values(), default=0)
    if most < _LEAST:
        return None
    fields = [Field(path, texts) for path, texts in by_path.items() if says[path] >= _ALL * most]
    return min(fields, key=lambda field: field.rank)


def _strings(value: Any) -> Iterator[tuple[str, str]]:
    """(path, string) of each string under a name that may be a text's."""
    stack: list[tuple[Any, str]] = [(value, "")]
    while stack:
        part, path = stack.pop()
        if isinstance(part, dict):
            kind = next((v for k, v in part.items() if _KIND.fullmatch(k) and isinstance(v, str)), "")
            under = f"{path}/{kind}" if kind.lower() in ("line", "word") else path
            named = [
                (v, f"{under}/{_COUNTED.sub('', k)}".lstrip("/")) for k, v in part.items() if not NO_TEXT.fullmatch(k)
            ]
            stack += reversed(named)
        elif isinstance(part, list):
            stack += [(v, path) for v in reversed(part)]
        elif isinstance(part, str) and part.strip():
            yield path, part
