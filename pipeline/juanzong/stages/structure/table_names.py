"""A table's number, caption and unit, of the lines over it."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core import tree
from juanzong.core.traced import Traced
from juanzong.language import elements as el
from juanzong.language.captions import number_line
from juanzong.language.form_lines import UNIT_BESIDE
from juanzong.language.numbering import TABLE_CAPTION, TABLE_LABEL
from juanzong.language.text import fold
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.build import Build, bare_caption, drop_emphasis, skip_emphasis

MARK = re.compile(r"\s*(?:[Tt]able\s*)?[:：]\s+(?=\S)")  # Pandoc's, before a caption
UNIT_BEHIND = re.compile(r"(?<=\S{2})[（(]\s*单\s*位\s*[:：][^（）()]{1,16}[）)]\s*$")  # …统计表（单位：户、万元）
UNIT_BELOW = re.compile(r"(?<=\n)\s*(?=\S[^\n]*$)")  # in a caption's second line


def name_table(b: Build, table: tree.Table, captions: Sequence[Item], units: Sequence[Item]) -> None:
    """Puts what the captions and units say into the table; a unit printed again goes."""
    numbered = next(((x, m) for x in captions if (m := number_line(x.s))), None)
    if numbered is not None and not table.number:
        x, m = numbered
        table.number = x.text[m.start("number") : m.end("number")]
        b.ledger.drop_ranges(x.text[m.end("number") : m.end("colon")].strip(), "label", category="format")
        if m["unit"]:
            _take_unit(b, table, x.text[m.start("unit") :])
        captions = [other for other in captions if other is not x]
    if captions:
        text = captions[0].text
        for x in captions[1:]:
            text = b.ledger.join(text, x.text, "wrapped-caption")
        if mark := MARK.match(text.text):
            b.ledger.drop_ranges(text[: mark.end()].strip(), "label", category="format")
            text = text[mark.end() :]
        if not table.number and (m := TABLE_CAPTION.match(text.text, skip_emphasis(text.text))):
            start = drop_emphasis(b, text)
            end = m.end("number")
            table.number, table.caption = text[start:end], bare_caption(b, text[end:])
        elif m := TABLE_LABEL.match(text.text):
            b.ledger.drop_ranges(text[: m.end()].strip(), "label", category="format")
            table.caption = text[m.end() :]
        else:
            table.caption = text
    for pattern in (UNIT_BESIDE, UNIT_BEHIND, UNIT_BELOW):  # 表1 排放限值      单位：mg/L; 表1 客流（单位：万人）
        unit = pattern.search(table.caption.text) if table.caption else None
        if unit is not None and el.UNIT.match(table.caption.text, unit.start()):
            _take_unit(b, table, table.caption[unit.start() :].strip())
            table.caption = table.caption[: unit.start()].strip()
    for x in units:
        _take_unit(b, table, x.text)


def _take_unit(b: Build, table: tree.Table, text: Traced) -> None:
    m = el.UNIT.match(text.text)
    if m is not None and table.unit and fold(m["value"]) != fold(table.unit.text):
        table.notes.append(text)  # another unit is no second print
        return
    if m is None or table.unit:
        b.ledger.drop_ranges(text, "second-print", kind="merge")
        return
    table.unit = text[m.start("value") : m.end("value")].strip()
    for gap in (text[: m.start("value")].strip(), text[m.end("value") :].strip()):
        if gap:
            b.ledger.drop_ranges(gap, "label", category="format")
