"""Saved web pages -> Source: the visible text, headings, tables; link bars written so that they are known as chrome."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import regex as re

from juanzong.core.errors import JuanzongError
from juanzong.core.source import Source
from juanzong.read.glyphs import raised_text
from juanzong.read.hashes import file_hash
from juanzong.read.options import ReadOptions
from juanzong.read.text import decode
from juanzong.read.tool_text import ToolText, html_rows

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_HIDDEN = {"script", "style", "noscript", "template", "head", "svg", "select", "iframe", "object", "textarea", "button"}
_VOID = {"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr", "param"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BARS = {"nav", "header", "footer", "aside"}
_BLOCKS = (
    _HEADINGS
    | _BARS
    | {
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "form",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "ul",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "hr",
    }
)
_LINKED = 0.5  # a block of several links with at least this share of its text in them is a link bar


def read_html(path: Path, record_as: str, options: ReadOptions) -> Source:
    """Raises JuanzongError for a page without visible text or in no known encoding."""
    data = path.read_bytes()
    parser = _Page()
    parser.feed(html_text(data, str(path)))
    parser.close()
    parser.flush()
    fields = parser.out.writing.fields()
    if not fields["text"].strip():
        raise JuanzongError(f"{path}: a web page without visible text; save the page whole and give that")
    return Source(
        path=record_as,
        sha256=file_hash(path),
        media_type="text/html",
        is_text=False,
        readers=("html",),
        **{**fields, "marks": ()},
    )


def html_text(data: bytes, name: str) -> str:
    """The page's source: in the encoding it declares, else in the one its bytes tell."""
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        charset = declared[1].decode().lower()
        try:
            return data.decode("gb18030" if charset in ("gb2312", "gbk") else charset).removeprefix("\ufeff")
        except (LookupError, UnicodeDecodeError):
            pass  # a wrong declaration: the bytes tell better
    return decode(data, name)[0]


def without_outer_table(source: str) -> str:
    """A table's source with its own tags turned into blocks; tables in it stay tables.

    >>> without_outer_table("<table><tr><td>a<table><td>b</table></td></tr></table>")
    '<div></div><div></div><div></div>a<table><td>b</table><div></div><div></div><div></div>'
    """
    depth = 0

    def block(m: re.Match[str]) -> str:
        nonlocal depth
        opens = m[1].lower() == "table" and m[0][1] != "/"
        closes = m[1].lower() == "table" and m[0][1] == "/"
        depth += opens
        outer = depth <= 1
        depth -= closes
        return "<div></div>" if outer else m[0]

    return re.sub(r"(?i)</?(table|tbody|thead|tfoot|tr|td|th)\b[^>]*>", block, source)


class _Page(HTMLParser):
    """Blocks of visible text, in the order of the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out = ToolText()
        self.text = ""
        self.links: list[str] = []
        self.open: list[str] = []
        self.hidden = self.link = self.raised = 0
        self.heading = False
        self.table: list[str] | None = None  # source of a table of data, as long as it is open
        self.tables = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if (
            self.hidden
            or tag in _HIDDEN
            or ("hidden" in given or "display:none" in (given.get("style") or "").replace(" ", "").lower())
        ):
            self.hidden += tag not in _VOID
            return
        if tag == "table":
            self.tables += 1
            if self.table is None and tag not in self.open:
                self.flush()
                self.table = []
        if self.table is not None:
            self.table.append(self.get_starttag_text() or "")
            return
        if tag in _BLOCKS or tag == "br":
            self.flush() if tag != "br" else self._add("\n")
        if tag not in _VOID:
            self.open.append(tag)
        self.heading = self.heading or tag in _HEADINGS
        self.link += tag == "a"
        self.raised += tag == "sup"

    def handle_endtag(self, tag: str) -> None:
        if self.hidden:
            self.hidden -= tag not in _VOID
            return
        if self.table is not None:
            self.table.append(f"</{tag}>")
            if tag == "table":
                self.tables -= 1
                if self.tables == 0:
                    self._close_table("".join(self.table))
            return
        if tag in _BLOCKS:
            self.flush()
        if tag in self.open:
            while self.open and self.open.pop() != tag:
                pass
        if tag in _HEADINGS:
            self.heading = False
        self.link = max(0, self.link - (tag == "a"))
        self.raised = max(0, self.raised - (tag == "sup"))

    def handle_data(self, data: str) -> None:
        if self.hidden:
            return
        if self.table is not None:
            self.table.append(data.replace("&", "&amp;").replace("<", "&lt;"))
        elif "pre" in self.open:
            self._add(data)
        else:
            self._add(re.sub(r"[ \t\r\n\f]+", " ", data))

    def _add(self, data: str) -> None:
        if self.raised and data.strip():
            data = raised_text(data.strip(), self.text)
        if self.link and data.strip():
            self.links.append(data.strip())
            data = f"\x02{data.strip()}\x03"
        self.text += data

    def _close_table(self, source: str) -> None:
        """A table of one column, or with a table in it, only places things on the page: its content is read as text."""
        self.table = None
        rows, loose = html_rows(source)
        if source.lower().count("<table") > 1 or max((len(r) for r in rows), default=0) < 2:
            self._read_apart(without_outer_table(source))
        else:
            self.out.paragraph(loose)
            self.out.table(rows)

    def _read_apart(self, source: str) -> None:
        page = _Page()
        page.out = self.out
        page.feed(source)
        page.close()
        page.flush()

    def flush(self) -> None:
        """The end of a block."""
        text, links = self.text, self.links
        self.text, self.links = "", []
        bare = re.sub(r"\s+", "", text.replace("\x02", "").replace("\x03", ""))
        bar = any(t in _BARS for t in self.open) or len(links) > 1
        chrome = bar and links and sum(len("".join(link.split())) for link in links) >= _LINKED * len(bare)
        text = text.replace("\x02", "[" if chrome else "").replace("\x03", "](#)" if chrome else "")
        if bare:
            self.out.paragraph(re.sub(r"[ \u00a0]+", " ", text), kind="heading" if self.heading else "paragraph")
