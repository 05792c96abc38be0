"""What text detection overlooks and is read again: heads of lines, figures in tables. The recogniser is a stand-in."""

from __future__ import annotations

from typing import Any

import pytest

from juanzong.read.recognized import Seen, SeenLine

np = pytest.importorskip("numpy")
pytest.importorskip("cv2")

HEIGHT = 40


def line_of(text: str, x0: float, y0: float = 100.0) -> SeenLine:
    characters = tuple(Seen(c, 0.99, (k + 0.5) / len(text)) for k, c in enumerate(text))
    return SeenLine(x0, y0, x0 + HEIGHT * len(text), y0 + HEIGHT, HEIGHT, characters)


def reads(*texts: str, sure: float = 0.95) -> Any:
    return lambda crops: [[Seen(c, sure, 0.5) for c in texts[k % len(texts)]] for k in range(len(crops))]


def page(*boxes: tuple[int, int, int, int], size: tuple[int, int] = (400, 800)) -> Any:
    ink = np.zeros(size, np.uint8)
    for x0, y0, x1, y1 in boxes:
        ink[y0:y1, x0:x1] = 255
    return ink


HEAD = (150, 118, 180, 122)  # a thin stroke, 20 pixels before the line
RULED = (188, 60, 190, 180)  # an upright ruling between it and the line


@pytest.mark.parametrize(
    ("boxes", "said", "sure", "expected"),
    [
        ([HEAD], "一、经济发展", 0.95, "一、经济发展"),
        ([HEAD, RULED], "一、经济发展", 0.95, "经济发展"),
        ([(100, 118, 130, 122)], "一、经济发展", 0.95, "经济发展"),
        ([(178, 118, 180, 122)], "一、经济发展", 0.95, "经济发展"),
        ([HEAD], "一、经济发晨", 0.95, "经济发展"),
        ([HEAD], "甲乙经济发展", 0.95, "经济发展"),
        ([HEAD], "一、经济发展", 0.5, "经济发展"),
        ([], "一、经济发展", 0.95, "经济发展"),
    ],
    ids=["a number", "behind a ruling", "far off", "a speck", "read otherwise", "no number", "unsure", "nothing there"],
)
def test_heads_of_lines(boxes: Any, said: str, sure: float, expected: str) -> None:
    from juanzong.read.cut_heads import with_heads

    ink = page(*boxes)
    [line] = with_heads(255 - ink, ink, [line_of("经济发展", 200.0)], reads(said, sure=sure))
    assert "".join(c.text for c in line.characters) == expected
    assert (line.x0 < 160) == (expected != "经济发展")


def test_what_another_line_says_is_no_head() -> None:
    from juanzong.read.cut_heads import with_heads

    ink = page(HEAD)
    lines = [line_of("经济发展", 200.0), line_of("一、", 110.0)]
    assert with_heads(255 - ink, ink, lines, reads("一、经济发展")) == lines


@pytest.mark.parametrize("ruled", [True, False], ids=["in a table", "control: strewn over a page"])
def test_many_figures_are_read_where_a_table_holds_them(ruled: bool) -> None:
    from juanzong.read.overlooked import MOST, overlooked
    from juanzong.read.overlooked_cells import tables_on

    places = [(60 + 60 * c, 60 + 60 * r) for r in range(8) for c in range(8)]
    assert len(places) > MOST
    ink = page(*((x, y, x + 8, y + 28) for x, y in places), size=(700, 700))
    ends = [30 + 60 * k for k in range(9)]
    rulings = [(30, v, 510, v) for v in ends] + [(v, 30, v, 510) for v in ends] if ruled else []
    found = overlooked(255 - ink, ink, [line_of("甲", 600.0, 600.0)], reads("1"), tables_on(rulings, []))
    assert len(found) == (len(places) if ruled else 0)


WORD = [(240, 100, 270, 130), (300, 100, 330, 130)]  # two characters, a blank between them, in the middle cell
UPRIGHTS, LEVELS = (50, 200, 370, 500), (80, 150, 220)


@pytest.mark.parametrize(
    ("boxes", "x0", "sure", "expected"),
    [
        (WORD, 80.0, 0.95, "十月"),
        (WORD, 240.0, 0.95, ""),
        (WORD, 80.0, 0.7, ""),
        ([(240, 84, 330, 112), *[(x, 116, x + 30, 140) for x in (240, 280)]], 240.0, 0.95, ""),
        ([(240, 100, 250, 130)], 80.0, 0.95, ""),
        ([(240, 86, 330, 144)], 80.0, 0.95, ""),
        ([(240, 100, 241, 130), (329, 100, 330, 130)], 80.0, 0.95, ""),
    ],
    ids=[
        "read",
        "control: a line holds it",
        "unsure",
        "control: it reaches out of a line",
        "a stroke",
        "a picture",
        "dust",
    ],
)
def test_ink_in_a_cell_without_a_line_is_read(boxes: Any, x0: float, sure: float, expected: str) -> None:
    from juanzong.read.overlooked_cells import overlooked_cells, tables_on

    rulings = [(x, LEVELS[0], x, LEVELS[-1]) for x in UPRIGHTS] + [(UPRIGHTS[0], y, UPRIGHTS[-1], y) for y in LEVELS]
    rulings += [(310, 100, 310, 130), (325, 100, 325, 130)]  # strokes
    ink = page(*boxes, *((x - 1, LEVELS[0], x + 1, LEVELS[-1]) for x in UPRIGHTS))
    lines = [line_of("九月", x0)]
    found = overlooked_cells(255 - ink, ink, lines, reads("十月", sure=sure), tables_on(rulings, lines))
    assert "".join(c.text for line in found for c in line.characters) == expected


def test_a_character_above_the_line_that_was_found_in_its_cell_is_read() -> None:
    from juanzong.read.overlooked_cells import overlooked_cells, tables_on

    rulings = [(x, 80, x, 200) for x in (50, 100, 150)] + [(50, y, 150, y) for y in (80, 200)]
    ink = page((110, 92, 142, 126), (110, 140, 142, 172))
    lines = [line_of("东", 106.0, 136.0), line_of("科类", 55.0, 120.0)]
    found = overlooked_cells(255 - ink, ink, lines, reads("广"), tables_on(rulings, lines))
    assert [(line.characters[0].text, round((line.y0 + line.y1) / 2)) for line in found] == [("广", 109)]
