"""A cover's title that is printed from top to bottom, a character a line: 招 / 标 / 文 / 件."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.language import elements as el

_LEAST, _MOST = 3, 16  # characters of such a title


def join_vertical_titles(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines, those of one character each that say together what titles end in as one."""
    out: list[Line] = []
    k = 0
    while k < len(lines):
        n = _run(lines, k)
        if _LEAST <= n <= _MOST and el.type_of_title("".join(x.text.strip() for x in lines[k : k + n])) is not None:
            text = lines[k].traced.strip()
            for line in lines[k + 1 : k + n]:
                text = ledger.join(text, line.traced.strip(), "printed-line")
            out.append(lines[k].holding(text))
        else:
            n = max(1, n)
            out += lines[k : k + n]
        k += n
    return out


def _run(lines: Sequence[Line], k: int) -> int:
    """How many lines from k on are a character alone, of running text."""
    n = 0
    while k + n < len(lines) and len(lines[k + n].text.strip()) == 1 and not lines[k + n].like_row:
        if not "\u4e00" <= lines[k + n].text.strip() <= "\u9fff":
            break
        n += 1
    return n
