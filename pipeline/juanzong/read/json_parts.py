"""A text that a JSON file tells under several names (title, number, sections with headings): which of them are its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import regex as re

from juanzong.read.json_tables import Said
from juanzong.read.unread import bones

_MANY = 1000  # texts of a field: each is looked for in all that the chosen one says
_MOST = 1.5  # times what the chosen field says: what says more is no part beside it
_PROSE = 0.3  # of the characters stand in sentences: lists of words are no text
_SENTENCE = re.compile(r"[^。；]{8,}[。；：]\s*$", re.DOTALL)
_HAN = re.compile(r"\p{Han}")
# what tells of the file, the tool or the page, and is not printed on it
_ASIDE = re.compile(
    r"(?:err(?:or)?_?)?(?:msg|message|info|status|reason)|prompt|question|query|instruction|summary|abstract|keywords?|tags?|"
    r"desc(?:ription)?|caption|alt(?:_?text)?|notes?|remarks?|comments?|memo|author|creator|producer|source|font\w*|color|style|file\w*|摘要|关键词|备注",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(?:pdf|docx?|jpe?g|png|tiff?|txt|md|html?)\s*$", re.IGNORECASE)


class _Told(Protocol):
    @property
    def path(self) -> str: ...

    @property
    def said(self) -> list[Said]: ...


def parts_beside(chosen: _Told, by_path: Mapping[str, Sequence[Said]]) -> frozenset[str]:
    """The other fields that are parts of the chosen one's text, as a title beside sections is: their texts stand nowhere
    in it and differ among themselves, and together they are prose.

    >>> from juanzong.read.other_json import Field
    >>> body = [Said("第一条 为了规范渡口管理，制定本办法。", "", None), Said("第二条 本办法适用于内河渡口。", "", None)]
    >>> fields = {"body": body, "title": [Said("渡口管理办法", "", None)], "font": body[:1], "body/seen": body[1:]}
    >>> parts_beside(Field("body", body), fields)
    frozenset({'title'})
    """
    some = [path for path, said in by_path.items() if path != chosen.path and _may_be_part(path, said)]
    known = bones("".join(one.text for one in chosen.said)) if some else ""
    out = {path for path in some if _is_part(by_path[path], known)}
    said = [one.text for path in (chosen.path, *out) for one in by_path.get(path, ())]
    prose = sum(len(text) for text in said if _SENTENCE.search(text))
    return frozenset(out) if prose >= _PROSE * sum(map(len, said)) else frozenset()


def _may_be_part(path: str, said: Sequence[Said]) -> bool:
    """Whether a field's texts, not many, differ among themselves, and are no names of files."""
    texts = [one.text for one in said if _HAN.search(one.text)] if len(said) <= _MANY else []
    aside = _ASIDE.fullmatch(path.rsplit("/", 1)[-1]) is not None
    return bool(texts) and not aside and len(set(texts)) == len(texts) and not any(map(_FILE.search, texts))


def _is_part(said: Sequence[Said], known: str) -> bool:
    """Whether the texts of a field stand nowhere in what is known, and do not say much more than that."""
    told = [bones(one.text) for one in said if _HAN.search(one.text)]
    return sum(map(len, told)) <= _MOST * len(known) and not any(text in known for text in told)


def by_page(said: list[Said]) -> list[Said]:
    """The texts in the order of their pages, where each tells its page and no page comes twice: workers finish as they may.

    >>> [one.text for one in by_page([Said("乙", "", 2), Said("甲", "", 1), Said("又", "", 1)])]
    ['甲', '又', '乙']
    >>> [one.text for one in by_page([Said("乙", "", 2), Said("甲", "", 1), Said("丙", "", 2)])]
    ['乙', '甲', '丙']
    """
    pages = [one.page for one in said]
    runs = [page for k, page in enumerate(pages) if k == 0 or page != pages[k - 1]]
    if None in pages or len(set(runs)) < len(runs):
        return said
    return sorted(said, key=lambda one: one.page or 0)
