"""A block of each of MinerU's forms -> its paragraphs and tables in printed order, with their places.

Boxes are thousandths of the page in content lists, points in the middle.json of MinerU 2 and 3, parts of 1 in 4's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import regex as re

from juanzong.core.source import BlockKind
from juanzong.read.json_cells import as_html, table_in
from juanzong.read.json_file import box_of, dicts, whole
from juanzong.read.tool_text import A4, Piece, Place, formula, spaced, unmarked
from juanzong.read.unread import is_coded_table, unread

Item = dict[str, Any]

_TEXTS = ("text", "content", "code_body")
_CAPTIONS = ("table_caption", "image_caption", "img_caption", "chart_caption", "code_caption")
_NOTES = ("table_footnote", "image_footnote", "img_footnote", "chart_footnote", "code_footnote")
_PICTURES = ("image", "chart")
# What Unstructured calls them; by its Title it means any heading.
_ELEMENTS = {"Header": "header", "Footer": "footer", "PageNumber": "page_number", "Title": "title"}
_KINDS: dict[str, BlockKind] = {
    "title": "heading",
    "doc_title": "title",
    "paragraph_title": "heading",
    **dict.fromkeys(_CAPTIONS, "caption"),
    **dict.fromkeys(_NOTES, "note"),
}
# Formulas are kept whole; links keep their text; Markdown's escapes are taken off. Content lists write all three.
_MARKDOWN = re.compile(r"\$[^$]*\$|(?<!!)\[([^\]\n]*)\]\((?:https?:|mailto:|[#/.])[^)\s]*\)|\\([*_`~$#+-])")
_ROW = re.compile(r"<t[dhr]\b", re.IGNORECASE)
_WHOLE_TABLE = re.compile(r"<table\b.*</table>", re.DOTALL | re.IGNORECASE)
_HASHES = re.compile(r"(?P<hashes>#{1,6})\s+(?=[^\s号])(?!.*\n)")  # # 号楼 is none
_SAID = re.compile("[，；。！？]")  # stops that no heading has
_EQUATION = re.compile(r"<eq>(.*?)</eq>", re.DOTALL)


class Part(NamedTuple):
    """One paragraph in pieces, or one table's HTML."""

    pieces: Sequence[Piece] = ()
    html: str = ""
    place: Place | None = None
    kind: BlockKind | None = "paragraph"
    level: int = 0


class Block(NamedTuple):
    """`page` is None where the tool tells none; `kind` is the tool's word; `unknown` are texts under keys that no form
    of the tool's has."""

    page: int | None
    kind: str
    place: Place | None
    parts: Sequence[Part]
    unknown: Sequence[str] = ()


def _image_path(item: Item) -> str:
    """Where the tool put the picture it cut out; "" where it does not say."""
    stack: list[Any] = [item]
    while stack:
        part = stack.pop()
        if isinstance(part, dict):
            paths = (part.get(key) for key in ("img_path", "image_path", "path"))
            found = next((p for p in paths if isinstance(p, str) and p.strip() and "\n" not in p), "")
            if found:
                return found
            stack += reversed(list(part.values()))
        elif isinstance(part, list):
            stack += reversed(part)
    return ""


def _block(item: Item, page: int | None, place: Place | None, parts: Sequence[Part]) -> Block:
    image = _image_path(item) if _kind(item) in _PICTURES and any(part.kind == "caption" for part in parts) else ""
    if image:
        parts = [Part([(image, place)], kind="figure"), *parts]
    said = [part.html + "".join(text for text, _ in part.pieces) for part in parts]
    return Block(page, _kind(item), place, parts, unread(item, said))


def page_of(item: Item) -> int | None:
    """The page, from 1. (Unstructured counts so, and tells it beside.)"""
    beside = item.get("metadata")
    if isinstance(beside, dict) and "page_number" in beside:
        return whole(beside["page_number"]) or None
    page = item.get("page_idx")
    return page + 1 if isinstance(page, int) and not isinstance(page, bool) and page >= 0 else None


def _place(item: Item, page: int | None, across: float, down: float) -> Place | None:
    return (page, box_of(item.get("bbox"), across, down) or (0.0, 0.0, *A4)) if page else None


