"""Line ends that a program wrote out (\\n) at the end of a line, where one ends anyway."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.language.text import ends_sentence
from juanzong.language.written_ends import WRITTEN_END
from juanzong.stages.pages.cleaning import without_spans

_ENDS = re.compile(rf"(?:{WRITTEN_END.pattern}\s*)+$")


def drop_written_ends(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without such ends: behind a sentence, or alone, or where the line above or below has one too. Within a line
    they stay: what they part has no number of a line."""
    found = {
        i: m.start()
        for i, line in enumerate(lines)
        if "\\n" in line.text and line.block is None and (m := _ENDS.search(line.text))
    }
    spans = {
        i: [(at, len(lines[i].text))]
        for i, at in found.items()
        if not (said := lines[i].text[:at].strip()) or ends_sentence(said) or i - 1 in found or i + 1 in found
    }
    return without_spans(lines, spans, "written-line-end", ledger)
