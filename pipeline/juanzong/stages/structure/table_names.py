"""A table's number, caption and unit, of the lines over it."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core import tree
from juanzong.core.traced import Traced
from juanzong.language import elements as el
from juanzong.language.numbering import TABLE_CAPTION, TABLE_LABEL
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.build import Build, bare_caption, drop_emphasis, skip_emphasis
from juanzong.stages.structure.over_tables import BESIDE

MARK = re.compile(r"\s*(?:[Tt]able)?\s*[:：]\s+(?=\S)")  # Pandoc's, before a caption
UNIT_BEHIND = re.compile(r"(?<=\S{2})[（(]\s*单\s*位\s*[:：][^（）()]{1,16}[）)]\s*$")  # …统计表（单位：户、万元）
UNIT_BELOW = re.compile(r"(?<=\n)\s*(?=\S[^\n]*$)")  # in a caption's second line
NUMBER_ALONE = re.compile(r"附?表\s?(?:\d{1,3}(?:[-–—.－]\d{1,3})*|[一二三四五六七八九十]{1,3})\s*[:：]?\s*$")


def name_table(b: Build, table: tree.Table, captions: Sequence[Item], units: Sequence[Item]) -> None:
    """Puts what the captions and units say into the table; a unit printed again goes."""
    if len(captions) > 1 and NUMBER_ALONE.match(captions[0].s) and not TABLE_CAPTION.match(captions[1].s):
        number = captions[0].text  # 表3-2, the caption in the next line
        end = _number_end(number.text)
        b.ledger.drop_ranges(number[end:].strip(), "label", category="format")
        table.number, captions = number[:end], captions[1:]
    if captions:
        text = captions[0].text
        for x in captions[1:]:
            text = b.ledger.join(text, x.text, "wrapped-caption")
        if mark := MARK.match(text.text):
            b.ledger.drop_ranges(text[: mark.end()].strip(), "label", category="format")
            text = text[mark.end() :]
        m = TABLE_CAPTION.match(text.text, skip_emphasis(text.text))
        if m:
            start = drop_emphasis(b, text)
            end = start + _number_end(m[0])
            table.number, table.caption = text[start:end], bare_caption(b, text[end:])
        elif NUMBER_ALONE.match(text.text):
            table.number = text
        elif m := TABLE_LABEL.match(text.text):
            b.ledger.drop_ranges(text[: m.end()].strip(), "label", category="format")
            table.caption = text[m.end() :]
        else:
            table.caption = text
    for pattern in (BESIDE, UNIT_BEHIND, UNIT_BELOW):  # 表1 排放限值      单位：mg/L; 表1 客流（单位：万人）
        unit = pattern.search(table.caption.text) if table.caption else None
        if unit is not None and el.UNIT.match(table.caption.text, unit.start()):
            _take_unit(b, table, table.caption[unit.start() :].strip())
            table.caption = table.caption[: unit.start()].strip()
    for x in units:
        _take_unit(b, table, x.text)


def _number_end(text: str) -> int:
    """Where the number ends that a caption begins with."""
    number = re.match(r"\s*\S+?\s?[\d一二三四五六七八九十]+(?:[-–—.－]\d+)*", text)
    return number.end() if number else len(text)


def _take_unit(b: Build, table: tree.Table, text: Traced) -> None:
    m = el.UNIT.match(text.text)
    if m is None or table.unit:
        b.ledger.drop_ranges(text, "second-print", kind="merge")
        return
    table.unit = text[m.start("value") : m.end("value")].strip()
    for gap in (text[: m.start("value")].strip(), text[m.end("value") :].strip()):
        if gap:
            b.ledger.drop_ranges(gap, "label", category="format")
