"""Raised and lowered print that came in tags: 10<sup>4</sup> is 10⁴, a raised mark of a note keeps its own form, and
CO<sub>2</sub> is CO2, as everywhere in the output. Markdown's marks of notes ([^1]) are raised print too."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.core.traced import Traced, concat

_RAISED = re.compile(r"<(?P<tag>sup|sub)\b[^<>]*>\s*(?P<said>[^<>]{0,40}?)\s*</(?P=tag)\s*>", re.IGNORECASE)
_NOTE_MARK = re.compile(r"\[\^(\d{1,3})\](?::\s*(?<=^\s*\[\^\d{1,3}\]:\s*))?")
_LONE = re.compile(r"</?su[pb]\b[^<>]*>", re.IGNORECASE)
_FIGURES = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


def raise_print(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines with raised figures in the place of tags and marks."""
    out = []
    for line in lines:
        if line.block is None:
            if "<" in line.text and ("<su" in line.text.lower() or "</su" in line.text.lower()):
                line = _raised(line, ledger)
            if "[^" in line.text:
                line = _with_note_marks(line, ledger)
        out.append(line)
    return out


def _with_note_marks(line: Line, ledger: Ledger) -> Line:
    marks = [(m.start(), m.end(), f"^{{{m[1]}}}") for m in _NOTE_MARK.finditer(line.text)]
    return line.holding(ledger.replace_all(line.traced, marks, "markdown-note-mark"))


def _raised(line: Line, ledger: Ledger) -> Line:
    out: list[Traced] = []
    at = 0
    for m in _RAISED.finditer(line.text):
        out.append(line.traced[at : m.start()])
        at = m.end()
        said, whole = m["said"], line.traced[m.start() : m.end()]
        if said and m["tag"].lower() == "sup" and all(ord(c) in _FIGURES for c in said):
            out.append(ledger.replace(whole, 0, len(whole), said.translate(_FIGURES), "raised-print"))
            continue
        begin, end = m.start("said"), m.end("said")
        for a, b in ((m.start(), begin), (end, m.end())):
            ledger.drop_ranges(line.traced[a:b].strip(), "raised-print", category="format")
        out.append(line.traced[begin:end])
    out.append(line.traced[at:])
    rest = concat(out)
    return _without_lone(line.holding(rest), ledger)


def _without_lone(line: Line, ledger: Ledger) -> Line:
    """Half a pair of such tags says nothing."""
    out: list[Traced] = []
    at = 0
    for m in _LONE.finditer(line.text):
        out.append(line.traced[at : m.start()])
        ledger.drop_ranges(line.traced[m.start() : m.end()], "raised-print", category="format")
        at = m.end()
    return line.holding(concat([*out, line.traced[at:]])) if at else line
