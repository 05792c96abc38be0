"""juanzong serve: the whole way over HTTP, for those who have no command line."""

from __future__ import annotations

import os
from pathlib import Path

import click

from juanzong.words import Language, by_locale

_MB = 1_000_000


@click.command()
@click.argument("folder", default="juanzong-files", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen at; other machines need a token."
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, show_default="a free one", help="Port to listen at.")
@click.option("--token", envvar="JUANZONG_TOKEN", help="Secret part of the address.  [default: a random one]")
@click.option("--max-size", type=click.IntRange(1), default=500, show_default=True, help="MB of one file or folder.")
@click.option("--max-total", type=click.IntRange(1), default=20_000, show_default=True, help="MB of all files.")
@click.option("--jobs", type=click.IntRange(1), default=None, help="Processes.  [default: all processors]")
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), help="Language of the pages; else the locale's, the browser's."
)
def serve(
    folder: Path,
    host: str,
    port: int,
    token: str | None,
    max_size: int,
    max_total: int,
    jobs: int | None,
    lang: Language | None,
) -> None:
    """Take files by the browser into FOLDER/raw and give reviews and exports of FOLDER/clean. A service that was
    stopped or killed goes on where it was."""
    from juanzong.core.errors import missing_extra

    try:
        import uvicorn  # noqa: F401

        from juanzong.serve.intake import Limits
        from juanzong.serve.start import Options
        from juanzong.serve.start import serve as start
    except ImportError as error:
        raise missing_extra(error, "serve") from error
    locale = by_locale(os.environ)
    limits = Limits(max_size * _MB, max_total * _MB)
    language: Language | None = lang or ("zh" if locale == "zh" else None)
    start(
        Options(folder, host, port, token, limits, jobs or os.cpu_count() or 1, language, lang or locale),
        lambda line: click.echo(line),
    )
