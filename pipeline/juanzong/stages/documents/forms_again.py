"""Papers of one form: the same title several times, and under it the same label (会议纪要 / 时间：…, 聘用合同 / 甲方：…), or a
table of the same labels beside other values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import pairwise, takewhile

import regex as re

from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.form_lines import label_before_value, names_field
from juanzong.stages.pieces.items import Item

_ROW = re.compile(r"<tr\b[^<>]*>")
_CELL = re.compile(r"<t[dh]\b[^<>]*>")
_TAG = re.compile(r"<[^<>]*>")
_BETWEEN = re.compile(r"[|\t]")
_RULE = re.compile(r"[|:\s-]+")
_WORD = re.compile(r"\p{Han}")
_LEAST_ROWS = 2
_LONGEST = 4000  # characters of a form's table


def forms_filled(items: Sequence[Item]) -> dict[str, list[str]]:
    """The lines, as skeletons, that stand more than once over one and the same label, or over tables of the same labels,
    each with what stands below it, in order."""
    found: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    firsts: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    under: set[tuple[str, ...]] = set()  # the mark of an annex, which holds them all
    for k, (above, item) in enumerate(pairwise(items)):
        labels, value = _asked(items, k + 1) if above.is_text and not item.rule else ((), "")
        if not labels or (kind := el.type_of_title(above.s)) is None:
            continue
        key = (skeleton(above.s), *labels)
        if kind == "annex_table" and item.is_text and not _are_labels_alone(items, k + 1):
            continue  # the name of the table below, which is the caption of each
        if _comes_late(kind, item) and k and items[k - 1].is_text and el.ANNEX_MARK.match(items[k - 1].s):
            under.add(key)
        found[key].append(_said(item))
        firsts[key].add(value)
    return {
        key[0]: lines
        for key, lines in found.items()
        if len(lines) > 1 and key not in under and (len(key) == 2 or len(firsts[key]) > 1)
    }


def form_sign(
    items: Sequence[Item], end: int, title: str, forms: Mapping[str, Sequence[str]], seen: Container[str]
) -> list[str]:
    """The sign that items[..:end], which say `title`, begin one of several papers of one form, if so: what is filled in
    differs in each, or opens a text of the title's kind. Over tables, where the first of them began a document (`seen`)."""
    lines = forms.get(skeleton(title)) if forms and end < len(items) else None
    if lines is None or _said(items[end]) not in lines:
        return []
    kind = el.type_of_title(title)
    if _comes_late(kind, items[end]) and skeleton(title) not in seen:
        return []
    differ = len(set(lines)) == len(lines)
    return ["form again"] if differ or el.opens_kind(kind, items[end].s) else []


def filled_in_anew(items: Sequence[Item], before: int, start: int, end: int) -> bool:
    """Whether the labels under a title, from item `end` on, are those of items[before:start], under the title before it,
    and most of them have other values: another paper of the form, and not the same one behind its cover."""
    above = dict(_labelled(items[before:start]))
    below = dict(takewhile(lambda told: told[0], _labelled(items[end:])))
    shared = [label for label in above if label and label in below]
    return len(shared) > 1 and 2 * sum(above[label] != below[label] for label in shared) > len(shared)


def _labelled(items: Sequence[Item]) -> Iterator[tuple[str, str]]:
    """The label that each line begins with, '' where it has none, and its words."""
    for x in items:
        label = label_before_value(x.s) if x.is_text else ""
        yield label, skeleton(x.s)


def _comes_late(kind: str | None, item: Item) -> bool:
    """Whether lines of that kind over an item are rather captions than titles."""
    return kind == "annex_table" or item.kind == "table"


def _said(item: Item) -> str:
    return "\n".join(item.strings)


def _asked(items: Sequence[Item], k: int) -> tuple[tuple[str, ...], str]:
    """The label that item k begins with; of a table the labels that stand beside values, and the first of these."""
    if items[k].kind == "text":
        label = label_before_value(items[k].s)
        return ((label,) if label else ()), ""
    said = _said(items[k])
    rows = list(_rows(said)) if len(said) <= _LONGEST else []
    if len(rows) < _LEAST_ROWS or any(len(row) % 2 for row in rows):
        return (), ""
    labels = [cell for row in rows for cell in row[::2]]
    values = [cell for row in rows for cell in row[1::2]]
    words = sum(_WORD.search(value) is not None for value in values)  # figures are a table of data
    if not all(map(names_field, labels)) or 2 * words < len(values):
        return (), ""
    return tuple(labels), values[0]


def _rows(said: str) -> Iterator[list[str]]:
    """The cells of a table's rows, roughly."""
    if "<t" in said:
        for row in _ROW.split(said)[1:]:
            yield [_TAG.sub("", cell).strip() for cell in _CELL.split(row)[1:]]
        return
    for line in said.split("\n"):
        if not _RULE.fullmatch(line):
            yield [cell.strip() for cell in _BETWEEN.split(line.strip().removeprefix("|").removesuffix("|"))]


def _are_labels_alone(items: Sequence[Item], k: int) -> bool:
    """Whether labels with their values stand from item k on, more than one, and no table below them."""
    end = next((j for j in range(k, len(items)) if not label_before_value(items[j].s)), len(items))
    return end > k + 1 and (end == len(items) or items[end].kind != "table")
