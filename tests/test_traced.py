"""Laws of traced text: however it is cut, joined and changed, every character keeps its place in the source."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from juanzong.core.traced import EMPTY, Traced, concat

SOURCE = "第一章 总则\n为了节约用水，制定本办法。\n（一）适用范围"
places = st.integers(0, len(SOURCE))


@st.composite
def traced(draw: st.DrawFn, pieces: int = 4) -> Traced:
    """Pieces of the source, in order and apart, some of their characters replaced."""
    cuts = sorted(draw(st.lists(places, min_size=2, max_size=2 * pieces, unique=True)))
    text = concat(Traced.of(SOURCE, a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False))
    for at, size, after in draw(
        st.lists(st.tuples(places, st.integers(0, 3), st.text("。，x", max_size=3)), max_size=3)
    ):
        i = min(at, len(text))
        text = text.replace(i, min(i + size, len(text)), after)
    return text


def offsets(text: Traced) -> list[int]:
    return [o for a, b in text.ranges for o in range(a, b)]


def verbatim(text: Traced) -> bool:
    return all(r.edited or r.text == SOURCE[r.start : r.end] for r in text.runs)


@given(traced(), places)
def test_two_halves_are_the_whole(text: Traced, at: int) -> None:
    whole = text[:at] + text[at:]
    assert (whole.text, whole.ranges) == (text.text, text.ranges)


@given(traced(), st.lists(places, max_size=5))
def test_any_cuts_conserve_every_character(text: Traced, cuts: list[int]) -> None:
    ends = [0, *sorted(min(c, len(text)) for c in cuts), len(text)]
    pieces = [text[a:b] for a, b in itertools.pairwise(ends)]
    assert sorted(o for p in pieces for o in offsets(p)) == sorted(offsets(text))
    assert concat(pieces).text == text.text
    assert all(map(verbatim, pieces))


@given(traced(), traced())
def test_a_join_is_both(first: Traced, second: Traced) -> None:
    whole = first + second
    assert whole.text == first.text + second.text
    assert offsets(whole) == offsets(first) + offsets(second)
    assert first + EMPTY == EMPTY + first == first


@given(traced(), places, places, st.text("甲乙", max_size=3))
def test_a_replacement_changes_its_span_alone(text: Traced, i: int, j: int, after: str) -> None:
    i, j = sorted((min(i, len(text)), min(j, len(text))))
    wide_i, wide_j = text.widen(i, j)
    assert wide_i <= i <= j <= wide_j
    changed = text.replace(i, j, after)
    assert changed.text == text.text[:wide_i] + after + text.text[wide_j:]
    # What stood in the span is inside the new run, or gone with nothing in its place; all else is where it was.
    assert set(offsets(text[:wide_i]) + offsets(text[wide_j:])) <= set(offsets(changed))
    if after and wide_i < wide_j:
        assert set(offsets(text[wide_i:wide_j])) <= set(offsets(changed))
    assert verbatim(changed)


@given(traced())
def test_offsets_lead_back(text: Traced) -> None:
    at = 0
    for run in text.runs:
        for i in range(at, at + len(run.text)):
            assert text.offset(i) == run.start + (0 if run.edited else i - at)
            assert run.edited or text.span(i, i + 1) == (text.offset(i), text.offset(i) + 1)
        at += len(run.text)
    assert text.offset(at) == (text.runs[-1].end if text.runs else 0)


@given(traced())
def test_strip_takes_blanks_alone(text: Traced) -> None:
    bare = text.strip()
    if not any(r.edited for r in text.runs):
        assert bare.text == text.text.strip()
    assert set(offsets(bare)) <= set(offsets(text))
