"""Pieces, items and source lines -> HTML. Nothing of the source ever gets into it unescaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import urlencode

import regex as re

from juanzong.model.edit import Edit
from juanzong.output.folder import Json
from juanzong.review.items import Item
from juanzong.review.marks import Piece
from juanzong.stages.tables.grid import layout

# Characters that would not be seen, or would reorder what is seen: C0 and C1 controls, zero width, bidi marks, fillers.
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)

_WIDTHS = (0, 6, 20, 60, 200)  # characters of a cell beyond which its column is wider
_FIRST_MAX = 30  # characters: a longer first column would hide the others
_SPANS = (("rowspan", "row_span"), ("colspan", "col_span"))

Strings = Callable[[str, str], Sequence[Piece]]  # (pointer, value) -> the pieces of the string
State = Callable[[str], str]  # edit id -> what was decided of it, "" where nothing was


def safe(text: str) -> str:
    """Escaped for HTML text and attributes; unseen characters shown by their code.

    >>> safe("<b>\\u202e")
    '&lt;b&gt;<i class="ctl" data-u="U+202E"></i>'
    """
    return _CONTROL.sub(lambda m: f'<i class="ctl" data-u="U+{ord(m[0]):04X}"></i>', escape(text))


class Drawer:
    """Draws with the edits of one bundle: their looks come from category and status."""

    def __init__(self, edits: Mapping[str, Edit], state: State, labels: Mapping[str, str], flat: bool = False) -> None:
        """`flat`: all headings of a document are of one level, as where only a part of it is drawn."""
        self._edits, self._state, self._labels, self._flat = edits, state, labels, flat

    def pieces(self, pieces: Iterable[Piece], breaks: Mapping[int, str] | None = None, lead: str = "") -> str:
        """The pieces, each edit in a <mark>; HTML of `breaks` at their offsets in the text, its lead phrase bold."""
        breaks, pieces = breaks or {}, list(pieces)
        bold_from = max(0, "".join(p.text for p in pieces).find(lead)) if lead else 0
        bold_to = bold_from + len(lead)
        cuts = sorted({*breaks, bold_from, bold_to} - {0})
        out = [breaks.get(0, "")]
        at = 0
        for p in pieces:
            end = at + len(p.text)
            inner = [c for c in cuts if at < c < end]
            for a, b in zip([at, *inner], [*inner, end], strict=True):
                text = safe(p.text[a - at : b - at])
                text = f"<b>{text}</b>" if bold_from <= a and b <= bold_to and text else text
                out.append(self._mark(text, p) if p.edits else text)
                if b > at and b in breaks and b > a:
                    out.append(breaks[b])
            at = end
        return "".join(out)

    def _mark(self, text: str, p: Piece) -> str:
        edit = self._edits[p.edits[-1]]
        states = {s for s in map(self._state, p.edits) if s}
        look = "comment" if edit.id.startswith("c-") else f"{edit.category} {edit.status}"
        classes = look + ("" if text else " z") + (" join" if edit.kind == "join" else "")
        chosen = f' data-d="{states.pop()}"' if states else ""
        return f'<mark class="{classes}" data-e="{" ".join(p.edits)}"{chosen}>{text}</mark>'

    def string(
        self, strings: Strings, pointer: str, value: str | None, breaks: Mapping[int, str] | None = None, lead: str = ""
    ) -> str:
        if not value:
            return ""
        return f'<span class="t" data-p="{escape(pointer)}">{self.pieces(strings(pointer, value), breaks, lead)}</span>'

    def source(self, text: str, start: int, pieces: Iterable[Piece], first_line: int, pages: Mapping[int, int]) -> str:
        """Source lines, numbered from `first_line`; `pages` gives the page that begins at an offset."""
        lines: list[list[Piece]] = [[]]
        for p in pieces:
            at = p.start
            parts = p.text.split("\n")
            for k, part in enumerate(parts):
                if k:
                    lines.append([])
                if part or not p.text:
                    lines[-1].append(Piece(part, at, at + len(part), p.edits))
                at += len(part) + 1
        ends = text.endswith("\n")
        if ends:
            lines.pop()
        out: list[str] = []
        at = start
        for n, line in enumerate(lines):
            size = sum(len(p.text) for p in line)
            if at in pages:
                out.append(f'<div class="page">{escape(self._labels["page"])} {pages[at]}</div>')
            last = n == len(lines) - 1 and not ends
            out.append(
                f'<div class="ln{"" if size else " blank"}{" open" if last else ""}" data-o="{at}" '
                f'data-n="{first_line + n}">{self.pieces(line)}</div>'
            )
            at += size + 1
        return "".join(out)

    def item(self, item: Item, strings: Strings, notes: Mapping[str, Mapping[int, str]]) -> str:
        """One thing of a document; `notes` gives the footnote marks by pointer and offset."""

        def text(key: str, value: str | None, lead: str = "") -> str:
            pointer = f"{item.pointer}/{key}"
            return self.string(strings, pointer, value, notes.get(pointer), lead)

        v = item.value
        if item.what == "title":
            body = self._heading(0, self.string(strings, "/title", v) or "—")
        elif item.what == "metadata":
            body = self._metadata(v, strings)
        elif item.what == "contents":
            rows = "".join(
                f'<li class="l{min(int(e["level"]), 4)}">{text(f"{k}/number", e.get("number"))} '
                f"{text(f'{k}/title', e['title'])}</li>"
                for k, e in enumerate(v)
            )
            label = escape(self._labels["contents"])
            body = f'<details class="toc"><summary>{label} ({len(v)})</summary><ul>{rows}</ul></details>'
        elif item.what == "heading":
            number, title = text("number", v.get("number")), text("title", v.get("title"))
            look = f"{min(int(v['level']), 5)}" if v.get("title") else "5 article"
            body = self._heading(item.depth, f'<span class="no">{number}</span> {title}', look)
        elif item.what == "box":
            body = f'<p class="boxtitle">{text("number", v.get("number"))} {text("title", v.get("title"))}</p>'
        elif item.what == "paragraph":
            body = f"<p>{text('text', v['text'], v.get('lead') or '')}</p>"
        elif item.what == "table":
            body = self._table(v, text)
        elif item.what == "figure":
            lines = "".join(f"<li>{text(f'text/{k}', t)}</li>" for k, t in enumerate(v.get("text", ())))
            body = (
                f"<figure><ul>{lines}</ul><figcaption>{text('number', v.get('number'))} "
                f"{text('caption', v.get('caption'))}</figcaption></figure>"
            )
        else:
            body = self._footnotes(v, text, notes.get("", {}))
        classes = (
            "it"
            + (" boxed" if item.boxed else "")
            + (" boxtop" if item.what == "box" else "")
            + (" boxend" if item.box_end else "")
        )
        return f'<div class="{classes}" data-i="{escape(item.pointer)}">{body}</div>'

    def _heading(self, depth: int, body: str, look: str = "0") -> str:
        level = 3 if self._flat else min(depth + 2, 6)
        return f'<h{level} class="d{look}">{body}</h{level}>'

    def _metadata(self, metadata: Mapping[str, Any], strings: Strings) -> str:
        rows = []
        for key, value in metadata.items():
            values: list[tuple[str, str]] = []
            for k, one in enumerate(value) if isinstance(value, list) else [(-1, value)]:
                at = f"/metadata/{key}" + (f"/{k}" if k >= 0 else "")
                if isinstance(one, dict):
                    values += [(f"{at}/{name}", str(part)) for name, part in one.items() if name != "element"]
                else:
                    values.append((at, str(one)))
            drawn = " ".join(self.string(strings, at, one) for at, one in values)
            label = self._labels.get(f"meta_{key}") or self._labels.get(key, key)
            rows.append(f"<dt>{escape(label)}</dt><dd>{drawn}</dd>")
        return f'<dl class="meta">{"".join(rows)}</dl>'

    def _table(self, table: Json, text: Callable[..., str]) -> str:
        rows = []
        head = int(table.get("header_rows", 0))
        first = first_column(table)
        for r, row in enumerate(table.get("rows") or ()):
            tag = "th" if r < head else "td"
            cells = []
            for c, cell in enumerate(row["cells"]):
                spans = "".join(f' {name}="{int(cell[key])}"' for name, key in _SPANS if cell.get(key, 1) > 1)
                drawn = text(f"rows/{r}/cells/{c}/text", cell["text"])
                look = _cell_look(cell) + " first" * ((r, c) in first)
                cells.append(f'<{tag}{spans} class="{look}">{drawn}</{tag}>')
            rows.append(f"<tr>{''.join(cells)}</tr>")
        if same := table.get("same_as"):
            href = f"#{urlencode({'doc': same['document'], 'p': same['pointer']})}"
            told = escape(self._labels["same_as"])
            rows.append(f'<tr><td class="same"><a href="{escape(href)}">{told}</a></td></tr>')
        unit = text("unit", table.get("unit"))
        unit = f'<span class="unit">{escape(self._labels["unit"])}{unit}</span>' if unit else ""
        notes = "".join(f'<p class="note">{text(f"notes/{k}", n)}</p>' for k, n in enumerate(table.get("notes", ())))
        caption = f"{text('number', table.get('number'))} {text('caption', table.get('caption'))}".strip()
        caption = f"<caption>{caption}{unit}</caption>" if caption or unit else ""
        header = f"<thead>{''.join(rows[:head])}</thead>" if head else ""
        label = escape(self._labels["table"])
        return (
            f'<div class="scroll" tabindex="0" role="group" aria-label="{label}"><table>{caption}{header}'
            f"<tbody>{''.join(rows[head:])}</tbody></table></div>{notes}"
        )

    def _footnotes(self, footnotes: Sequence[Json], text: Callable[..., str], back: Mapping[int, str]) -> str:
        rows = "".join(
            f"<li><sup>{text(f'{k}/marker', f['marker'])}</sup> {text(f'{k}/text', f['text'])}{self._back(back.get(k))}</li>"
            for k, f in enumerate(footnotes)
        )
        return f'<ol class="fns">{rows}</ol>'

    def _back(self, href: str | None) -> str:
        label = escape(self._labels["back"])
        return f' <a class="back" href="{href}" aria-label="{label}" title="{label}">↩</a>' if href else ""


def note_marks(document: Json) -> dict[str, dict[int, str]]:
    """Pointer -> offset -> the mark of the footnote that is anchored there, a link to the note; under "" for each
    footnote the address of its mark."""
    out: dict[str, dict[int, str]] = {"": {}}
    for k, f in enumerate(document.get("footnotes", ())):
        anchor = f.get("anchor")
        if anchor:
            at = out.setdefault(anchor["pointer"], {})
            offset = int(anchor["offset"])
            there = escape(f"#{urlencode({'doc': document['id'], 'p': f'/footnotes/{k}/text'})}")
            at[offset] = at.get(offset, "") + f'<sup class="fn" data-x><a href="{there}">{safe(f["marker"])}</a></sup>'
            where = {"doc": document["id"], "p": anchor["pointer"], "r": f"{max(0, offset - 1)}-{offset}"}
            out[""][k] = escape(f"#{urlencode(where)}")
    return out


def first_column(table: Json) -> set[tuple[int, int]]:
    """(row, cell) of the cells that stand in the first column alone: they stay in view when a wide table scrolls."""
    rows = table.get("rows") or []
    slots = layout([[(c.get("row_span", 1), c.get("col_span", 1)) for c in row["cells"]] for row in rows])
    narrow = [owner for line in slots if (owner := line[0]) and (len(line) < 2 or line[1] != owner)] if rows else []
    return set(narrow) if all(len(rows[r]["cells"][c]["text"]) <= _FIRST_MAX for r, c in narrow) else set()


def _cell_look(cell: Json) -> str:
    """The class of a cell: a figure, or how wide its column must be to be read."""
    text = str(cell["text"])
    if _is_figure(text):
        return "num"
    longest = max(map(len, text.split("\n")), default=0)
    return "w0" if cell.get("col_span", 1) > 1 else f"w{sum(longest > n for n in _WIDTHS)}"


def _is_figure(text: str) -> bool:
    return bool(text) and all(ch in "0123456789.,%‰—-–+±~～≥≤<>/ " for ch in text)
