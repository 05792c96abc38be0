"""juanzong evidence: what the bundle says of itself, and whether it stands."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from juanzong.words import say

_ORDER = {"info": 0, "warning": 1, "error": 2}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="CLEAN_ID")
@click.option(
    "--only",
    type=click.Choice(["quotations", "citations", "references", "facts"]),
    multiple=True,
    help="Kinds of rows to show; may be given several times.",
)
@click.option(
    "--verdict", multiple=True, metavar="VERDICT", help="Only rows with this verdict, as “near”, “not found”."
)
@click.option("--json", "as_json", is_flag=True, help="Rows of evidence.jsonl, one JSON array.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write one self-contained page instead.")
@click.option(
    "--fail-on",
    type=click.Choice(["info", "warning", "error", "never"]),
    default="never",
    show_default=True,
    help="Exit 1 where a row shown has a finding this severe that nobody waived.",
)
@click.option("--color/--no-color", default=None, help="Colour; default: when printing to a terminal.")
def evidence(
    folder: Path,
    only: tuple[str, ...],
    verdict: tuple[str, ...],
    as_json: bool,
    html: Path | None,
    fail_on: str,
    color: bool | None,
) -> int:
    """Show which passages, citations, references and figures of clean/<id> stand, where, and what differs."""
    from juanzong.core.errors import JuanzongError
    from juanzong.output import evidence as ev

    found = ev.load_evidence(folder)
    unknown = [v for v in verdict if v not in ev.VERDICTS]
    if unknown:
        raise JuanzongError(f"--verdict {unknown[0]}: no such verdict; one of {', '.join(ev.VERDICTS)}")
    kinds = {ev.KINDS[k] for k in only} or set(ev.KINDS.values())
    rows = [r for r in found.rows if r["kind"] in kinds and (not verdict or set(verdict) & set(ev.verdicts_of(r)))]
    if html is not None:
        from juanzong.core.targets import may_write_file
        from juanzong.output.aside import write_whole
        from juanzong.review.evidence_page import evidence_page

        may_write_file(html, (".html", ".htm"), [folder])
        write_whole(html, evidence_page(found, rows).encode())
        say(f"{html}: {len(rows)} rows")
    elif as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        from juanzong.output.evidence_text import lines_of

        colour = sys.stdout.isatty() if color is None else color
        for line in lines_of(found, rows, colour, bool(only or verdict)):
            click.echo(line, color=True)
    if fail_on == "never":
        return 0
    told = [f for r in rows if (f := found.findings.get(r["id"])) and f.get("status", "open") != "waived"]
    return int(any(_ORDER[f["severity"]] >= _ORDER[fail_on] for f in told))
