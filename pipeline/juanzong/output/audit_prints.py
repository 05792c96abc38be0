"""Tables that were merged away (`same_as`), held against the table that stands for them."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

import regex as re

from juanzong.language.text import fold
from juanzong.output.consistency import blocks_at
from juanzong.output.faults import Wrong
from juanzong.output.folder import Json, Output, resolve
from juanzong.output.rendering import APPLIED

_TAG = re.compile(r"<[^<>]*>")
_STAGE = "second-prints"  # whose merges are cells of second prints
_LONG, _RUN = 40, 8  # characters from which on a cell is compared by runs of so many
_ALIKE = 0.6  # of two readings of one caption, or of one cell
_MOST_OTHER = 0.15  # share of cells that may stand in none of the other table's: misread ones


def wrongly_merged(output: Output) -> Iterator[Wrong]:
    """(file, place, message) for each merged table that is not the one it is said to be."""
    told = [
        {(w["document"], w["pointer"]) for w in f["where"]} for f in output.findings if f["check"] == "second-print"
    ]
    for key, document in output.documents.items():
        for pointer, block in blocks_at(document["body"], "/body"):
            if block.get("same_as"):
                for message in _faults(output, key, pointer, block, told):
                    yield f"documents/{key}.json", f"{pointer}/same_as", message


def _faults(output: Output, key: str, pointer: str, block: Json, told: list[set[tuple[str, str]]]) -> Iterator[str]:
    there = (block["same_as"]["document"], block["same_as"]["pointer"])
    try:
        first = resolve(output.documents[there[0]], there[1])
    except LookupError:
        yield f"nothing stands at {there[0]} {there[1]}"
        return
    if first.get("kind") != "table" or not first.get("rows") or first is block:
        yield f"no table with rows stands at {there[0]} {there[1]}"
        return
    if not any({there, (key, pointer)} <= where for where in told):
        yield "no finding tells of the merge"
    for name in ("number", "caption"):
        one, two = (fold(t.get(name) or "") for t in (block, first))
        if one and two and not _alike(one, two):
            yield f"the {name} is {block[name]!r:.40} here, {first[name]!r:.40} there: two tables"
    cells = [fold(c["text"]) for row in first["rows"] for c in row["cells"]]
    merged = [text for before in _merged_at(output, key, pointer) if (text := fold(_TAG.sub("", before)))]
    other = [text for text in merged if not any(text in cell or _alike(text, cell) for cell in cells)]
    if len(other) > max(2, _MOST_OTHER * len(merged)):
        yield f"{len(other)} of {len(merged)} merged cells stand in none of the table's, as {other[0]!r:.40}: two tables"


def _alike(one: str, two: str) -> bool:
    if len(one) > _LONG:  # of long ones a print may hold a part
        runs = [one[k : k + _RUN] for k in range(0, len(one) - _RUN, _RUN)]
        return sum(run in two for run in runs) >= _ALIKE / 2 * len(runs)
    return one == two or SequenceMatcher(None, one, two, autojunk=False).ratio() >= _ALIKE


def _merged_at(output: Output, key: str, pointer: str) -> list[str]:
    """The cells that were merged where the table stood: behind what is left of it, before the next string."""
    own = [
        a
        for (d, p), ranges in output.sources.items()
        if d == key and f"{p}/".startswith(f"{pointer}/")
        for a, _ in ranges
    ]
    if not own:
        return []
    begin = min(own)
    ends = [
        a
        for (d, p), ranges in output.sources.items()
        if not (d == key and f"{p}/".startswith(f"{pointer}/"))
        for a, _ in ranges
        if a > begin
    ]
    end = min(ends, default=None)
    return [
        e["before"]
        for e in output.edits
        if e["kind"] == "merge" and e["stage"] == _STAGE and e["status"] in APPLIED
        if begin <= e["source"][0] and (end is None or e["source"][0] < end)
    ]
