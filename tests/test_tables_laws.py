"""Laws: a table written in each syntax, and collapsed as transcription does, is read back the same."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from juanzong.language.text import display_width
from tables_kit import build, homes, strings

_WORDS = st.text("甲乙丙丁戊己庚辛壬癸东南西北中", min_size=2, max_size=9)
_FIGURES = st.decimals(min_value="1", max_value="9999", places=2).map(str)


@dataclass
class Grid:
    """texts[r][c], and for each slot the top left of the cell that stands in it."""

    texts: list[list[str]]
    owner: list[list[tuple[int, int]]]


@st.composite
def tilings(draw: st.DrawFn) -> Grid:
    """Any table of cells with any spans."""
    height, width = draw(st.integers(2, 6)), draw(st.integers(2, 5))
    owner: list[list[tuple[int, int] | None]] = [[None] * width for _ in range(height)]
    texts = [[""] * width for _ in range(height)]
    for r in range(height):
        for c in range(width):
            if owner[r][c] is not None:
                continue
            down = draw(st.integers(1, min(3, height - r)))
            right = 1
            while right < 3 and c + right < width and owner[r][c + right] is None and draw(st.booleans()):
                right += 1
            text = draw(_WORDS | _FIGURES)
            for i in range(r, r + down):
                for k in range(c, c + right):
                    owner[i][k], texts[i][k] = (r, c), text
    return Grid(texts, [[o or (0, 0) for o in row] for row in owner])


@st.composite
def indicators(draw: st.DrawFn) -> Grid:
    """An indicator table as plans print it: numbered labels in two columns, group rows, figures and dashes, words in
    place of figures, a column of two words that ends each row."""
    columns = draw(st.integers(2, 4))
    width = columns + 3
    rows = [["指标", "指标", *(f"{2015 + k}年" for k in range(columns)), "属性"]]
    owner = [[(0, 0), (0, 0), *((0, c) for c in range(2, width))]]
    number = 0

    def figures(r: int) -> tuple[list[str], list[tuple[int, int]]]:
        texts, places = [], []
        for k in range(columns):
            texts.append(draw(_FIGURES | st.just("—")) if k else draw(_FIGURES))
            places.append((r, k + 2))
        return texts, places

    for g in range(draw(st.integers(1, 3))):
        rows.append([f"{'一二三'[g]}、{draw(_WORDS)}"] * width)
        owner.append([(len(rows) - 1, 0)] * width)
        for _ in range(draw(st.integers(2, 3))):
            number += 1
            label, kind = f"{number}.{draw(_WORDS)}", draw(st.sampled_from(["预期性", "约束性"]))
            parts = draw(st.sampled_from([1, 1, 2, 3]))
            start = len(rows)
            for k in range(parts):
                r = len(rows)
                texts, places = figures(r)
                part = label if parts == 1 else f"{'甲乙丙'[k]}类{draw(_WORDS)}"
                rows.append([label, part, *texts, kind])
                owner.append([(start, 0), (start, 0) if parts == 1 else (r, 1), *places, (start, width - 1)])
    rows.append([f"{number + 1}.末项", f"{number + 1}.末项", "1.5", *["—"] * (columns - 1), "预期性"])
    owner.append([(len(rows) - 1, 0)] * 2 + [(len(rows) - 1, c) for c in range(2, width)])
    return Grid(rows, owner)


def as_html(grid: Grid, closed: bool) -> str:
    out = "<table>"
    for r, row in enumerate(grid.owner):
        out += "<tr>"
        for c, place in enumerate(row):
            if place == (r, c):
                right = sum(o == place for o in row)
                down = sum(line[c] == place for line in grid.owner)
                spans = (f' rowspan="{down}"' if down > 1 else "") + (f" colspan={right}" if right > 1 else "")
                out += f"<td{spans}>{grid.texts[r][c]}" + ("</td>" if closed else "")
        out += "</tr>" if closed else "\n"
    return out + "</table>"


def collapsed(grid: Grid) -> list[list[str]]:
    """Merged cells printed once, empty in the other places."""
    return [
        [t if o == (r, c) else "" for c, (t, o) in enumerate(zip(ts, os, strict=True))]
        for r, (ts, os) in enumerate(zip(grid.texts, grid.owner, strict=True))
    ]


def as_printed(grid: Grid, room: int) -> str:
    """Columns apart by blanks, a wide character two columns wide; cells wrap."""
    rows = collapsed(grid)
    single = [row for row, owner in zip(rows, grid.owner, strict=True) if len(set(owner)) > 1]
    sizes = [max(6, min(room, max(display_width(row[c]) for row in single))) for c in range(len(rows[0]))]
    starts = [sum(s + 2 for s in sizes[:c]) for c in range(len(sizes))]
    lines = []
    for r, row in enumerate(rows):
        free = list(sizes)
        for c, (r0, c0) in enumerate(grid.owner[r]):
            if (r0, c0) == (r, c):
                last = max(k for k, o in enumerate(grid.owner[r]) if o == (r, c))
                free[c] = starts[last] + sizes[last] - starts[c]
        pieces = [_wrap(t, free[c]) for c, t in enumerate(row)]
        for n in range(max(map(len, pieces))):
            line = ""
            for c, piece in enumerate(pieces):
                if n < len(piece):
                    line += " " * (starts[c] - display_width(line)) + piece[n]
            lines.append(line)
    return "\n".join(lines)


def _wrap(text: str, room: int) -> list[str]:
    out = [""]
    for c in text:
        if display_width(out[-1] + c) > room:
            out.append("")
        out[-1] += c
    return out if text else []


def _same(text: str, grid: Grid) -> None:
    table, ledger, findings = build(text)
    assert strings(table) == grid.texts
    assert not [f for f in findings if f.check == "table-grid"]
    assert set(homes(text, [table], ledger)) <= {1}


@given(tilings(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_html_says_what_spans(grid: Grid, closed: bool) -> None:
    _same(as_html(grid, closed), grid)


@given(indicators())
@settings(max_examples=60, deadline=None)
def test_spans_collapsed_to_blanks_come_back(grid: Grid) -> None:
    _same("\n".join("\t".join(row) for row in collapsed(grid)), grid)


@given(indicators())
@settings(max_examples=30, deadline=None)
def test_and_in_markdown(grid: Grid) -> None:
    lines = ["| " + " | ".join(row) + " |" for row in collapsed(grid)]
    _same("\n".join([lines[0], "|---" * len(grid.texts[0]) + "|", *lines[1:]]), grid)


@given(indicators(), st.integers(8, 16))
@settings(max_examples=40, deadline=None)
def test_and_in_printed_columns(grid: Grid, room: int) -> None:
    assume(any(len(set(row)) > 1 and row[0] != row[1] for row in grid.texts))  # else nothing shows the second column
    _same(as_printed(grid, room * 2), grid)


@given(indicators(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_row_that_lost_its_label_span_is_put_right(grid: Grid, data: st.DataObject) -> None:
    rows = collapsed(grid)
    single = [r for r, row in enumerate(grid.owner) if r and len(set(row)) > 1 and row[0] == row[1]]
    r = data.draw(st.sampled_from(single))
    rows[r] = [rows[r][0], *rows[r][2:], ""]
    table, _, findings = build("\n".join("\t".join(row) for row in rows))
    assert strings(table) == grid.texts or [f for f in findings if f.check == "table-grid"]


@given(indicators(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_page_break_changes_nothing(grid: Grid, data: st.DataObject) -> None:
    lines = ["\t".join(row) for row in collapsed(grid)]
    cut = data.draw(st.integers(3, len(lines) - 1))
    _same("\n".join([*lines[:cut], "%%", lines[0], *lines[cut:]]), grid)
