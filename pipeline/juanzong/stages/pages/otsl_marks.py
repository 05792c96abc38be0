"""Tables in OTSL, the codes of layout models (`<fcel>a<lcel><nl>`): the tags that stand for its marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex as re

CELL_MARK = re.compile(r"<(?:fcel|ched|rhed|srow|ecel)>")
OTSL = re.compile(r"</?otsl>|<(?:fcel|ched|rhed|srow|ecel|lcel|ucel|xcel|nl)>|<loc_\d{1,4}>")
Change = tuple[int, int, str]


def one_each(begin: int, end: int, tags: Sequence[str]) -> Iterator[Change]:
    """A mark of several characters that stands for several tags: each has a part of it, as an edit is one token."""
    for n, tag in enumerate(tags):
        last = n + 1 == len(tags)
        yield begin + n, end if last else begin + n + 1, tag


def td(down: int, right: int) -> str:
    spans = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{right}"' if right > 1 else "")
    return f"<td{spans}>"


def otsl_changes(text: str) -> Iterator[Change]:
    """What takes the place of each mark; marks stand before the cells: <lcel> goes on from the left, <ucel> from above."""
    rows: list[list[re.Match[str]]] = [[]]
    bare = "<otsl>" not in text
    end = text.rfind("<nl>") if bare and "</otsl>" not in text else -1
    for m in OTSL.finditer(text):
        if m[0] == "<nl>":
            rows.append([])
            if m.start() == end:
                yield (*m.span(), "</table>")
                continue
        elif m[0] in ("<otsl>", "</otsl>"):
            yield (*m.span(), "<table>" if m[0] == "<otsl>" else "</table>")
            continue
        elif not m[0].startswith("<loc"):
            rows[-1].append(m)
            continue
        yield (*m.span(), "")
    names = [[m[0][1:-1] for m in row] for row in rows]
    for r, row in enumerate(rows):
        for c, m in enumerate(row):
            right = next((k for k in range(c + 1, len(row)) if names[r][k] != "lcel"), len(row)) - c
            down = r + 1
            while down < len(rows) and c < len(rows[down]) and names[down][c] == "ucel":
                down += 1
            tag = "" if names[r][c] in ("lcel", "ucel", "xcel") else td(down - r, right)
            first = ["<table>"] if bare and r == c == 0 else []
            yield from one_each(*m.span(), [*first, "<tr>", tag] if c == 0 else [tag])
