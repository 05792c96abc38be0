"""Laws of the ledger: the output is always what the source and the listed edits spell."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juanzong.core.ledger import Ledger
from juanzong.core.traced import Traced
from juanzong.output.rendering import Edits, fit, render

SOURCE = "一 、总体要求\n到2025年，基本建成\n节水型社会。\n重复的尾巴"
places = st.integers(0, len(SOURCE))
changes = st.lists(st.tuples(places, st.integers(0, 4), st.text("。，甲", max_size=2)), max_size=6)


def spells(text: Traced, ledger: Ledger) -> bool:
    """Whether the listed edits explain `text`, as `juanzong audit` sees it."""
    return not text.ranges or fit(text.text, render(SOURCE, text.ranges, Edits(ledger.edits()))) is not None


def changed(text: Traced, ledger: Ledger, wanted: list[tuple[int, int, str]]) -> Traced:
    for n, (at, size, after) in enumerate(wanted):
        i = min(at, len(text))
        text = ledger.replace(text, i, min(i + size, len(text)), after, f"rule-{n}")
    return text


@given(changes)
def test_a_string_is_its_source_and_its_edits(wanted: list[tuple[int, int, str]]) -> None:
    ledger = Ledger(SOURCE)
    assert spells(changed(Traced.of(SOURCE, 0, len(SOURCE)), ledger, wanted), ledger)


@given(st.lists(places, min_size=2, max_size=2, unique=True).map(sorted), changes)
def test_joined_pieces_too(cut: list[int], wanted: list[tuple[int, int, str]]) -> None:
    a, b = cut
    if a == 0 or b == len(SOURCE):
        return
    ledger = Ledger(SOURCE)
    whole = ledger.join(Traced.of(SOURCE, 0, a), Traced.of(SOURCE, b, len(SOURCE)), "cut")
    assert spells(changed(whole, ledger, wanted), ledger)


@given(changes)
def test_every_character_is_in_the_string_or_in_one_edit(wanted: list[tuple[int, int, str]]) -> None:
    ledger = Ledger(SOURCE)
    text = changed(Traced.of(SOURCE, 0, len(SOURCE)), ledger, wanted)
    homes = [range(*r) for r in text.ranges]
    homes += [range(*e.source) for e in ledger.edits() if e.kind == "drop"]
    claimed = [i for home in homes for i in home]
    assert sorted(claimed) == list(range(len(SOURCE)))


@given(changes)
def test_applied_edits_never_overlap(wanted: list[tuple[int, int, str]]) -> None:
    ledger = Ledger(SOURCE)
    changed(Traced.of(SOURCE, 0, len(SOURCE)), ledger, wanted)
    spans = [e.source for e in ledger.edits()]
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    assert all(e.before == SOURCE[slice(*e.source)] for e in ledger.edits())


@given(changes)
def test_ids_depend_on_what_is_said_not_on_offsets(wanted: list[tuple[int, int, str]]) -> None:
    first, second = Ledger(SOURCE), Ledger("前面\n多出的一大段文字在此处\n" + SOURCE)
    by = len(second.source) - len(SOURCE)
    changed(Traced.of(SOURCE, 0, len(SOURCE)), first, wanted)
    changed(Traced.of(second.source, by, len(second.source)), second, wanted)
    inside = [e.id for e in first.edits() if e.source[0] >= 12]  # twelve characters of context go into an id
    assert set(inside) <= {e.id for e in second.edits()}
    ids = [e.id for e in first.edits()]
    assert len(ids) == len(set(ids))


def test_an_edit_on_an_edit_takes_its_place_and_says_so() -> None:
    ledger = Ledger(SOURCE)
    text = ledger.replace(Traced.of(SOURCE, 0, 6), 1, 2, "　", "widths")
    text = ledger.replace(text, 1, 2, "", "spaces")
    (edit,) = ledger.edits()
    assert (edit.rule, edit.kind, edit.before, edit.after) == ("spaces", "drop", " ", "")
    assert [e.note for e in edit.evidence] == ["on top of widths"]
    assert text.text == "一、总体要"


def test_a_change_that_changes_nothing_is_no_edit() -> None:
    ledger = Ledger(SOURCE)
    ledger.replace(Traced.of(SOURCE, 0, 6), 0, 1, "一", "same")
    ledger.drop(3, 3, "nothing")
    assert ledger.edits() == []


@pytest.mark.parametrize("status", ["applied", "suggested"])
def test_a_suggested_join_is_told_and_not_done(status: str) -> None:
    ledger = Ledger(SOURCE)
    first, second = Traced.of(SOURCE, 8, 18), Traced.of(SOURCE, 20, 25)
    whole = ledger.join(first, second, "cut", status=status)  # type: ignore[arg-type]
    assert (whole == first + second) == (status == "applied")
    assert [e.status for e in ledger.edits()] == [status]


def test_a_suggestion_leaves_the_text_alone() -> None:
    ledger = Ledger(SOURCE)
    ledger.suggest(8, 13, "到2035年", "year")
    (edit,) = ledger.edits()
    assert (edit.kind, edit.status, edit.before) == ("replace", "suggested", "到2025")
    assert spells(Traced.of(SOURCE, 0, len(SOURCE)), ledger)


def test_a_trial_leaves_nothing_unless_it_is_kept() -> None:
    ledger = Ledger(SOURCE)
    text = ledger.replace(Traced.of(SOURCE, 0, 4), 0, 1, "甲", "first")
    before = (ledger.edits(), ledger.entries.copy())
    with ledger.trial():
        ledger.replace(text, 0, 2, "乙", "second")  # takes the first one back
        with ledger.trial() as inner:
            ledger.drop(5, 6, "third")
            inner.keep()
    assert (ledger.edits(), ledger.entries) == before
    with ledger.trial() as kept:
        text = ledger.replace(text, 0, 2, "乙", "second")
        kept.keep()
    assert [(e.rule, e.after) for e in ledger.edits()] == [("second", "乙")]
    with pytest.raises(ValueError, match="stop"), ledger.trial() as failed:
        failed.keep()
        ledger.drop(5, 6, "third")
        raise ValueError("stop")
    assert len(ledger.edits()) == 1


def test_dropping_what_was_changed_takes_the_change_back() -> None:
    ledger = Ledger(SOURCE)
    text = ledger.replace(Traced.of(SOURCE, 0, 4), 1, 2, "甲", "first")
    ledger.drop_ranges(text, "gone")
    assert [(e.rule, e.source) for e in ledger.edits()] == [("gone", (0, 4))]


many = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.text("。，甲", max_size=2)), max_size=8)


@given(changes, many)
def test_many_changes_at_once_are_the_changes_one_after_another(
    before: list[tuple[int, int, str]], wanted: list[tuple[int, int, str]]
) -> None:
    one, all_ = Ledger(SOURCE), Ledger(SOURCE)
    first, second = (changed(Traced.of(SOURCE, 0, len(SOURCE)), ledger, before) for ledger in (one, all_))
    at, places_ = 0, []
    for gap, size, after in wanted:
        i = min(at + gap, len(first))
        at = min(i + size, len(first))
        places_.append((i, at, after))
    for i, j, after in reversed(places_):
        first = one.replace(first, i, j, after, "many")
    second = all_.replace_all(second, places_, "many")
    assert (second.text, second.ranges) == (first.text, first.ranges)
    assert all_.rows() == one.rows()


def test_a_change_across_a_cut_gives_each_piece_its_part() -> None:
    source = "到２０\n２７年"
    ledger = Ledger(source)
    whole = ledger.join(Traced.of(source, 0, 3), Traced.of(source, 4, 7), "cut")
    assert ledger.replace(whole, 1, 5, "2027", "full-width-figure").text == "到2027年"
    said = [(e.before, e.after) for e in ledger.edits() if e.rule == "full-width-figure"]
    assert said == [("２０", "20"), ("２７", "27")]
