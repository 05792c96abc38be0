"""Web pages, whole, in parts or as templates -> Source: the visible text in blocks, tables of data, menus as such."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import regex as re

from juanzong.core.errors import JuanzongError
from juanzong.core.source import BlockKind, PageReport, Source
from juanzong.language.labels import names_label
from juanzong.read.decoding import Decoded, decode
from juanzong.read.elements import is_margin
from juanzong.read.glyphs import raised_text
from juanzong.read.hashes import file_hash
from juanzong.read.html_mend import mended
from juanzong.read.html_table import Rows, frames_page, parts_of
from juanzong.read.html_tree import Element, all_text, is_hidden, parse_page, show_hidden, walk
from juanzong.read.options import ReadOptions
from juanzong.read.text import oddities
from juanzong.read.tool_text import ToolText
from juanzong.read.xhtml import as_html

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_HEADING = re.compile(r"h([1-6])")
_BARS = frozenset(("nav", "header", "footer", "aside"))
_BLOCK = re.compile(
    r"nav|header|footer|aside|address|article|blockquote|body|caption|center|d[dlt]|details|div|fieldset|figcaption|figure|"
    r"form|h[1-6]|hr|html|legend|li|main|[ou]l|p|pre|section|summary|table|tbody|thead|tfoot|t[dhr]"
)
_CAPTIONS = ("caption", "figcaption")
_HAN = re.compile(r"\p{Han}")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_LINKED = 0.5  # a block of several links with at least this share of its text in them is a menu
_LEAST_LINKS = 4  # blocks one after another that are links alone are a menu
_LABEL = re.compile(r"\s*\p{Han}[\p{Han}\s]{1,7}[:：]")
_LABELLED = re.compile(r"^\s*\p{Han}[\p{Han}\s]{1,7}[:：](?:.*\S)?$")  # a label, and its value, up to this place
_FILE = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar|jpe?g|png)\b", re.IGNORECASE)  # that belongs to the text
_ANNEX = re.compile(r"\s*附\s*[件表录]")
_DEEPEST = 40  # tables in tables; what stands deeper is read without rows


def read_html(path: Path, record_as: str, options: ReadOptions) -> Source:
    """Raises JuanzongError for a page without visible text or in no known encoding."""
    source = page_text(path.read_bytes(), str(path))
    fields = page_fields(source.text.removeprefix("\ufeff"), source.lost)
    if not fields["text"].strip():
        raise JuanzongError(f"{path}: a web page without visible text; save the page whole and give that")
    return Source(
        path=record_as,
        sha256=file_hash(path),
        media_type="text/html",
        is_text=False,
        readers=("html",),
        **{**fields, "reports": (*source.reports, *fields["reports"])},
    )


def page_fields(source: str, lost: int = 0) -> dict[str, Any]:
    """A page's text, blocks and reports, as Source takes them; `lost` U+FFFD in it stand for bad bytes."""
    markup, mendings = mended(as_html(source))
    root = parse_page(markup)
    page = _read(root)
    if page.hidden and show_hidden(root, sum(map(len, page.out.writing.lines))):
        page = _read(root)
        told = "网页原样不显示正文（等脚本显示），隐藏的部分读作正文"
        mendings = [*mendings, PageReport(0, "warning", "unprinted-text", told)]
    fields = page.out.writing.fields()
    return {
        **fields,
        "marks": (),
        "reports": (*fields["reports"], *oddities(markup, lost), *mendings, *page.left_out()),
    }


def write_page(out: ToolText, source: str) -> None:
    """A page that stands within another file's text."""
    markup, mendings = mended(as_html(source))
    page = _read(parse_page(markup), out)
    out.writing.reports += [*mendings, *page.left_out()]


def _read(root: Element, out: ToolText | None = None) -> _Page:
    page = _Page(out or ToolText())
    page.flow(root)
    page.end_block()
    page.end_menu()
    return page


def page_text(data: bytes, name: str) -> Decoded:
    """The page's source: in the encoding it declares, else in the one its bytes tell."""
    declared = _CHARSET.search(data[:4096])
    return decode(data, name, declared[1].decode() if declared else "")


