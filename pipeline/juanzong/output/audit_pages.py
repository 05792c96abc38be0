"""Pages and places on them, as an output tells them, held against the pages that its sources have."""

from __future__ import annotations

from collections.abc import Iterator

from juanzong.output.folder import Json, Output

Place = tuple[str, str]  # file and pointer; what is wrong there
_PAGED = ("application/pdf", "application/ofd", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def misplaced(output: Output) -> Iterator[Place]:
    """(place, message) for each page that there is not, each place on none, and each string without its page."""
    sizes: dict[int, Json] = {}
    for i, source in enumerate(output.bundle["sources"]):
        given = source.get("pages") or []
        sizes.update({p["page"]: p for p in given})
        if [p["page"] for p in given] != sorted({p["page"] for p in given}):
            yield f"bundle.json /sources/{i}/pages", "are not in order, or one stands twice"
        if source["media_type"] in _PAGED and not given:
            yield f"bundle.json /sources/{i}/pages", f"are missing: a file of {source['media_type']} has some"
        if source["text"] not in (source["path"], "source.txt"):
            yield f"bundle.json /sources/{i}/text", f"{source['text']!r} is neither the source nor source.txt"
    yield from _boxes(output, sizes)
    pages = _pages_of(output)
    for n, finding in enumerate(output.findings, 1):
        page = finding.get("evidence", {}).get("page", 0)
        lost = finding.get("check") == "reader-lost-text"  # a page of a damaged file, which its reader did not give
        if page and not lost and (page not in sizes if sizes else not pages):
            yield f"findings.jsonl line {n}", f"there is no page {page}"
    for i, entry in enumerate(output.bundle["documents"]):
        found = pages.get(entry["id"])
        want = [min(found), max(found)] if found else None
        if (list(entry["pages"]) if entry.get("pages") else None) != want:
            yield f"bundle.json /documents/{i}/pages", f"says {entry.get('pages')}, the trace {want}"


def _pages_of(output: Output) -> dict[str, set[int]]:
    """Document -> the pages that its strings stand on."""
    pages: dict[str, set[int]] = {}
    for row in output.trace:
        for p in row.get("pages") or ():
            pages.setdefault(row["document"], set()).add(p["page"])
    return pages


def _boxes(output: Output, sizes: dict[int, Json]) -> Iterator[Place]:
    """The places of the strings; `sizes`: page -> width and height."""
    off: dict[int, list[bool]] = {}
    for n, row in enumerate(output.trace, 1):
        if sizes and row["source"] and not row.get("pages"):
            yield f"trace.jsonl line {n}", "names no page, and its source has pages"
        for p in row.get("pages") or ():
            x0, top, x1, bottom = p["bbox"]
            if x0 > x1 or top > bottom or (sizes and p["page"] not in sizes):
                yield f"trace.jsonl line {n}", f"{p['bbox']} is no place on a page {p['page']}"
            elif sizes:
                off.setdefault(p["page"], []).append(not _within(p["bbox"], sizes[p["page"]]))
    for page, boxes in off.items():
        if 2 * sum(boxes) > len(boxes):
            yield "bundle.json /sources", f"most of what is printed on page {page} stands off a page of this size"


def _within(box: list[float], page: Json) -> bool:
    """Whether some of a box stands on its page: programs draw beyond the edge, too."""
    x0, top, x1, bottom = box
    return x0 <= page["width"] and top <= page["height"] and x1 >= 0 and bottom >= 0
