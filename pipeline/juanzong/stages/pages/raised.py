"""Raised and lowered print that came in tags: 10<sup>4</sup> is 10⁴, a raised mark of a note keeps its own form, and
CO<sub>2</sub> is CO2, as everywhere in the output. Markdown's marks of notes ([^1]) are raised print too."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.core.traced import Traced, concat
from juanzong.stages.pages.cleaning import without

_RAISED = re.compile(r"<(?P<tag>sup|sub)\b[^<>]*>\s*(?P<said>[^<>]{0,40}?)\s*</(?P=tag)\s*>", re.IGNORECASE)
# within a raised mark, the link to its note: <sup>[1](#page-1-0)</sup>
_LINKED = re.compile(r"(?<=<sup>\s*)\[\s*(?P<said>\d{1,3}|[①-⑳])\s*\]\(#[^()\s]{1,80}\)(?=\s*</sup>)", re.IGNORECASE)
_LABEL = r"[^\s\[\]^]{1,30}"
_NOTE_MARK = re.compile(rf"\[\^(?P<label>{_LABEL})\](?::\s*(?<=^\s*\[\^{_LABEL}\]:\s*))?")
_NOTE = re.compile(rf"\s*\[\^(?P<label>{_LABEL})\]:")
_MOST_NOTES = 999
_WORDED = re.compile(r"注\d{1,2}")  # the mark of a note
_LONE = re.compile(r"</?su[pb]\b[^<>]*>", re.IGNORECASE)
_FIGURES = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


def raise_print(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines with raised figures in the place of tags and marks."""
    out: list[Line] = []
    figures = _figures_of([line.text for line in lines if "[^" in line.text])
    noted = False  # the line before is one of a note in Markdown
    for line in lines:
        noted = line.block is None and (_NOTE.match(line.text) is not None or (noted and _is_rest_of_note(line)))
        if noted and _is_rest_of_note(line):
            out[-1] = out[-1].holding(ledger.join(out[-1].traced, line.traced.strip(), "printed-line"))
            continue
        if line.block is None and "<" in line.text and ("<su" in line.text.lower() or "</su" in line.text.lower()):
            line = _raised(_without_links(line, ledger) if "](#" in line.text else line, ledger)
        if "[^" in line.text:
            line = _with_note_marks(line, figures, ledger)
        out.append(line)
    return out


def _is_rest_of_note(line: Line) -> bool:
    """Whether a line is set in right below another one, as the further lines of a note in Markdown are."""
    return not line.blanks and line.text.startswith(("  ", "\t", "　")) and _NOTE.match(line.text) is None


def _figures_of(texts: Sequence[str]) -> dict[str, str]:
    """{label of a note: its figure}. Markdown counts notes with other labels than figures ([^网格]): they get figures that
    no note has, in order; a label without its note is none.

    >>> _figures_of(["推行网格化[^网格]管理[^1][^甲]。", "[^网格]: 略。", "[^1]: 略。"])
    {'1': '1', '网格': '2'}
    """
    labels = list(dict.fromkeys(m["label"] for text in texts for m in _NOTE_MARK.finditer(text)))
    out = {label: label for label in labels if label.isascii() and label.isdecimal() and int(label) <= _MOST_NOTES}
    named = {m["label"] for text in texts if (m := _NOTE.match(text))} - set(out)
    free = (str(n) for n in range(1, _MOST_NOTES + 1) if str(n) not in out)
    return out | dict(zip([label for label in labels if label in named], list(free), strict=False))


def _with_note_marks(line: Line, figures: dict[str, str], ledger: Ledger) -> Line:
    marks = [
        (m.start(), m.end(), f"^{{{figures[m['label']]}}}")
        for m in _NOTE_MARK.finditer(line.text)
        if m["label"] in figures
    ]
    return line.holding(ledger.replace_all(line.traced, marks, "markdown-note-mark"))


def _without_links(line: Line, ledger: Ledger) -> Line:
    marks = [
        span for m in _LINKED.finditer(line.text) for span in ((m.start(), m.start("said")), (m.end("said"), m.end()))
    ]
    return without(line, marks, "markdown-link", ledger) or line


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
        if _WORDED.fullmatch(said):
            out.append(ledger.replace(whole, 0, len(whole), f"^{{{said}}}", "raised-print"))
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