class _Page:
    """Blocks of visible text, in the order of the page."""

    def __init__(self, out: ToolText) -> None:
        self.out = out
        self.hidden: list[str] = []  # texts that are not shown
        self._text = ""
        self._links: list[str] = []
        self._hrefs: list[str] = []
        self._menu: list[int] = []  # blocks one after another that are nothing but a link to another page
        self._open: list[str] = []  # the tags that are open where the text stands
        self._tables = 0
        self._opened = False  # an element begins here
        self._parted = False  # one begins or ends here

    def flow(self, root: Element) -> None:
        """All that stands in an element."""
        whole = frozenset(("table",) if self._tables < _DEEPEST else ())
        for what, tag, element in walk(root, whole=whole):
            if what == "text":
                self._add(tag)
            elif what == "hidden":
                self.hidden.append(all_text(element))
            elif what == "whole":
                self._table(element)
            else:
                self._tag(what, "nav" if is_margin(element.get("data-label") or "") else tag)
                if what == "open" and tag == "a":
                    self._hrefs.append(element.get("href") or "")
                if what == "open" and tag == "img":
                    if _HAN.search(alt := element.get("alt") or ""):
                        self.hidden.append(alt)  # in place of a picture that is missing
                    if "figure" in self._open:
                        self._picture(element.get("src") or "")

    def _picture(self, path: str) -> None:
        if path.strip() and not path.startswith("data:"):
            self.end_block()
            self.out.paragraph(path, kind="figure")

    def _tag(self, what: str, tag: str) -> None:
        if _BLOCK.fullmatch(tag):
            self.end_block()
        self._parted = tag != "br"
        self._opened = self._parted and what == "open"
        if what == "close":
            self._open.pop()
        else:
            self._open.append(tag)
            if tag == "br":
                self._text += "\n"

    def _add(self, text: str) -> None:
        if "pre" not in self._open:
            text = _BLANKS.sub(" ", text)
        if text.strip():
            if "sup" in self._open:
                text = raised_text(text.strip(), opens=not self._text.strip())
            if "a" in self._open:
                self._links.append(text.strip())
        if (self._opened and _LABEL.match(text) and _LABELLED.search(self._text)) or (
            self._parted and text.lstrip()[:1] not in (":", "：") and names_label(self._text)
        ):
            self._text += " "  # margins part them: <span>时间：…</span><span>来源：…</span>, <b>文号</b>…
        self._opened = self._parted = False
        self._text += text

    def end_block(self) -> None:
        """What was gathered is a block: a menu where links are most of it."""
        text, links, hrefs = self._text, self._links, self._hrefs
        self._text, self._links = "", []
        length = len("".join(text.split()))
        if not length:
            return
        self._hrefs = []
        linked = sum(len("".join(link.split())) for link in links)
        kind: BlockKind | None = "paragraph" if "pre" not in self._open else None  # then its blanks are columns
        heading = next((m for tag in reversed(self._open) if (m := _HEADING.fullmatch(tag))), None)
        files = bool(_ANNEX.match(text)) or (bool(hrefs) and all(map(_FILE.search, hrefs)))
        bar = self._is_bar(links, hrefs) and linked >= _LINKED * length and not files
        if bar or "nav" in self._open:
            kind = "navigation"
        elif heading:
            kind = "heading"
        elif any(tag in _CAPTIONS for tag in self._open[-2:]):
            kind = "caption"
        within = files or bool(_FILE.search(text)) or (bool(hrefs) and hrefs[-1].startswith("#"))
        alone = kind == "paragraph" and linked == length and not within
        if not alone:
            self.end_menu()
        self.out.paragraph(
            re.sub(r"[ \u00a0]+", " ", text) if kind else text,
            kind=kind,
            level=int(heading[1]) if heading and kind == "heading" else 0,
            label=heading[0] if heading else "figure" if "figcaption" in self._open[-2:] else "",
        )
        if alone:
            self._menu.append(len(self.out.writing.blocks) - 1)

    def _is_bar(self, links: list[str], hrefs: list[str]) -> bool:
        """Whether links stand in a bar of a page, or side by side; one in parts is one."""
        return bool(links) and (any(tag in _BARS for tag in self._open) or (len(links) > 1 and len(hrefs) != 1))

    def end_menu(self) -> None:
        """Links in blocks of their own, one after another, are a menu; before all text two are."""
        blocks, run = self.out.writing.blocks, self._menu
        top = len(run) > 1 and all(block.kind == "navigation" for block in blocks[: run[0]])
        for k in run if top or len(run) >= _LEAST_LINKS else ():
            blocks[k] = replace(blocks[k], kind="navigation")
        self._menu = []

    def _table(self, table: Element) -> None:
        """A table of data, with what its lost end tag made part of it; the content of one that frames the page."""
        self.end_block()
        self.end_menu()
        parts = parts_of(table)
        if frames_page(table, parts):
            self._tables += 1
            self._inside(table)
            self._tables -= 1
            return
        self.hidden += [
            all_text(el)
            for cell in table.iter()
            if cell.tag in ("td", "th")
            for what, _, el in walk(cell)
            if what == "hidden"
        ]
        for part in parts:
            if isinstance(part, Rows):
                self.out.table(part.rows, exact=True, heads=part.heads)
            elif isinstance(part, str):
                self._add(part)
                self.end_block()
            elif is_hidden(part):
                self.hidden.append(all_text(part))
            elif part.tag == "table":
                self._table(part)
            else:
                self._inside(part)

    def _inside(self, element: Element) -> None:
        self._tag("open", element.tag)
        self.flow(element)
        self._tag("close", element.tag)

    def left_out(self) -> Iterator[PageReport]:
        """What a browser does not show, told as one finding."""
        texts = [bare for text in self.hidden if (bare := " ".join(text.split()))]
        if texts:
            told = f"网页中不显示的文字（菜单、按钮、图片的替代文字、隐藏的部分）{len(texts)} 处，未入正文"
            most = sum(map(len, texts)) > sum(map(len, self.out.writing.lines))
            yield PageReport(0, "warning" if most else "info", "unprinted-text", told, "\n".join(texts))
