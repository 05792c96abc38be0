"""Lines of plain recognition, each with its box: those that stand in rows and columns are a table."""

from __future__ import annotations

import pytest

from juanzong.read.ocr_rows import with_tables
from juanzong.read.printed import PrintedLine, PrintedTable

EM = 12.0


def line(text: str, x: float, y: float) -> PrintedLine:
    width = sum(EM if ord(c) > 0x2E80 else EM / 2 for c in text)
    return PrintedLine(text, (x, y, x + width, y + EM), EM, confidence=0.98)


def page(rows: list[list[str]], places: list[float], step: float = 20) -> list[PrintedLine]:
    """A title, rows of pieces that begin at `places` ("" for none), and a sentence below."""
    body = [line(t, x, 60 + step * k) for k, row in enumerate(rows) for t, x in zip(row, places, strict=True) if t]
    end = line("本表由市自然资源局负责解释。", 80, 90 + step * len(rows))
    return [line("出让地块一览表", 220, 30), *body, end]


POINTS = [
    ["序号", "宗地号", "X坐标", "Y坐标"],
    ["1", "SC-01", "115172.500", "103655.000"],
    ["2", "SC-02", "115180.250", "103660.750"],
    ["3", "SC-03", "115190.000", "103671.500"],
]


def test_rows_and_columns_are_a_table() -> None:
    first, table, last = with_tables(page(POINTS, [60, 120, 240, 380]), 595.28)
    assert isinstance(table, PrintedTable)
    assert [[cell.text for cell in row] for row in table.rows] == POINTS
    assert (first.text, last.text) == ("出让地块一览表", "本表由市自然资源局负责解释。")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        # two columns of prose
        (
            [
                ["各县要加强校园安全管理，落实主体", "全市推进课后服务全覆盖，参与学生"],
                ["责任，定期开展隐患排查。要健全制", "达到八成以上。要丰富课程资源，引"],
                ["度，完善台账，确保师生安全。各校", "入社会力量，规范收费管理。家长满"],
                ["要组织应急演练，提高处置能力。", "意度保持在九成以上。"],
            ],
            [60, 320],
        ),
        # who signs, side by side
        ([["甲方（盖章）：松城一中", "乙方（盖章）：云河公司"], ["2021年3月5日", "2021年3月5日"]], [60, 320]),
    ],
)
def test_others_stay_lines(rows: list[list[str]], places: list[float]) -> None:
    lines = page(rows, places)
    assert with_tables(lines, 595.28) == lines


def placed(*pieces: tuple[str, float, float]) -> list[PrintedLine]:
    """Lines by their middles and heights."""
    return [line(t, x - sum(EM if ord(c) > 0x2E80 else EM / 2 for c in t) / 2, y) for t, x, y in pieces]


def body(middles: list[float], rows: list[list[str]], y: float) -> list[PrintedLine]:
    return placed(*((t, x, y + 20 * k) for k, row in enumerate(rows) for t, x in zip(row, middles, strict=True)))


FIVE = [["甲镇", "3", "1200", "4", "1500"], ["乙镇", "1", "300", "2", "450"], ["丙镇", "5", "2100", "5", "2200"]]
AT = [100.0, 200.0, 280.0, 360.0, 440.0]
LOWER = [("处数", 200.0, 80.0), ("人口", 280.0, 80.0), ("处数", 360.0, 80.0), ("人口", 440.0, 80.0)]


@pytest.mark.parametrize("height", [60.0, 70.0, 80.0], ids=["on top", "in the middle", "below"])
def test_names_over_several_columns_without_any_rule(height: float) -> None:
    """The name of the rows stands at one of three heights beside the two levels of the others."""
    head = [("上年", 240.0, 60.0), ("本年", 400.0, 60.0), ("镇", 100.0, height), *LOWER]
    lines = [*placed(*sorted(head, key=lambda p: p[2])), *body(AT, FIVE, 100)]
    (table,) = with_tables(lines, 595.28)
    assert isinstance(table, PrintedTable)
    assert [[c.text for c in row] for row in table.rows[:2]] == [["镇", "上年", "本年"], ["处数", "人口"] * 2]
    assert [[(c.row_span, c.col_span) for c in row] for row in table.rows[:2]] == [
        [(2, 1), (1, 2), (1, 2)],
        [(1, 1)] * 4,
    ]
    assert [[c.text for c in row] for row in table.rows[2:]] == FIVE


@pytest.mark.parametrize("height", [60.0, 70.0])
def test_one_name_over_some_columns_without_any_rule(height: float) -> None:
    own = [("镇", 100.0, height), ("人口", 280.0, height)]
    head = [("供水工程", 400.0, 60.0), *own, ("水厂", 360.0, 80.0), ("泵站", 440.0, 80.0)]
    rows = [[row[0], "", row[2], row[3], row[4]] for row in FIVE]
    lines = [*placed(*sorted(head, key=lambda p: p[2])), *[x for x in body(AT, rows, 100) if x.text]]
    (table,) = with_tables(lines, 595.28)
    assert isinstance(table, PrintedTable)
    assert [[c.text for c in row] for row in table.rows[:2]] == [["镇", "人口", "供水工程"], ["水厂", "泵站"]]


@pytest.mark.parametrize(
    "above",
    [
        [("各镇供水工程", 270.0, 60.0)],  # the title
        [("表1 各镇工程", 110.0, 60.0), ("单位：处、人", 430.0, 60.0)],
        [("镇", 100.0, 30.0), ("上年", 240.0, 30.0), ("本年", 400.0, 30.0)],  # far above
    ],
)
def test_what_stands_over_a_whole_header_is_none_of_it(above: list[tuple[str, float, float]]) -> None:
    head = placed(("镇", 100.0, 80.0), *LOWER)
    rows = body(AT, FIVE, 100)
    *lines, table = with_tables([*placed(*above), *head, *rows], 595.28)
    assert isinstance(table, PrintedTable)
    assert [x.text for x in lines if isinstance(x, PrintedLine)] == [text for text, _, _ in above]
    assert [[c.text for c in row] for row in table.rows] == [["镇", "处数", "人口", "处数", "人口"], *FIVE]
