"""juanzong markdown: each document of an output as Markdown."""

from __future__ import annotations

from pathlib import Path

import click

from juanzong.words import say


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="CLEAN_ID")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where to write.  [default: markdown/<id>]",
)
def markdown(folder: Path, out: Path | None) -> None:
    """Write each document of clean/<id> as readable Markdown, and an index.md that lists them."""
    from juanzong.core.targets import keep_apart
    from juanzong.output.aside import write_whole
    from juanzong.output.folder import typed_documents
    from juanzong.output.markdown import escape
    from juanzong.output.markdown import markdown as to_markdown
    from juanzong.output.sound import load_sound

    output = load_sound(folder)
    documents = typed_documents(output)
    out = out or Path("markdown") / str(output.bundle["id"])
    digits = len(str(len(documents)))
    files = {d.id: (d.title or d.id, f"{n:0{digits}}-{d.id}.md") for n, d in enumerate(documents, 1)}
    keep_apart(out, [folder])
    out.mkdir(parents=True, exist_ok=True)
    for d in documents:
        write_whole(out / files[d.id][1], to_markdown(d, files).encode("utf-8"))
    index = [f"# {escape(str(output.bundle['title']))}", ""]
    index += [f"{n}. [{escape(title)}]({file})" for n, (title, file) in enumerate(files.values(), 1)]
    write_whole(out / "index.md", ("\n".join(index) + "\n").encode("utf-8"))
    say(f"{out}: {len(documents)} documents and index.md")
