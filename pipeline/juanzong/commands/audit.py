"""juanzong audit: prove an output against its source."""

from __future__ import annotations

from pathlib import Path

import click

from juanzong.words import say


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="CLEAN_ID...")
@click.option(
    "--source",
    type=click.Path(path_type=Path, exists=True, dir_okay=True),
    metavar="FILE",
    help="The source, where it stands elsewhere than bundle.json says.",
)
@click.option("--again", is_flag=True, help="Derive the whole output from its source once more, and compare.")
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True, help="Faults shown of each kind.")
def audit(folders: tuple[Path, ...], source: Path | None, again: bool, limit: int) -> None:
    """Prove clean/<id> against its source: nothing lost, nothing claimed twice, no change unlisted.

    Exit code 0 when all holds, 1 when not (each fault is named with its place), 2 when there is nothing to audit.
    """
    from juanzong.core.errors import JuanzongError
    from juanzong.core.names import printable
    from juanzong.output.audit import audit as run_audit

    sound, refused = True, False
    for folder in folders:
        try:
            found = run_audit(folder, source, again=again)
        except (JuanzongError, OSError) as error:  # the others are audited all the same
            say(printable(f"juanzong: {error}"), err=True)
            refused = True
            continue
        shown: dict[str, int] = {}
        for fault in found.faults:
            shown[fault.check] = shown.get(fault.check, 0) + 1
            if shown[fault.check] <= limit:
                click.echo(" ".join(filter(None, (f"{folder}/{fault.file}:", fault.place, fault.message))))
        for check, n in shown.items():
            if n > limit:
                say(f"{folder}: {n - limit} more of `{check}`")
        counts = found.counts
        say(
            f"{folder}: {counts['characters']} characters, {counts['documents']} documents, "
            f"{counts['strings']} strings, {counts['edits']} edits: "
            f"{counts['lost']} lost, {counts['double']} doubly claimed, {counts['broken']} broken pointers, "
            f"{counts['untraced']} untraced, {counts['unfaithful']} unfaithful, {counts['edit']} wrong edits, "
            f"{counts['inconsistent']} inconsistent, {counts['invalid']} invalid"
        )
        if again:
            say(f"{folder}: {counts['differs']} files that the run gives otherwise")
        sound = sound and not found.faults
    if refused or not sound:
        raise click.exceptions.Exit(2 if refused else 1)
