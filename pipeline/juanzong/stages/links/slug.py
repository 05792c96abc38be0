"""Titles -> readable ASCII ids: pinyin without tones, character by character."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Sequence

import regex as re

from juanzong.core import tree
from juanzong.language.pinyin import pinyin_of
from juanzong.language.text import fold

_MOST = 60
_HAN = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile(r"[a-z0-9]+")


def slug_of(title: str, room: int) -> str:
    """At most `room` ASCII characters; one that had to be cut ends in four figures of the whole title's hash.

    >>> slug_of("某市水务“十四五”规划", 50)
    'mou-shi-shui-wu-shi-si-wu-gui-hua'
    """
    words = _WORD.findall(_ascii("".join(map(_spoken, fold(title)))))
    slug = "-".join(words)
    if len(slug) <= room:
        return slug
    digest = hashlib.sha1(fold(title).encode()).hexdigest()[:4]
    kept: list[str] = []
    for w in words:
        if len("-".join([*kept, w])) > room - 5:
            break
        kept.append(w)
    return "-".join([*kept, digest])


def _spoken(character: str) -> str:
    """A Chinese character as a word of its own, a blank where it has no reading; any other character itself."""
    return f" {pinyin_of(character)} " if _HAN.match(character) else character


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def name_documents(documents: Sequence[tree.Document]) -> None:
    """Give each document its id: <type>-<slug>. Of two alike, both take figures of what they hold: order plays no part."""
    for d in documents:
        slug = slug_of(d.title.text, _MOST - len(d.type) - 1) or hashlib.sha1(_content(d).encode()).hexdigest()[:8]
        d.id = f"{d.type}-{slug}"
    doubles = {i for i, n in Counter(d.id for d in documents).items() if n > 1}
    seen: Counter[str] = Counter()
    for d in documents:
        if d.id in doubles:
            d.id = f"{d.id[: _MOST - 8].rstrip('-')}-{hashlib.sha1(_content(d).encode()).hexdigest()[:4]}"
            seen[d.id] += 1
            if seen[d.id] > 1:
                d.id += f"-{seen[d.id]}"


def _content(document: tree.Document) -> str:
    parts = [document.title.text]
    for block in tree.walk(document.body):
        if isinstance(block, tree.Paragraph):
            parts.append(block.text.text)
        elif isinstance(block, tree.Table):
            parts += [c.text.text for r in block.rows for c in r.cells]
    return "\n".join(fold(p) for p in parts)
