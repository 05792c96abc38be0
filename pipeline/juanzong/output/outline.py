"""An output -> the lines of a tree for a terminal: documents, sections to a depth, tables with their size, counts."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from juanzong.language.list_groups import heads_entries
from juanzong.language.text import display_width
from juanzong.model import AnyDocument, Box, Figure, Section, Table, UnknownDocument, heading
from juanzong.model.blocks import Block
from juanzong.output.folder import Output, typed_documents
from juanzong.output.grid import table_size
from juanzong.words import shown, worded

_COUNTS = {
    "documents": "文件",
    "sections": "标题",
    "paragraphs": "段落",
    "boxes": "专栏",
    "tables": "表",
    "figures": "图",
    "footnotes": "注释",
    "edits_applied": "已改",
    "edits_suggested": "待定",
    "findings_error": "错误",
    "findings_warning": "警告",
    "findings_info": "提示",
}
_METADATA = ("doc_number", "issued_on", "annex_number")


def outline(output: Output, depth: int, width: int | None = None) -> Iterator[str]:
    """The lines of the tree; sections to `depth` levels below a document, lines cut at `width` columns if given."""
    for line in _lines(output, depth):
        yield cut_to(line, width) if width else line


def cut_to(line: str, width: int) -> str:
    """The line, cut so that it takes no more than `width` columns of a terminal.

    >>> cut_to("第一章 总则", 8)
    '第一章…'
    """
    if display_width(line) <= width:
        return line
    while line and display_width(line + "…") > width:
        line = line[:-1]
    return line + "…"


def _lines(output: Output, depth: int) -> Iterator[str]:
    bundle = output.bundle
    yield worded("卷宗 {}　{}", bundle["id"], bundle["title"])
    for source in bundle["sources"]:
        facts = [source.get("encoding"), shown(f"{source['characters']} 字")]
        facts += [*source.get("style", []), *source.get("readers", [])]
        yield worded("来源 {}（{}）", source["path"], "，".join(filter(None, facts)))
    yield shown("合计 ") + _told(bundle["counts"], _COUNTS)
    for item in _missing(output):
        yield shown(f"缺　 目录所列“{' '.join(filter(None, (item['number'], item['title'])))}”不在卷中")
    documents = typed_documents(output)
    edits, findings = _edit_counts(output), _finding_counts(output)
    for i, document in enumerate(documents):
        last = i == len(documents) - 1
        yield f"{'└─' if last else '├─'} {_head(document)}"
        indent = "   " if last else "│  "
        facts = [
            t
            for t in (
                _told(_sizes(document.body), _COUNTS),
                _told(edits[document.id], _COUNTS),
                _told(findings[document.id], _COUNTS),
            )
            if t
        ]
        if facts:
            yield f"{indent}    {' · '.join(facts)}"
        yield from _tree(document.body, depth, indent)


def _head(document: AnyDocument | UnknownDocument) -> str:
    values = (getattr(document.metadata, name) for name in _METADATA)
    links = [f"↳ {getattr(document, key)}" for key in ("promulgated_by", "annex_of") if getattr(document, key)]
    return "　".join(
        filter(None, [f"[{document.label or document.type}] {document.title or shown('（无标题）')}", *values, *links])
    )


def _told(counts: dict[str, int] | Counter[str], names: dict[str, str]) -> str:
    return " · ".join(f"{shown(label)} {counts[key]}" for key, label in names.items() if counts.get(key))


def _sizes(blocks: Sequence[Block]) -> Counter[str]:
    keys = {"section": "sections", "paragraph": "paragraphs", "box": "boxes", "table": "tables", "figure": "figures"}
    out: Counter[str] = Counter()
    for block in blocks:
        out[keys[block.kind]] += 1
        if isinstance(block, Section | Box):
            out += _sizes(block.children)
    return out


def _tree(blocks: Sequence[Block], depth: int, indent: str) -> Iterator[str]:
    """What has a name of its own: sections, boxes, tables, figures; an article or paragraph is left to the counts."""
    shown = [(b, label) for b in blocks if depth > 0 and (label := _label(b))]
    for i, (block, label) in enumerate(shown):
        last = i == len(shown) - 1
        yield f"{indent}{'└─' if last else '├─'} {label}"
        if isinstance(block, Section | Box):
            yield from _tree(block.children, depth - 1, indent + ("   " if last else "│  "))


def _label(block: Block) -> str:
    if isinstance(block, Section) and block.title:
        return heading(block.number, block.title)
    if isinstance(block, Box):
        return "▣ " + heading(block.number, block.title)
    if isinstance(block, Table):
        name = heading(block.number, block.caption) or shown("表")
        if block.same_as:
            return worded("▦ {}（重印，见 {}）", name, block.same_as.document)
        rows, columns = table_size(block)
        if block.unit:
            return worded("▦ {}（{} 行 × {} 列，单位：{}）", name, rows, columns, block.unit)
        return worded("▦ {}（{} 行 × {} 列）", name, rows, columns)
    if isinstance(block, Figure):
        return "▨ " + (heading(block.number, block.caption) or shown("图"))
    return ""


def _missing(output: Output) -> list[dict[str, Any]]:
    """The entries of the bundle's contents list that name a document, which is not here; what heads a group names none."""
    lists = [document.get("contents", []) for document in output.documents.values()]
    heads = {a["title"] for entries in lists for a, b in pairwise(entries) if _heads_group(a, b)}
    return [c for c in output.bundle.get("contents", []) if c["document"] is None and c["title"] not in heads]


def _heads_group(entry: dict[str, Any], below: dict[str, Any]) -> bool:
    bare = not entry.get("number") and not entry.get("page")
    return heads_entries(entry["level"], below["level"], bare=bare, below_paged=bool(below.get("page")))


def _edit_counts(output: Output) -> dict[str, Counter[str]]:
    """Edits belong to the document whose text stands at them or was the last before them."""
    starts = sorted((a, row["document"]) for row in output.trace for a, _ in row["source"])
    offsets = [a for a, _ in starts]
    out: dict[str, Counter[str]] = {key: Counter() for key in output.documents}
    for e in output.edits if starts else []:
        owner = starts[max(0, bisect.bisect_right(offsets, e["source"][0]) - 1)][1]
        key = {"applied": "edits_applied", "accepted": "edits_applied", "suggested": "edits_suggested"}.get(e["status"])
        if key:
            out[owner][key] += 1
    return out


def _finding_counts(output: Output) -> dict[str, Counter[str]]:
    out: dict[str, Counter[str]] = {key: Counter() for key in output.documents}
    for f in output.findings:
        if f.get("status") == "waived":
            continue
        places: list[dict[str, Any]] = f.get("where", [])
        for key in {p["document"] for p in places} & out.keys():
            out[key][f"findings_{f['severity']}"] += 1
    return out
