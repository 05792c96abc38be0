"""Putting values into a document's elements: once, with labels dropped and second prints merged."""

from __future__ import annotations

from itertools import pairwise

import regex as re

from juanzong.core import tree
from juanzong.core.ledger import Ledger
from juanzong.core.traced import Traced
from juanzong.language import elements as el
from juanzong.language.dates import iso_date
from juanzong.language.doc_numbers import blanks_in, hooked, year_marks
from juanzong.language.labels import COPIES_BEHIND
from juanzong.language.organs import SEAL_BESIDE, stuck_organs
from juanzong.language.text import fold


def add(meta: dict[str, tree.Value], key: str, text: Traced, ledger: Ledger) -> None:
    """Put a value in an element; a second print of the same value goes by a merge edit, another value is told as repeated."""
    old = meta.get(key)
    if old is None:
        meta[key] = text
    elif isinstance(old, Traced) and _same(old.text, text.text):
        ledger.drop_ranges(text, "second-print", kind="merge")
    else:
        listed(meta, "repeated").append(tree.Repeated(key, text))


def is_first(meta: dict[str, tree.Value], key: str, text: str) -> bool:
    """Whether an element has no value yet but this one, with a colon behind it or without."""
    old = meta.get(key)
    return old is None or (isinstance(old, Traced) and _same(old.text, text))


def _same(first: str, second: str) -> bool:
    """Whether two prints of an element have one value: but for widths, blanks, a stop at the end, and the brackets round a
    number's year."""
    return fold(hooked(first.rstrip("。：:"))) == fold(hooked(second.rstrip("。：:")))


def listed(meta: dict[str, tree.Value], key: str) -> list[Traced | tree.Attachment | tree.Repeated]:
    """The list in an element, made where there is none."""
    value = meta.setdefault(key, [])
    assert isinstance(value, list)
    return value


_NO_DAY = re.compile(r"\s*(?:unknown|none|null|n/?a|[-—/]+|未知|不详|暂?无)\s*", re.IGNORECASE)  # what stands for none


def add_date(meta: dict[str, tree.Value], key: str, text: Traced, ledger: Ledger) -> None:
    iso = iso_date(text.text)
    old = meta.get(key)
    if isinstance(old, tree.Date) and old.iso == iso:
        ledger.drop_ranges(text, "second-print", kind="merge")
    elif key == "published_on" and iso is None and _NO_DAY.fullmatch(text.text):
        ledger.drop_ranges(text, "about-page")
    elif iso is None or old is not None:
        listed(meta, "repeated").append(tree.Repeated(key, text))
    else:
        meta[key] = tree.Date(text, iso)


def hook_years(meta: dict[str, tree.Value], ledger: Ledger) -> None:
    """Put 〔〕 round the years of document numbers, whatever brackets were printed, and their figures together."""

    def with_hooks(text: Traced) -> Traced:
        for pair in year_marks(text.text):
            for k, mark in zip(pair, "〔〕", strict=True):
                text = ledger.replace(text, k, k + 1, mark, "year-brackets")
        return ledger.replace_all(text, [(a, b, "") for a, b in blanks_in(text.text)], "wrapped-space")

    number = meta.get("doc_number")
    if isinstance(number, Traced):
        meta["doc_number"] = with_hooks(number)
    for item in listed(meta, "repeated") if "repeated" in meta else []:
        if isinstance(item, tree.Repeated) and item.element == "doc_number":
            item.text = with_hooks(item.text)


def drop_label(text: Traced, ledger: Ledger) -> None:
    if text.strip():
        ledger.drop_ranges(text.strip(), "label", category="format")


def without_colon(text: Traced, ledger: Ledger, stops: str = "") -> Traced:
    bare = text.text.rstrip("：: " + stops)
    drop_label(text[len(bare) :], ledger)
    return text[: len(bare)]


def add_number(meta: dict[str, tree.Value], text: Traced, ledger: Ledger) -> None:
    """A line that prints document numbers alone; brackets round the whole go."""
    at = 0
    for start, end in el.numbers_in(text.text) or [(0, len(text))]:
        drop_label(text[at:start], ledger)
        add(meta, "doc_number", text[start:end], ledger)
        at = end
    drop_label(text[at:], ledger)


def add_organs(meta: dict[str, tree.Value], key: str, text: Traced, ledger: Ledger) -> None:
    """One line may hold several organs, parted by blanks or 、; the mark of a seal behind one is no part of its name."""
    at = 0
    for start, stop in _each_organ(text.text):
        seal = SEAL_BESIDE.search(text.text, start, stop)
        end = seal.start() if seal else stop
        drop_label(text[at:start], ledger)
        if fold(text.text[start:end]) in {fold(x.text) for x in listed(meta, key) if isinstance(x, Traced)}:
            ledger.drop_ranges(text[start:end], "second-print", kind="merge")
        else:
            listed(meta, key).append(text[start:end])
        at = end
    drop_label(text[at:], ledger)


def _each_organ(text: str) -> list[tuple[int, int]]:
    """Where the organs of a line stand, those too that nothing parts; the whole line where it names none."""
    spans = el.organs_in(text) or [(0, len(text))]
    edges = [[a, *(a + cut for cut in stuck_organs(text[a:b])), b] for a, b in spans]
    return [pair for each in edges for pair in pairwise(each)]


def proofreader(text: Traced, label: re.Match[str], ledger: Ledger) -> Traced:
    """Who read the proofs; who typed stands before it, and behind it how many copies were printed."""
    start, end = label.end("typist") if label["typist"] else 0, len(text)
    ledger.drop_ranges(text[:start].strip(), "printing-note")
    drop_label(text[start : label.end()], ledger)
    if copies := COPIES_BEHIND.search(text.text, label.end()):
        ledger.drop_ranges(text[copies.start("copies") : copies.end("copies")], "printing-note")
        end = copies.start()
    return text[label.end() : end].strip()
