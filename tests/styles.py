"""One text as several transcribers would set it: printed lines with and without indents, Markdown, pages."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

from juanzong.language.text import display_width

_COLUMNS = 56
_PAGE = 32  # lines


def _wrapped(line: str, indent: str) -> list[str]:
    """A line broken as it was printed, at so many columns."""
    out, run = [], indent
    for c in line:
        if display_width(run + c) > _COLUMNS:
            out.append(run)
            run = ""
        run += c
    return [*out, run]


def _printed(text: str, indent: str, number: str) -> str:
    out: list[str] = []
    page, n = 0, 1
    for line in text.split("\n"):
        prose = "\t" not in line and display_width(line) > 44 and line[-1:] in "。；：，"
        lines = _wrapped(line, indent) if prose else [line] if line else []
        for one in lines:
            out.append(one)
            page += 1
            if page == _PAGE:
                out += ["", number.replace("#", str(n)), ""]
                page, n = 0, n + 1
    return "\n".join(out) + "\n"


def printed(text: str) -> str:
    return _printed(text, "    ", "— # —")


def stripped(text: str) -> str:
    """Printed lines; the blanks of indents are gone, page numbers stand bare."""
    return _printed(text, "", "#").replace("\n\n", "\n") if text else text


def markdown(text: str) -> str:
    """Headings marked, tables with bars, prose bold at its head, bullets."""
    out: list[str] = []
    head = True
    for line in text.split("\n"):
        if "\t" in line:
            cells = [c or " " for c in line.split("\t")]
            out.append("| " + " | ".join(cells) + " |")
            if head:
                out.append("|" + "---|" * len(cells))
            head = False
            continue
        head = True
        if line.startswith("第") and display_width(line) < 30:
            line = f"## {line}"
        elif line.startswith(("一、", "二、", "三、")) and "。" not in line:
            line = f"### {line}"
        elif line.startswith("——"):
            line = f"- {line[2:]}"
        elif "。" in line[:14] and len(line) > 20 and line[0] not in "（1234567890":
            lead, rest = line.split("。", 1)
            line = f"**{lead}。**{rest}"
        out.append(line)
    return "\n".join(out)


def _with_tables(text: str, drawn: Callable[[list[list[str]]], list[str]]) -> str:
    """The text with the lines that `drawn` makes of each table's rows."""
    out: list[str] = []
    rows: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            out += drawn(rows)
            rows = []
        out.append(line)
    return "\n".join(out)


def html(text: str) -> str:
    """Tables as HTML in one line each, blanks in the first column as spans."""

    def drawn(rows: list[list[str]]) -> list[str]:
        return [
            "<table>" + "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in rows) + "</table>",
            "",
        ]

    return _with_tables(text, drawn)


def in_columns(text: str) -> str:
    """Tables as printed columns, kept apart by blanks."""

    def drawn(rows: list[list[str]]) -> list[str]:
        width = max(map(len, rows))
        rows = [row + [""] * (width - len(row)) for row in rows]
        widths = [max(display_width(row[k]) for row in rows) + 3 for k in range(width)]
        return [
            "".join(c + " " * (w - display_width(c)) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows
        ]

    return textwrap.dedent(_with_tables(text, drawn))


STYLES: dict[str, Callable[[str], str]] = {
    "paragraphs": lambda text: text,
    "printed": printed,
    "stripped": stripped,
    "markdown": markdown,
    "html": html,
    "columns": in_columns,
}
