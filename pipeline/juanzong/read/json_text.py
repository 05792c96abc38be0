"""A text that stands in a JSON file, as one string (a model's answer, a service's Markdown) or under a field of a tool that no
reader knows -> Source."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import regex as re

from juanzong.core.source import PageReport, Source
from juanzong.read.detect import is_page, json_kind
from juanzong.read.elements import is_margin, kind_of_element
from juanzong.read.hashes import file_hash
from juanzong.read.html import page_fields
from juanzong.read.json_file import load_json, tool_values, unfolded
from juanzong.read.json_tables import Said
from juanzong.read.options import ReadOptions
from juanzong.read.other_json import Field, field_of_text, heads_told
from juanzong.read.tool_text import A4, ToolText, unmarked
from juanzong.read.tool_values import one_source, read_values
from juanzong.read.unread import kept_fields, unread

_ENDS = 2  # heads, or feet, of a page
_MARKED_UP = re.compile(r"\s*<[a-z][a-z1-6-]*(?:\s[^<>]*)?>", re.IGNORECASE)
_PARTS = re.compile(r"</?(?:p|div|[uo]l|li|h[1-6]|content-ref)\b[^<>]*>", re.IGNORECASE)
_APART = re.compile(r"\n[ \t]*\n")
_HEADING = re.compile(r"\s*(?:(?P<hashes>#{1,6})\s|<h(?P<level>[1-6])\b)", re.IGNORECASE)  # in Markdown, in HTML


def read_json_text(path: Path, record_as: str, options: ReadOptions) -> Source:
    """Raises JuanzongError where the string holds no text."""
    value, reports = load_json(path)
    value = unfolded(value)
    field = field_of_text(value) if not tool_values(value, json_kind) else None
    if field is None:
        return read_values(path, record_as, "text", _fields)
    said = _elements(field) if field.tells_elements or field.tells_tables else _fields(field.text)
    told = f"JSON 出自未知的工具，取字段“{field.path or '/'}”的文字为正文"
    said["reports"] = (*said.get("reports", ()), PageReport(0, "warning", "unknown-item", told))
    left = unread(value, [said["text"]])
    if heads := heads_told(value, left) if left else []:  # the text leaves them out
        told = f"识别工具记为页眉、页脚而未计入正文的文字 {len(heads)} 处"
        said["reports"] = (*said["reports"], PageReport(0, "info", "unprinted-text", told, "\n".join(heads)))
    parts = [said, kept_fields([text for text in left if text not in heads])]
    sources = [
        Source(record_as, file_hash(path), "application/json", is_text=False, readers=("json",), **part)
        for part in parts
        if part["text"].strip()
    ]
    return one_source(sources, record_as, path, reports)


def _fields(value: str) -> dict[str, Any]:
    if is_page(value):
        return page_fields(value)
    return {"text": value.replace("\r\n", "\n").replace("\r", "\n")}


def _elements(field: Field) -> dict[str, Any]:
    """The parts of pages that the tool tells apart, each as what it calls them; those in HTML without their tags, tables
    apart, which are read as such in any text."""
    out = ToolText()
    first = min((said.page for said in field.said if said.page is not None), default=1)
    one_page = _is_one_page(field.said)
    for text, element, page, rows in _runs(field):
        paged = one_page or page is not None or is_margin(element)
        place = ((page if page is not None else first) - first + 1, (0.0, 0.0, *A4)) if paged else None
        if rows:
            out.table(rows, place, exact=True)
            continue
        kind = kind_of_element(element) if "<t" not in text else None
        heads = _HEADING.match(text) if kind in ("title", "heading") else None
        level = len(heads["hashes"] or "") or int(heads["level"] or 0) if heads else 0
        if "<t" not in text and _MARKED_UP.match(text):
            text = html.unescape(_PARTS.sub("\n", text))
        bare = unmarked(text[heads.end("hashes") :] if heads and heads["hashes"] else text) if kind else text
        out.paragraph(bare, place, kind=kind, level=level, label=element, margin=is_margin(element))
    return out.writing.fields()


def _is_one_page(said: Sequence[Said]) -> bool:
    """Whether texts whose pages are not told are those of one: its heads and feet stand before and behind all the others."""
    kinds = "".join("m" if is_margin(one.element) else "t" for one in said)
    inner = kinds.strip("m")
    ends = len(kinds) - len(kinds.lstrip("m")), len(kinds) - len(kinds.rstrip("m"))
    return any(ends) and max(ends) <= _ENDS and "m" not in inner and all(one.page is None for one in said)


def _runs(field: Field) -> Iterator[Said]:
    """What the field says; where the tool tells no parts, all between two tables is one text."""
    if field.tells_elements:
        yield from field.said
        return
    for (page, alone), said in groupby(field.said, key=lambda one: (one.page, id(one) if one.of_table else 0)):
        run = list(said)
        if alone:
            yield run[0]
        else:
            yield from (Said(text, "", page) for text in _APART.split(field.between.join(said.text for said in run)))
