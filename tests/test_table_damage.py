"""Laws: a table with group rows, written in each syntax within a plan and damaged in one place, gives back all other
rows, and the plan around it stays whole."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import regex as re
from hypothesis import given, settings
from hypothesis import strategies as st

from juanzong.core import tree
from juanzong.core.ledger import Ledger
from juanzong.core.source import Source
from juanzong.language.text import display_width
from juanzong.read import read
from juanzong.run import process
from juanzong.stages.tables.columns import column_starts, extents
from juanzong.stages.tables.raw import RawRow
from juanzong.stages.tables.read import rows_of
from tables_kit import fragments_of, strings

_WORDS = st.text("甲丙丁戊庚壬癸河湖林田", min_size=2, max_size=6)
_COLUMNS = {
    "总投资（万元）": st.integers(100, 4000).map(str) | st.decimals(min_value=1, max_value=999, places=2).map(str),
    "责任单位": _WORDS,
    "属性": st.sampled_from(["预期性", "约束性"]),
    "比重": st.decimals(min_value=1, max_value=99, places=1).map(lambda d: f"{d}%"),
}
_GROUPS = ("一、经济发展", "二、民生福祉", "三、绿色生态")
Row = list[str]


@st.composite
def tables(draw: st.DrawFn) -> list[Row]:
    """A header and numbered rows, in groups or in none; a group row is one cell."""
    names = ["序号", "指标名称", *draw(st.permutations(list(_COLUMNS)))[: draw(st.integers(1, 3))]]
    rows: list[Row] = [names]
    n = 0
    for group in _GROUPS[: draw(st.integers(2, 3))] if draw(st.booleans()) else [""]:
        rows += [[group]] if group else []
        for _ in range(draw(st.integers(2, 4))):
            n += 1
            rows.append([str(n), draw(_WORDS), *(draw(_COLUMNS[name]) for name in names[2:])])
    return rows


def _tabs(row: Row, width: int) -> str:
    return "\t".join(row)


def _pipes(row: Row, width: int) -> str:
    return f"| {' | '.join(row)} |" if len(row) > 1 else row[0]


def _html(row: Row, width: int) -> str:
    return (
        f'<tr><td colspan="{width}">{row[0]}</td></tr>'
        if len(row) == 1
        else f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>"
    )


def _latex(row: Row, width: int) -> str:
    cells = [f"\\multicolumn{{{width}}}{{|c|}}{{{row[0]}}}"] if len(row) == 1 else row
    return " & ".join(c.replace("%", r"\%") for c in cells) + r" \\ \hline"


def _otsl(row: Row, width: int) -> str:
    return "".join(f"<fcel>{c}" for c in row) + ("<lcel>" * (width - 1) if len(row) == 1 else "") + "<nl>"


_SYNTAX = {"tabs": _tabs, "pipes": _pipes, "html": _html, "latex": _latex, "otsl": _otsl, "mineru": _html}
_FRAMES = {"html": ("<table>", "</table>"), "otsl": ("<otsl>", "</otsl>"), "mineru": ("<table>", "</table>")}


def _written(rows: list[Row], syntax: str, *, page: int = 0, again: bool = False) -> list[str]:
    """The lines of the table; a page ends before row `page`, whose head prints the header `again`."""
    width = len(rows[0])
    lines = [_SYNTAX[syntax](row, width) for row in rows]
    parts = [lines[:page], [*lines[: 1 if again else 0], *lines[page:]]] if page else [lines]
    if syntax == "pipes":
        parts[0].insert(1, "|" + " --- |" * width)
    if syntax in _FRAMES:
        begin, end = _FRAMES[syntax]
        parts = [[begin + "".join(part) + end] for part in parts]
    if syntax == "latex":
        parts = [["\\begin{tabular}{" + "|c" * width + "|}", *part, "\\end{tabular}"] for part in parts]
    return [line for n, part in enumerate(parts) for line in (["", ""] if n else []) + part]


@cache
def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory()


def _listed(lines: list[str]) -> Source:
    """The lines as MinerU lists them: a block for each, tables as such."""
    blocks = [
        {"type": "table", "table_body": line, "page_idx": 0}
        if line.startswith("<table>")
        else {"type": "text", "text": line, "page_idx": 0, **({"text_level": 1} if line[1] == "、" else {})}
        for line in lines
        if line
    ]
    path = Path(_folder().name) / "t_content_list.json"
    path.write_text(json.dumps(blocks, ensure_ascii=False), "utf-8")
    return read(path, record_as=path.name)


def _read(lines: list[str], syntax: str = "") -> list[Row]:
    """The rows of the one table of a plan that prints the lines; merged cells in each place."""
    head = ["东山县城乡建设方案", "", "一、总体要求", "", "坚持统筹推进。", "", "二、主要目标", "", "目标见下表。", ""]
    lines = [*head, *lines, "", "三、保障措施", "", "落实经费来源。", ""]
    source = _listed(lines) if syntax == "mineru" else Source("t.txt", "0" * 64, "text/plain", "\n".join(lines))
    document = process(source, "t").documents[0]
    blocks = list(tree.walk(document.body))
    assert [b.number.text for b in blocks if isinstance(b, tree.Section)] == ["一、", "二、", "三、"]
    (table,) = (b for b in blocks if isinstance(b, tree.Table))
    return strings(table)


def _whole(rows: list[Row], width: int = 0) -> list[Row]:
    width = width or len(rows[0])
    return [row * width if len(row) == 1 else row + [""] * (width - len(row)) for row in rows]


_syntaxes = st.sampled_from(sorted(_SYNTAX))


@settings(max_examples=40)
@given(tables(), _syntaxes)
def test_a_sound_table_comes_back(rows: list[Row], syntax: str) -> None:
    assert _read(_written(rows, syntax), syntax) == _whole(rows)


@settings(max_examples=40)
@given(tables(), _syntaxes, st.data())
def test_a_page_ends_anywhere(rows: list[Row], syntax: str, data: st.DataObject) -> None:
    page = data.draw(st.integers(2, len(rows) - 1))
    assert _read(_written(rows, syntax, page=page, again=data.draw(st.booleans())), syntax) == _whole(rows)


@settings(max_examples=40)
@given(tables(), _syntaxes, st.data())
def test_a_cell_too_few_moves_no_other_row(rows: list[Row], syntax: str, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from([k for k, row in enumerate(rows) if k and len(row) > 1][:-1]))
    column = data.draw(st.integers(1, len(rows[0]) - 1))
    short = [row[:column] + row[column + 1 :] if k == at else row for k, row in enumerate(rows)]
    read = _read(_written(short, syntax), syntax)
    assert read[:at] + read[at + 1 :] == _whole(rows)[:at] + _whole(rows)[at + 1 :]


@settings(max_examples=40)
@given(tables(), _syntaxes, st.data())
def test_a_cell_too_many_makes_a_column_at_the_right(rows: list[Row], syntax: str, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from([k for k, row in enumerate(rows) if k and len(row) > 1]))
    column = data.draw(st.integers(1, len(rows[0])))
    long = [[*row[:column], "丙丙", *row[column:]] if k == at else row for k, row in enumerate(rows)]
    assert _read(_written(long, syntax), syntax) == _whole(long, len(rows[0]) + 1)


@settings(max_examples=40)
@given(tables(), st.sampled_from(["tabs", "pipes", "mineru"]), st.sampled_from(["# 目标", "7. 其他"]), st.data())
def test_a_line_alone_parts_no_rows(rows: list[Row], syntax: str, line: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(2, len(rows) - 1))
    lines = [line for line in _written(rows, syntax, page=at) if line]
    seam = 1 if syntax == "mineru" else at + (syntax == "pipes")
    lines.insert(seam, line.lstrip("# ") if syntax == "mineru" else line)
    read = _read(lines, syntax)
    assert [row for row in _whole(rows) if row not in read] == []


@settings(max_examples=40)
@given(tables(), st.data())
def test_a_lost_tag_costs_its_row_alone(rows: list[Row], data: st.DataObject) -> None:
    (line,) = _written(rows, "html")
    tag = data.draw(st.sampled_from(list(re.finditer(r"</?t[a-z]+[^>]*>", line))))
    near = line[: tag.start()].count("<tr>") + line[: tag.start()].count("<tr ")
    read = _read([line[: tag.start()] + line[tag.end() :]])
    assert all(row in read for k, row in enumerate(_whole(rows)) if abs(k - near) > 2)


@settings(max_examples=40)
@given(tables(), st.sampled_from(["html", "mineru"]), st.data())
def test_a_stray_tag_costs_its_row_alone(rows: list[Row], syntax: str, data: st.DataObject) -> None:
    (line,) = _written(rows, syntax)
    at = data.draw(st.sampled_from([m.start() for m in re.finditer(r"(?<=>)<(?:t[rd]|/t[rd]|/table)", line)]))
    tag = data.draw(
        st.sampled_from(["</td>", "</tr>", "<td>", "<tr>", "<p>", "</p>", "<b>", "</div>", "<br>", "<tbody>"])
    )
    near = line[:at].count("<tr>")
    read = [row[: len(rows[0])] for row in _read([line[:at] + tag + line[at:]], syntax)]
    assert all(row in read for k, row in enumerate(_whole(rows)) if abs(k - near) > 1)


@settings(max_examples=40)
@given(tables(), st.sampled_from(["tabs", "pipes", "html"]), st.data())
def test_a_table_that_breaks_off_keeps_the_rows_before(rows: list[Row], syntax: str, data: st.DataObject) -> None:
    lines = _written(rows, syntax)
    begin = lines[-1].rfind("<tr>") + len("<tr><td>x") if syntax == "html" else 3
    end = len(lines[-1]) - 1
    lines[-1] = lines[-1][: data.draw(st.integers(min(begin, end), end))]
    read = _read(lines)
    assert read[: len(rows) - 1] == _whole(rows[:-1])
    assert all(cell == "" or rows[-1][c].startswith(cell.rstrip("<")) for c, cell in enumerate(read[-1])) or len(
        read
    ) < len(rows)


def _sizes(rows: list[Row]) -> list[int]:
    """The width of each column, in print."""
    sizes = [max(display_width(row[c]) for row in rows if len(row) > 1) for c in range(len(rows[0]))]
    alone = max([display_width(row[0]) for row in rows if len(row) == 1], default=0)
    sizes[-1] += max(0, alone - sum(sizes) - 3 * (len(sizes) - 1))
    return sizes


def _padded(text: str, size: int) -> str:
    return text + " " * (size - display_width(text))


def _drawn(rows: list[Row]) -> list[str]:
    """+---+---+ above and below each row; a group row is one cell over all columns."""
    sizes = _sizes(rows)
    rule = "+" + "+".join("-" * (size + 2) for size in sizes) + "+"
    lines = [rule]
    for row in rows:
        cells = map(_padded, row, sizes) if len(row) > 1 else [_padded(row[0], sum(sizes) + 3 * (len(sizes) - 1))]
        lines += [f"| {' | '.join(cells)} |", rule]
    return lines


def _spaced(rows: list[Row]) -> list[str]:
    """Columns that blanks part."""
    return ["    ".join(map(_padded, row, _sizes(rows))).rstrip() if len(row) > 1 else row[0] for row in rows]


@settings(max_examples=40)
@given(tables(), st.booleans())
def test_a_table_drawn_or_spaced_comes_back(rows: list[Row], drawn: bool) -> None:
    assert _read((_drawn if drawn else _spaced)(rows)) == _whole(rows)


@settings(max_examples=40)
@given(tables(), st.booleans(), st.data())
def test_a_cell_rubbed_out_of_print_moves_no_other_row(rows: list[Row], drawn: bool, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from([k for k, row in enumerate(rows) if k and len(row) > 1][:-1]))
    column = data.draw(st.integers(1, len(rows[0]) - 1))
    rows[at] = [*rows[at][:column], "", *rows[at][column + 1 :]]
    expected = _whole(rows)
    read = _read((_drawn if drawn else _spaced)(rows))
    assert read[:at] + read[at + 1 :] == expected[:at] + expected[at + 1 :]


def test_a_line_that_lost_a_character_moves_no_column() -> None:
    whole = [
        "水厂  1.20万  3.40万  5.60万",
        "泵站  7.10万  8.20万  9.30万",
        "管网  2.10万  4.20万  6.30万",
        "水库  3.10万  5.20万  7.30万",
    ]
    rows = _printed([*whole, "渠  2.50万  4.60万  6.80万"])
    starts = column_starts(rows[:-1])
    assert extents(rows, starts) == extents(rows[:-1], starts)
    apart = _printed([*whole, "渠道  2.50万  4.60万  16.800万"])  # it is longer than the others
    assert extents(apart, starts) != extents(apart[:-1], starts)


def _printed(lines: list[str]) -> list[RawRow]:
    text = "\n".join(lines)
    return rows_of(fragments_of(text)[0], Ledger(text))
