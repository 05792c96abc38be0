"""Commands of LaTeX that set words in a place or in other type: \\begin{center}, \\noindent, \\hfill, \\textbf{…}."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.stages.pages.cleaning import Spans, without_spans
from juanzong.stages.pages.latex_codes import PLACE, SETTING

_PLACE = re.compile(rf"\\(?:begin|end)\s*\{{(?:{PLACE})\}}")
_BEFORE = re.compile(rf"\s*(?:(?:{SETTING})\s*)+")  # what follows
_FORMULA = r"\$\$[^$\n]*\$\$|\$[^$\n]*\$|\\\((?:[^\\\n]|\\[^()\n])*+\\\)|\\\[(?:[^\\\n]|\\[^\[\]\n])*+\\\]"  # it is read as a whole
_TYPE_OR_FORMULA = re.compile(
    rf"{_FORMULA}|(?P<a>\\(?:text(?:bf|it|rm|sf|tt|sc|md|up|normal)?|emph|underline|uline|mbox)\s*\{{\s*)(?P<said>[^{{}}$\n]{{1,300}})(?P<b>\}})"
)


def drop_latex_marks(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without such commands; their words stay."""
    spans: Spans = defaultdict(list)
    for i, line in enumerate(lines):
        if "\\" in line.text and (found := _marks_in(line.text)):
            spans[i] = found
    return without_spans(lines, spans, "latex-delimiter", ledger)


def _marks_in(text: str) -> list[tuple[int, int]]:
    """The places of the commands in a line.

    >>> _marks_in(r"坚持\\textbf{节水}"), _marks_in(r"为$\\text{年}$"), _marks_in(r"\\noindent 一、总则")
    ([(2, 10), (12, 13)], [], [(0, 10)])
    """
    found = [m.span() for m in _PLACE.finditer(text)]
    at = found[0][1] if found and not text[: found[0][0]].strip() else 0
    if m := _BEFORE.match(text, at):
        found.append(m.span())
    for m in _TYPE_OR_FORMULA.finditer(text):
        found += [*m.spans("a"), *m.spans("b")]
    return sorted(found)
