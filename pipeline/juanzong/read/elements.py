"""The words by which tools call the parts of a page (Page-header, SectionHeader, title, 页脚) -> what the stages know."""

from __future__ import annotations

import regex as re

from juanzong.core.source import BlockKind

_NO_LETTER = re.compile(r"[\W\d_]+")
_MARGINS = frozenset(
    [
        "head",
        "foot",
        "header",
        "footer",
        "headtail",
        "headpagenum",
        "footpagenum",
        "pageinfo",
        "pageheader",
        "pagefooter",
        "pagenumber",
        "pageno",
        "runningheader",
        "runningfooter",
        "runninghead",
        "页眉",
        "页脚",
        "页码",
    ]
)
_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(
        ["title", "sectionheader", "sectionheading", "sectiontitle", "heading", "paragraphtitle", "subtitle", "标题"],
        "heading",
    ),
    **dict.fromkeys(["doctitle", "documenttitle"], "title"),
    **dict.fromkeys(
        ["caption", "figurecaption", "tablecaption", "picturecaption", "figuretitle", "tabletitle"], "caption"
    ),
    **dict.fromkeys(["paragraph", "text", "plaintext", "narrativetext", "para"], "paragraph"),
}


def is_margin(word: str) -> bool:
    """Whether a tool calls a part so that stands at the head or foot of its page.

    >>> is_margin("Page-header"), is_margin("PageNumber"), is_margin("Section-header")
    (True, True, False)
    """
    return _bare(word) in _MARGINS


def kind_of_element(word: str) -> BlockKind | None:
    """What a tool calls so; None for what is read by its form alone.

    >>> kind_of_element("Section-header"), kind_of_element("Text"), kind_of_element("Table")
    ('heading', 'paragraph', None)
    """
    return _KINDS.get(_bare(word))


def _bare(word: str) -> str:
    return _NO_LETTER.sub("", word).lower()
