"""Laws of the rules: no silent change, and once is enough."""

from __future__ import annotations

import opencc
from hypothesis import given, settings
from hypothesis import strategies as st

from juanzong.core import tree
from juanzong.core.ledger import Ledger
from juanzong.core.lines import looked_at
from juanzong.core.traced import Traced
from juanzong.language.variants import simplified
from juanzong.stages.characters.clean import clean

PIECES = [
    "规划",
    "发展",
    "（",
    "）",
    "(",
    ")",
    ",",
    "，",
    ":",
    "%",
    " ",
    "  ",
    "2020",
    "年",
    "3.6",
    "GDP",
    "**",
    "- ",
    "1. ",
    "<p>",
    "</p>",
    "<br>",
    "&nbsp;",
    "$3.6\\%$",
    "PM_{2.5}",
    " and ",
    "監督",
    "檢查",
    "“",
    "”",
    '"',
    "⽂",
    "\u200b",
    "__",
    "#",
    "中央",
    "国务院",
    "。",
    ".",
    "[1]",
    "★",
]


def cleaned(source: str) -> tuple[Traced, Ledger]:
    paragraph = tree.Paragraph(Traced.of(source, 0, len(source)))
    ledger = Ledger(source)
    clean([tree.Document("plan", Traced(), body=[paragraph])], ledger, source=source)
    return paragraph.text, ledger


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_the_text_is_its_source_with_the_edits_done(source: str) -> None:
    text, ledger = cleaned(source)
    edits = [e for e in ledger.edits() if e.status == "applied"]
    out, at = [], 0
    for e in edits:
        assert e.source[0] >= at, "edits overlap"
        assert source[e.source[0] : e.source[1]] == e.before
        out += [source[at : e.source[0]], e.after]
        at = e.source[1]
    assert "".join([*out, source[at:]]).strip() == text.text.strip()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_blanks_and_marks_are_all_that_a_drop_takes(source: str) -> None:
    _, ledger = cleaned(source)
    for e in ledger.edits():
        if e.kind == "drop":
            assert not any("\u4e00" <= c <= "\u9fff" for c in e.before)


def test_simplified_forms_are_those_of_opencc_and_no_simplified_character_changes() -> None:
    """Character by character, as OpenCC's t2s has them; GB 2312 holds what they become and none of the others."""
    convert = opencc.OpenCC("t2s").convert
    pairs = {c: s for c in map(chr, range(0x4E00, 0xA000)) if (s := simplified(c)) != c}
    assert len(pairs) > 300
    assert {c: convert(c) for c in pairs} == pairs
    every = bytes(b for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF) for b in (row, cell))
    text = every.decode("gb2312", "ignore")
    assert simplified(text) == text


@given(st.text(alphabet="_*a1第節號①❶\u00a0\u2003\u3000 \t中", max_size=40))
def test_what_structure_looks_at_is_as_long_as_the_print(text: str) -> None:
    seen = looked_at(text)
    assert len(seen) == len(text) and looked_at(seen) == seen
    assert [c.isspace() for c in seen] == [c.isspace() for c in text]
