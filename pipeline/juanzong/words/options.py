"""The option parser's part: `--lang`, help in the chosen language, and what click itself says."""

from __future__ import annotations

import copy
import inspect
import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache

import click

from juanzong.words import Language, by_locale, chosen, load, shown

LANGUAGES: tuple[Language, ...] = ("zh", "en")
_SAYING = ("core", "decorators", "exceptions", "formatting", "parser", "types")  # click's modules that speak


def language_asked(argv: Sequence[str], environment: Mapping[str, str] = os.environ) -> Language:
    """What `--lang` says, which stands before or behind the command, else the locale. It is looked for before the
    options are read: errors and help speak it too.

    >>> language_asked(["run", "a.txt", "--lang", "zh"], {}), language_asked(["--lang=en"], {"LANG": "zh_CN.UTF-8"})
    ('zh', 'en')
    """
    found = by_locale(environment)
    for k, word in enumerate(argv):
        if word == "--":
            break
        value = (
            word[7:] if word.startswith("--lang=") else argv[k + 1] if word == "--lang" and k + 1 < len(argv) else ""
        )
        found = next((x for x in LANGUAGES if x == value), found)
    return found


def language_option() -> click.Option:
    """`--lang`, which every command takes; its value is read by `language_asked`."""
    return click.Option(
        ["--lang"],
        type=click.Choice(LANGUAGES),
        expose_value=False,
        help="Language of what is shown; by default the locale's.",
    )


def in_language(command: click.Command) -> click.Command:
    """The command with `--lang`, and in Chinese with its help in Chinese."""
    told = copy.copy(command)
    told.params = list(command.params)
    told._help_option = None  # click keeps it, in the language of who asked first
    if all(p.name != "lang" for p in told.params):
        told.params.append(language_option())
    if chosen() == "zh":
        told.help = _help(inspect.cleandoc(command.help or ""))
        told.params = [_told(p) for p in told.params]
    return told


def _help(text: str) -> str:
    """A help text whole, or paragraph by paragraph where it is put together."""
    whole = shown(text)
    return whole if whole != text else "\n\n".join(shown(part) for part in text.split("\n\n"))


def _told(parameter: click.Parameter) -> click.Parameter:
    if not isinstance(parameter, click.Option):
        return parameter
    out = copy.copy(parameter)
    out.help = shown(click_text(parameter.help or "")) or None
    if isinstance(parameter.show_default, str):
        out.show_default = shown(parameter.show_default)
    return out


def teach_click() -> None:
    """Let click's own texts follow the chosen language: they go through its modules' `_` and `ngettext`."""
    for name in _SAYING:
        module = sys.modules.get(f"click.{name}")
        if module is not None and hasattr(module, "_"):
            vars(module)["_"] = click_text
        if module is not None and hasattr(module, "ngettext"):
            vars(module)["ngettext"] = lambda one, many, n: click_text(one if n == 1 else many)


def click_text(text: str) -> str:
    """One of click's own texts in the chosen language."""
    return _texts().get(text, text) if chosen() == "zh" else text


@cache
def _texts() -> dict[str, str]:
    return dict(load("click"))
