"""A line more or less changes nothing far from it: what is told by many lines does not hang on one of them."""

from __future__ import annotations

import random

import pytest

from bundles import outline, run
from juanzong.core.lines import Line, line_of
from juanzong.core.traced import Traced
from juanzong.language.text import fold
from juanzong.stages.documents.title_settings import wrap_length
from juanzong.stages.pieces.items import Item
from juanzong.stages.pieces.printed_pages import printed_chunks

FAR = 150  # lines: parts of long pages are seldom longer


def _line(text: str, n: int) -> Line:
    return line_of(Traced.of(text, 0, len(text)), n)


def _item(text: str) -> Item:
    line = _line(text, 1)
    return Item([line], line.traced, text, fold(text))


PROSE = [
    f"第{k}段堤防由各镇负责巡查，发现险情立即上报，汛期每日巡查两次，非汛期每周一次，台账存档备" for k in range(240)
]
WHOLE = [f"第{k}段堤防由各镇负责巡查。" for k in range(240)]
_CHANCE = random.Random(25)
# parts of 45 lines, of which more and fewer break off: near the border of where printed lines were kept
TEXT = [
    _CHANCE.choice(PROSE if _CHANCE.random() < share else WHOLE)
    for share in [_CHANCE.choice([0.1, 0.2, 0.3, 0.4, 0.9]) for _ in range(8)]
    for _ in range(45)
]


@pytest.mark.parametrize("at", range(0, len(TEXT), 36))
def test_where_printed_lines_were_kept_is_told_by_the_lines_near(at: int) -> None:
    before = printed_chunks([_line(s, n) for n, s in enumerate(TEXT, 1)], set(), [False] * len(TEXT))
    more = [*TEXT[:at], "45", *TEXT[at:]]
    after = printed_chunks([_line(s, n) for n, s in enumerate(more, 1)], set(), [False] * len(more))
    del after[at]
    assert [b for i, b in enumerate(before) if abs(i - at) > FAR] == [
        a for i, a in enumerate(after) if abs(i - at) > FAR
    ]


def test_lines_that_are_all_alike_part_no_page() -> None:
    same = [_line(PROSE[0], n) for n in range(1, 200)]
    assert printed_chunks(same, set(), [False] * len(same)) == [True] * len(same)


@pytest.mark.parametrize("added", [0, 1, 9])
def test_numbers_of_pages_are_told_though_one_page_has_more_lines(added: int) -> None:
    pages = (12, 6, 12, 6, 14, 5, 7, 6, 6, 12)
    lines = ["青溪县堤防志", ""]
    for number, height in enumerate(pages, 1):
        some = PROSE[number * 20 : number * 20 + height - 1 + added * (number == 5)]
        lines += [x for s in some for x in (f"{s}。", "")]
        lines += [PROSE[number * 20 + 19], "", str(number), *([""] if number < len(pages) else []), "查。"]
    body = outline(run(lines)["青溪县堤防志"]["body"])
    assert not [s for s in body if s.isdecimal() or s.endswith("备")]


def test_a_bracket_that_stays_open_does_not_tell_how_titles_wrap() -> None:
    said = "关于青溪县水利资金管理（试行"
    assert wrap_length([_item(said), _item("各镇：")]) == 0
    assert wrap_length([_item(said), _item("）的通知")]) == len(said)
