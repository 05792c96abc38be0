"""juanzong review: the review app for one output folder, on this machine alone."""

from __future__ import annotations

from pathlib import Path

import click

from juanzong.words import Language


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--source", type=click.Path(path_type=Path), help="the raw file, where it is not found beside the folder")
@click.option("--port", type=click.IntRange(0, 65535), default=0, show_default="a free one", help="port on 127.0.0.1")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="language of the pages; else the locale's, the browser's")
@click.option("--open/--no-open", "browse", default=True, help="open the page in the browser")
def review(folder: Path, source: Path | None, port: int, lang: Language | None, browse: bool) -> None:
    """Review the edits and findings of FOLDER (clean/<id>); decisions go to raw/<id>.decisions.jsonl."""
    from juanzong.review.serve import serve

    serve(folder, source, port, lang, browse, click.echo)
