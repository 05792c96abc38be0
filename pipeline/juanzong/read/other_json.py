"""JSON of tools that no reader knows (a cloud's OCR, a model's answer, texts page by page): of its fields, the one that says
most is the text, and tables told cell by cell stand among it. What neither says is kept as items of unknown shape are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Any, NamedTuple

import regex as re

from juanzong.read.elements import is_margin, kind_of_element
from juanzong.read.json_cells import CellTable, table_in, with_tables
from juanzong.read.json_parts import by_page, parts_beside
from juanzong.read.json_tables import Said, placed
from juanzong.read.unread import NO_TEXT, bones

_LEAST = 50  # Chinese characters of a text; settings and lists of names have fewer under one field
# of one whose parts or tables a tool tells, or that is named a text and tells its page or breaks lines
_LEAST_TOLD = 15
_NAMED = re.compile(r"(?:.*/)?(?:(?:page|full|raw|ocr)?_?(?:text|content)|md|markdown)s?", re.IGNORECASE)
_FEW = 2  # texts: of so many one may but be the other again
_ALL = 0.95  # of the most that a field says: so much says all of it
_KIND = re.compile(r"block_?type", re.IGNORECASE)
_ELEMENT = re.compile(
    r"(?:(?:block|layout|element|region)_?)?(?:type|category|label|class|role)(?:_?name)?", re.IGNORECASE
)
_ID = re.compile(r"/page/(\d{1,6})/")  # Marker's
_REGIONS = re.compile(r"bounding_?(?:regions|boxes|box)|regions|prov", re.IGNORECASE)
_PAGE = re.compile(r"page(?:[_ ]?(?:no|num|number|id|idx|index))?", re.IGNORECASE)
_PAGE_END = "\n\n\n"
_TABLE = "/"  # where tables and their captions are, whatever field the text is
_CAPTION = re.compile(r"(?:table_?)?(?:caption|title)", re.IGNORECASE)
_HAN = re.compile(r"\p{Han}")
_COUNTED = re.compile(r"\d+")
# Of fields that say the same, which is taken: what keeps headings and paragraphs before what keeps lines or words alone.
_RANKS = (
    (re.compile(r"(?:.*/)?(?:md|markdown)(?:_\w+|/text)?", re.IGNORECASE), 0),
    (re.compile(r".*(?:word|symbol).*", re.IGNORECASE), 5),  # paragraphs/words/symbols/text: before paragraphs
    (re.compile(r".*paragraph.*", re.IGNORECASE), 1),
    (re.compile(r".*html.*", re.IGNORECASE), 2),
    (re.compile(r".*(?:line|textdetection).*", re.IGNORECASE), 4),
)
_OTHER = 3
_ONE_LINE = 6


class Field(NamedTuple):
    """A field (names from the root, figures left out) and what it says, in the file's order."""

    path: str
    said: list[Said]

    @property
    def texts(self) -> list[str]:
        return [said.text for said in self.said]

    @property
    def tells_elements(self) -> bool:
        """Whether the tool tells heads, feet and headings from text: it then knows its parts."""
        words = {said.element for said in self.said}
        return any(is_margin(word) or kind_of_element(word) in ("title", "heading") for word in words)

    @property
    def tells_tables(self) -> bool:
        return any(said.rows for said in self.said)

    @property
    def least(self) -> int:
        """How many Chinese characters it must say to be a text."""
        as_texts_do = any(said.page is not None or "\n" in said.text.strip() for said in self.said)
        told = self.tells_elements or (as_texts_do and _NAMED.fullmatch(self.path))
        return _LEAST_TOLD if told else _LEAST

    @property
    def rank(self) -> int:
        if len(self.said) == 1 and "\n" not in self.said[0].text.strip():  # all in one line: the lines are lost
            return _ONE_LINE
        return next((rank for pattern, rank in _RANKS if pattern.fullmatch(self.path)), _OTHER)

    @property
    def between(self) -> str:
        """What parts its texts: where they are lines or words, they follow one another."""
        return "\n" if self.rank > _OTHER else "\n\n"

    @property
    def text(self) -> str:
        """What it says, two blank lines where the tool tells another page."""
        gaps = (
            _PAGE_END if None not in (a.page, b.page) and a.page != b.page else self.between
            for a, b in pairwise(self.said)
        )
        return "".join(said.text + gap for said, gap in zip(self.said, chain(gaps, [""]), strict=True))


def field_of_text(value: Any) -> Field | None:
    """The field that says most of a JSON value, and of several that say as much the one nearest to a text; None where
    no field says as much as a text does.

    >>> lines = ["第一条 为了规范管理，制定本办法。" * 3, "第二条 本办法适用于本县，由县水务局负责解释。"]
    >>> field_of_text({"content": "".join(lines), "paragraphs": [{"content": t} for t in lines]}).path
    'paragraphs/content'
    >>> field_of_text({"name": "某", "scripts": {"build": "tsc"}}) is None
    True
    >>> field_of_text({"pages": [{"page": 1, "text": "北泵站于五月检修，停用三日。"}, {"page": 2, "text": "特此公告。"}]}).path
    'pages/text'
    >>> field_of_text({"dialog": {"title": "登录", "text": "请先登录，再查看北泵站的检修记录和停用公告。"}}) is None
    True
    """
    told = list(_strings(value))
    by_path: defaultdict[str, list[Said]] = defaultdict(list)
    for path, said in told:
        if path != _TABLE:
            by_path[path].append(said)
    by_path.update({path: some[:1] for path, some in by_path.items() if _says_all(some)})
    says = {path: sum(len(_HAN.findall(said.text)) for said in some) for path, some in by_path.items()}
    most = max(says.values(), default=0)
    tables = [said for _, said in told if said.rows]
    if not by_path and not tables:
        return None
    fields = [Field(path, some) for path, some in by_path.items() if says[path] >= _ALL * most]
    chosen = min(fields, key=lambda field: (field.rank, not field.tells_elements), default=Field("", []))
    others = parts_beside(chosen, by_path) if chosen.rank <= _OTHER else frozenset()
    least = _LEAST_TOLD if tables else min((field.least for field in fields), default=_LEAST)
    counted = sum(says[path] for path in others) + sum(len(_HAN.findall(said.text)) for said in tables)
    if most + counted < least:
        return None
    own = frozenset((_TABLE, chosen.path)) | others
    kept = {id(one) for path in own for one in by_path.get(path, ())}
    texts = [one for path, one in told if path == _TABLE or id(one) in kept]
    return Field(chosen.path, placed(texts) if tables else by_page(texts))