def _kind(item: Item) -> str:
    kind = str(item.get("type") or "")
    return _ELEMENTS.get(kind, kind)


def listed(item: Item) -> Block:
    """An item of content_list.json."""
    page = page_of(item)
    place = _place(item, page, A4[0] / 1000, A4[1] / 1000)

    def paragraphs(keys: Sequence[str], kind: BlockKind = "paragraph", level: int = 0) -> list[Part]:
        return [Part([(plain(text), place)], kind=kind, level=level) for text in _strings(item, keys)]

    rows = _rows_beside(item) or _rows_of_cells(item)
    table = [_table(item["table_body"], place)] if isinstance(item.get("table_body"), str) else []
    coded = [said for said in _strings(item, _TEXTS) if is_coded_table(said)] if _kind(item) == "table" else []
    level = whole(item.get("text_level"))
    text = (
        [_table(said, place) for said in [rows] * bool(rows) or coded]
        if rows or coded
        else paragraphs((*_TEXTS, "list_items"), "heading", level)
        if level or _kind(item) == "title"
        else [_as_marked(said, place, item) for said in _strings(item, (*_TEXTS, "list_items"))]
    )
    parts = [*paragraphs(_CAPTIONS, "caption"), *table, *text, *paragraphs(_NOTES, "note")]
    return _block(item, page, place, parts)


def _as_marked(said: str, place: Place | None, item: Item) -> Part:
    """A text of which the tool tells no more than that it is one: a table or a heading where its own marks say so."""
    bare = said.strip()
    if _WHOLE_TABLE.fullmatch(bare):
        return _table(bare, place)
    if (bare.startswith("|") and "\n|" in bare) or (bare.startswith("<t") and _ROW.search(bare)):
        return Part([(bare, place)], kind=None)  # read as in any text, also where it is cut
    text = plain(said)
    if item.get("type") == "equation":
        return Part([(formula(text), place)])
    heads = _HASHES.match(text)
    if heads is None or _SAID.search(text):  # # 号楼为教学楼。
        return Part([(text, place)])
    return Part([(text[heads.end() :], place)], kind="heading", level=len(heads["hashes"]))


def _rows_beside(item: Item) -> str:
    """The HTML that Unstructured keeps beside the bare text of a table's element; "" where there is none."""
    beside = item.get("metadata")
    html = beside.get("text_as_html") if isinstance(beside, dict) else None
    return html if isinstance(html, str) and _ROW.search(html) else ""


def _rows_of_cells(item: Item) -> str:
    """The HTML of a table whose item has neither a body nor text, but cells; "" of any other."""
    if any(isinstance(item.get(key), str) and item[key].strip() for key in (*_TEXTS, "table_body")):
        return ""
    found = table_in(item)
    return as_html(found[0]) if found is not None else ""


def plain(markdown: str) -> str:
    r"""A content list's text without what Markdown asks for.

    >>> plain(r"5\*3\~7，见[附件](http://a.cn)，占比$3.6\%$")
    '5*3~7，见附件，占比$3.6\\%$'
    """
    return unmarked(_MARKDOWN.sub(lambda m: m[0] if m[0][0] == "$" else m[1] or m[2] or "", markdown))


def _strings(item: Item, keys: Sequence[str]) -> Iterator[str]:
    """The texts under these keys, single or in lists, or in lists of these; those of a list may be objects with a text, or
    with the spans of one."""
    for key in keys:
        stack = [item.get(key)]
        while stack:
            one = stack.pop()
            if isinstance(one, list):
                stack += reversed(one)
                continue
            text = next((one[k] for k in _TEXTS if k in one), None) if isinstance(one, dict) else one
            if isinstance(text, list):
                text = _spans(text)
            if isinstance(text, str) and text.strip():
                yield text


def _table(html: str, place: Place | None) -> Part:
    if not _ROW.search(html):  # a table in Markdown or LaTeX, or none
        return Part([(html, place)], kind=None if is_coded_table(html) else "paragraph")
    return Part(html=_EQUATION.sub(lambda m: f"${m[1]}$", html), place=place)


