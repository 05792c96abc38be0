"""Characters that look like others and are none of the text: Kangxi radicals in place of ideographs, compatibility
ideographs, small forms of marks (﹙一﹚), marks without width."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.language.radicals import unified
from juanzong.language.variants import simplified

_DASHES = {"⸺": "——", "⸻": "———", "―": "—"}  # a font's one glyph for several dashes; what some tables make of —
_SMALL = dict(zip("﹐﹔﹕﹖﹗﹙﹚﹪", "，；：？！（）％", strict=True))  # forms of marks, as some fonts code them
_LOOKALIKES = r"\u2E80-\u2EF3\u2F00-\u2FD5\uF900-\uFAFF"
_CONTROLS = (r"\x00-\x08", r"\x0e-\x1f", r"\x7f")  # of a broken reader or file; a form feed parts pages
_WIDTHLESS = "".join(_CONTROLS) + r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe00-\ufe0f\ufff9-\ufffc"
_LOOKALIKE = re.compile(f"[{_LOOKALIKES}]+")
_WITHOUT_WIDTH = re.compile(f"[{_WIDTHLESS}]+")
_DASH = re.compile("[⸺⸻―]")
_SMALL_MARK = re.compile(f"[{''.join(_SMALL)}]")
_EITHER = re.compile(f"[{_LOOKALIKES}{_WIDTHLESS}{''.join(_SMALL)}⸺⸻―]")
# Of one range each, for that is searched ten times as fast: where none is found there is no character of those above.
_NEAR = tuple(
    re.compile(f"[{near}]")
    for near in (
        *_CONTROLS,
        r"\u2e3a-\u2fd5",
        r"\uf900-\ufeff",
        r"\u200b-\u200f",
        r"\u202a-\u202e",
        r"\u2060-\u2064",
        r"\ufff9-\ufffc",
    )
)


_TRADITIONAL = 0.05  # share of a text's characters from which on it is traditional on purpose
_POINT_ENDS = re.compile(r"(?<=\p{Han}{6}[”）》%\d]?)．(?=\s*$)")
_POINT = re.compile(r"(?<=\p{Han}{4}[”）》%\d]?)．(?=\s*$|\p{Han}|[“（《])")


def plain_glyphs(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines in the characters that were printed. A line that holds nothing but marks without width goes."""
    text = "\n".join([line.text for line in lines])
    lines = _stops(lines, ledger) if "．" in text else lines
    if (
        "\xad" not in text and "―" not in text and not any(near.search(text) for near in _NEAR)
    ):  # as in nearly every bundle
        return list(lines)
    printed = "".join([line.traced.text for line in lines])
    modern = sum(a != b for a, b in zip(printed, simplified(printed), strict=True)) <= _TRADITIONAL * len(printed)
    out: list[Line] = []
    for line in lines:
        if not _EITHER.search(line.text):
            out.append(line)
            continue
        marks = [(m.start(), m.end(), "") for m in _WITHOUT_WIDTH.finditer(line.text)]
        traced = ledger.replace_all(line.traced, marks, "mark-without-width")
        plain = [
            (k, k + 1, new)
            for m in _LOOKALIKE.finditer(traced.text)
            for k in range(m.start(), m.end())
            if (new := _character(traced.text[k], modern)) != traced.text[k]
        ]
        traced = ledger.replace_all(traced, plain, "radical-for-character")
        dashes = [(m.start(), m.end(), _DASHES[m[0]]) for m in _DASH.finditer(traced.text)]
        traced = ledger.replace_all(traced, dashes, "joined-dash")
        small = [(m.start(), m.end(), _SMALL[m[0]]) for m in _SMALL_MARK.finditer(traced.text)]
        traced = ledger.replace_all(traced, small, "small-mark")
        if traced.text.strip():
            out.append(line.holding(traced))
    return out


def _character(sign: str, modern: bool) -> str:
    """The character that a radical stands for: many have a traditional form alone in Unicode (⾞), which simplified text
    does not mean."""
    return simplified(unified(sign)) if modern else unified(sign)


def _stops(lines: Sequence[Line], ledger: Ledger) -> list[Line]:
    """The lines with 。 for a wide point at the end of a sentence; amid a line only where most lines end so, for there it
    may part a name."""
    ends = [
        i for i, line in enumerate(lines) if "．" in line.text and line.block is None and _POINT_ENDS.search(line.text)
    ]
    usual = len(ends) > 1 and len(ends) >= sum(line.text.rstrip().endswith("。") for line in lines)
    if not ends:
        return list(lines)
    out = list(lines)
    for i in range(len(lines)) if usual else ends:
        text = lines[i].text
        if "．" not in text or lines[i].block is not None or "\t" in text:
            continue
        found = [m.span() for m in (_POINT if usual else _POINT_ENDS).finditer(text)]
        changes = [(b - 1, b, "。") for _, b in found]
        out[i] = lines[i].holding(ledger.replace_all(lines[i].traced, changes, "point-for-stop"))
    return out
