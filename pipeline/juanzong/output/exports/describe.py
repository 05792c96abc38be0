"""The schema of the exported tables as Markdown: what docs/export.md has between its marks.

`python -m juanzong.output.exports.describe docs/export.md` writes it anew.
"""

from __future__ import annotations

import sys
from pathlib import Path

from juanzong.output.exports.schema import SCHEMA

BEGIN, END = "<!-- generated: tables -->\n", "<!-- end -->"


def described() -> str:
    """A heading and a list of columns for each table."""
    return "".join(
        f"\n### {table.name}\n{table.meaning[0].upper() + table.meaning[1:]}.\n\n| column | type | |\n| --- | --- | --- |\n"
        + "".join(f"| `{c.name}` | {c.type} | {c.meaning} |\n" for c in table.columns)
        for table in SCHEMA
    )


def renewed(text: str) -> str:
    """The page with the tables between its marks written anew."""
    before, begin, rest = text.partition(BEGIN)
    return before + begin + described() + rest[rest.index(END) :]


if __name__ == "__main__":
    page = Path(sys.argv[1])
    page.write_text(renewed(page.read_text("utf-8")), "utf-8")