def listed_v2(item: Item, page: int) -> Block:
    """An item of content_list_v2.json: captions, content and notes are named for the block's type."""
    place = _place(item, page, A4[0] / 1000, A4[1] / 1000)
    content = item["content"] if isinstance(item.get("content"), dict) else {}
    before: list[Part] = []
    body: list[Part] = []
    after: list[Part] = []
    for key, value in content.items():
        if key == "html" and isinstance(value, str):
            body.append(_table(value, place))
        elif key == "math_content" and isinstance(value, str):
            body.append(Part([(formula(value), place)]))
        elif key == "list_items":
            body += [Part([(_spans(one.get("item_content")), place)]) for one in dicts(value)]
        elif key == "content" and isinstance(value, str):
            body.append(Part([(value, place)]))
        elif isinstance(value, list):
            title = key == "title_content"
            level = whole(content.get("level")) if title else 0
            kind: BlockKind = (
                "heading"
                if title
                else "caption"
                if key.endswith("_caption")
                else "note"
                if key.endswith("_footnote")
                else "paragraph"
            )
            part = Part([(_spans(value), place)], kind=kind, level=level)
            (before if key.endswith("_caption") else after if key.endswith("_footnote") else body).append(part)
    return _block(item, page, place, [*before, *body, *after])


def _spans(raw: Any) -> str:
    """The spans of a content_list_v2 or of MinerU 4: text, code, formulas, links with spans in them."""
    out = ""
    for span in dicts(raw):
        content = span.get("content")
        if isinstance(content, list):
            out += _spans(content)
        elif isinstance(content, str):
            out += formula(content) if span.get("type") == "equation_inline" else content
    return out


def middle_block(item: Item, page: int) -> Block:
    """A block of the middle.json of MinerU 2 and 3."""
    place = _place(item, page, 1, 1)
    return _block(item, page, place, list(_middle_parts(item, page, place)))


def _middle_parts(item: Item, page: int, outer: Place | None) -> Iterator[Part]:
    place = (page, box_of(item.get("bbox"), 1, 1) or (outer[1] if outer else (0.0, 0.0, *A4)))
    for inner in sorted(dicts(item.get("blocks")), key=_rank):
        yield from _middle_parts(inner, page, place)
    pieces: list[Piece] = []
    for line in dicts(item.get("lines")):
        spans = dicts(line.get("spans"))
        yield from (_table(span["html"], place) for span in spans if isinstance(span.get("html"), str))
        # A line that a page end parted from its paragraph is kept with it.
        on = page + 1 if any(span.get("cross_page") is True for span in spans) else page
        new = "\n" if pieces and line.get("is_list_start_line") is True else ""
        text = "".join(piece for piece, _ in spaced((_span(span), None) for span in spans))
        pieces.append((new + text, (on, box_of(line.get("bbox"), 1, 1) or place[1])))
    yield Part(spaced(pieces), kind=_KINDS.get(_kind(item), "paragraph"), level=whole(item.get("level")))


def _span(span: Item) -> str:
    content = span.get("content")
    if not isinstance(content, str) or isinstance(span.get("html"), str):
        return ""
    return formula(content) if span.get("type") in ("inline_equation", "interline_equation") else content


def _rank(block: Item) -> int:
    """Captions before bodies before notes. MinerU 2 puts the body first in its list and prints it so all the same."""
    kind = _kind(block)
    return 0 if kind.endswith("_caption") else 2 if kind.endswith("_footnote") else 1


def structured(item: Item, page: int) -> Block:
    """A block of the middle.json of MinerU 4."""
    place = _place(item, page, *A4)
    return _block(item, page, place, list(_structured_parts(item, page)))


def _structured_parts(item: Item, page: int) -> Iterator[Part]:
    kind, content, place = _kind(item), item.get("content"), _place(item, page, *A4)
    if isinstance(content, str):
        text = formula(content) if kind == "equation" else content
        yield _table(content, place) if kind == "table_body" else Part([(text, place)])
    elif any(_is_span(inner) for inner in dicts(content)):
        yield Part([(_spans(content), place)], kind=_KINDS.get(kind, "paragraph"), level=whole(item.get("level")))
    else:
        for inner in dicts(content):
            yield from _structured_parts(inner, page)


def _is_span(inner: Item) -> bool:
    """Spans hold a string, or are links; blocks of text hold spans."""
    return inner.get("type") == "hyperlink" or (isinstance(inner.get("content"), str) and "bbox" not in inner)
