"""The command line: which command is where; no logic. Commands load only when they are called."""

from __future__ import annotations

import gc
import importlib
import os
import sys
import threading
from contextlib import suppress
from typing import Any

import click

from juanzong.core.errors import JuanzongError
from juanzong.core.names import printable
from juanzong.core.utf8_names import start_with_utf8_names
from juanzong.words import shown, speaking
from juanzong.words.options import click_text, in_language, language_asked, language_option, teach_click

_COMMANDS = {
    "run": "Read bundles and write clean/<id>/.",
    "audit": "Prove that nothing was lost.",
    "inspect": "Show what one pass made of a file.",
    "show": "Print a bundle as a tree.",
    "markdown": "Write documents as Markdown.",
    "tables": "Write tables as xlsx, csv, parquet or JSON.",
    "export": "Write for other programs: chunks, parquet, docx, ….",
    "split": "Cut a PDF into its documents.",
    "review": "Decide doubtful changes in the browser.",
    "serve": "Take files and give results in the browser.",
    "report": "Write one HTML file for reading and mailing.",
    "evidence": "Show what the bundle proves of what it says.",
    "diff": "Compare two outputs by structure.",
    "draw": "Draw a page's boxes on its image.",
    "schemas": "Write the JSON Schemas.",
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f"juanzong.commands.{name}"), name)
        return in_language(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(click_text("Commands")):
            formatter.write_dl([(name, shown(told)) for name, told in _COMMANDS.items()])


@click.command(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(package_name="juanzong")
@click.pass_context
def juanzong(ctx: click.Context, debug: bool) -> None:
    """juanzong: scanned evidence bundles in, clean typed JSON out."""
    ctx.obj = {"debug": debug}


juanzong.params.append(language_option())
teach_click()


def main(args: list[str] | None = None) -> None:
    """Run a command; exit 0 fine, 1 findings, 2 bad input or usage. Speaks the language asked for, or the locale's."""
    argv = sys.argv[1:] if args is None else args
    with speaking(language_asked(argv)):
        _main(argv)


def _main(argv: list[str]) -> None:
    try:
        group = in_language(juanzong)
        code: Any = group.main(argv, prog_name="juanzong", standalone_mode=False)
    except (JuanzongError, click.ClickException, click.Abort, KeyboardInterrupt, OSError) as error:
        if "--debug" in argv:
            raise
        if isinstance(error, click.ClickException):
            error.message = shown(error.message)  # type: ignore[misc]
            error.show()
        elif isinstance(error, (click.Abort, KeyboardInterrupt)):
            click.echo(shown("juanzong: interrupted; the previous output stands"), err=True)
            sys.exit(130)
        else:
            click.echo(printable(shown(f"juanzong: {_told(error)}")), err=True)
        sys.exit(2)
    except Exception as error:  # exit 1 says that there are findings: never that the program broke
        if "--debug" in argv:
            raise
        what = f"{type(error).__name__}: {error}"[:300]
        told = f"juanzong: the program failed ({printable(what)}); please report what --debug shows"
        click.echo(shown(told), err=True)
        sys.exit(2)
    sys.exit(code if isinstance(code, int) else 0)


def _told(error: Exception) -> str:
    """An error in the words of all others: of the system's without its number, the file first."""
    if isinstance(error, OSError) and error.strerror and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def program() -> None:
    """The same as a process of its own."""
    start_with_utf8_names()
    _open_closed()
    try:
        main()
    except SystemExit as end:
        _leave(end)
        raise


def _open_closed() -> None:
    """Where the caller closed the output (>&-), what is said goes nowhere, and no file of ours takes its number."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115


def _leave(end: SystemExit) -> None:
    """End the process without freeing what it holds, object by object: that takes a fiftieth of the time of a run. Where
    threads or other processes are to be ended, or what was written does not get through, it ends as any other."""
    gc.freeze()  # nor need the collector look through it
    if threading.active_count() > 1 or "multiprocessing.util" in sys.modules or not isinstance(end.code, int):
        return
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(end.code)


if __name__ == "__main__":
    program()