def heads_told(value: Any, left: Sequence[str]) -> list[str]:
    """Those of some texts that the tool took for heads or feet of pages, each time, and that come back."""
    said = [one for _, one in _strings(value)]
    heads = Counter(one.text for one in said if is_margin(one.element))
    text = {one.text for one in said if not is_margin(one.element)}
    return [one for one in left if heads[one] > 1 and one not in text]


def _says_all(said: Sequence[Said]) -> bool:
    """Whether the first of a field's texts is all the others one after another, as some clouds give the page before its
    words.

    >>> [_says_all([Said(t, "", None) for t in texts]) for texts in (["甲乙 丙", "甲", "乙", "丙"], ["甲", "甲"], ["甲"])]
    [True, False, False]
    """
    if len(said) <= _FEW or 3 * len(said[0].text) < sum(len(one.text) for one in said):
        return False
    return bones(said[0].text) == bones("".join(one.text for one in said[1:]))


def _strings(value: Any) -> Iterator[tuple[str, Said]]:
    """(path, string) of each string under a name that may be a text's; tables told cell by cell, each as one."""
    stack: list[tuple[Any, str, str, int | None]] = [(value, "", "", None)]
    whole = _whole(value)
    while stack:
        part, path, element, page = stack.pop()
        if isinstance(part, CellTable):
            if part.caption:
                yield _TABLE, Said(part.caption, "caption", page)
            yield _TABLE, Said(part.text, element, page, part.rows)
        elif isinstance(part, dict):
            part = _with_table(_without_cells(part), whole)
            kind = next((v for k, v in part.items() if _KIND.fullmatch(k) and isinstance(v, str)), "")
            element = next((v for k, v in part.items() if _ELEMENT.fullmatch(k) and isinstance(v, str)), element)
            page = next(_pages_told(part), page)
            under = f"{path}/{kind}" if kind.lower() in ("line", "word") else path
            named = [
                (v, _below(under, _COUNTED.sub("", k)), element, page)
                for k, v in part.items()
                if not NO_TEXT.fullmatch(k)
            ]
            stack += reversed(named)
        elif isinstance(part, list):
            part = with_tables(part)
            if page is None and all(isinstance(v, list) for v in part):  # a list of pages
                stack += reversed([(v, path, element, k) for k, v in enumerate(part)])
            else:
                stack += [(v, path, element, page) for v in reversed(part)]
        elif isinstance(part, str) and part.strip():
            yield path, Said(part, element, page)


def _with_table(part: dict[str, Any], whole: str) -> dict[str, Any]:
    """The object with a table in place of what tells it cell by cell."""
    found = table_in(part, whole)
    if found is None:
        return part
    first = next(name for name in part if name in found[1])
    caption = next((k for k, v in part.items() if _CAPTION.fullmatch(k) and isinstance(v, str) and v.strip()), "")
    table = CellTable(found[0], part.get(caption, ""))
    gone = found[1] - {first} | {caption}
    return {k: table if k == first else v for k, v in part.items() if k not in gone}


def _without_cells(part: dict[str, Any]) -> dict[str, Any]:
    """The object without the cells that it tells once more, each by itself, beside the table in HTML that they make up."""
    table = next((v for v in part.values() if isinstance(v, str) and "<tr" in v and "</t" in v), "")
    if not table:
        return part
    known = bones(table)
    return {k: v for k, v in part.items() if not (isinstance(v, list) and v and all(_is_cell(x, known) for x in v))}


def _is_cell(part: Any, known: str) -> bool:
    texts = (
        [v for v in part.values() if isinstance(v, str) and v.startswith(("<td", "<th"))]
        if isinstance(part, dict)
        else []
    )
    return len(texts) == 1 and bones(texts[0]) in known


def _whole(value: Any) -> str:
    """The text that a service's answer points into, "" where there is none."""
    held = [value, value.get("document")] if isinstance(value, dict) else []
    return next((v["text"] for v in held if isinstance(v, dict) and isinstance(v.get("text"), str)), "")


def _below(path: str, name: str) -> str:
    """The path of a field; a tree's branches are one field, however deep.

    >>> _below("layout/blocks/text", "blocks"), _below("layout/blocks", "text"), _below("", "pages")
    ('layout/blocks', 'layout/blocks/text', 'pages')
    """
    names = path.split("/")
    return "/".join(names[: names.index(name) + 1]) if name in names else f"{path}/{name}".lstrip("/")


def _pages_told(part: dict[str, Any]) -> Iterator[int]:
    """The page that an object names, itself, where it tells its regions, or in its id."""
    regions = next((v for k, v in part.items() if _REGIONS.fullmatch(k) and isinstance(v, list)), [])
    for told in (part, *(region for region in regions[:1] if isinstance(region, dict))):
        yield from (v for k, v in told.items() if _PAGE.fullmatch(k) and type(v) is int and v >= 0)
    if isinstance(part.get("id"), str) and (m := _ID.match(part["id"])):
        yield int(m[1])
