"""What people read, in Chinese or English, one language at a time.

The code writes each message once, in one language (findings in Chinese: they go to disk; errors and notes in English).
The catalogues beside this file pair the templates, `{}` for each value, as [zh, en]: findings.json, views.json (what
views of an output say), messages.json; names.json has the names of rules and checks, click.json what the option parser
says. A message is shown in the other language by finding its template and taking its values over (templates.py): files
on disk are the same whatever is shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any, Literal

Language = Literal["zh", "en"]
_HERE = Path(__file__).parent
_chosen: ContextVar[Language | None] = ContextVar("language", default=None)  # None: messages stand as written


def chosen() -> Language | None:
    """The language of this run of the command line, or of this request, if one was chosen."""
    return _chosen.get()


@contextmanager
def speaking(language: Language | None) -> Iterator[None]:
    """Within it `shown` and `say` speak this language; None: as the code wrote it."""
    token = _chosen.set(language)
    try:
        yield
    finally:
        _chosen.reset(token)


def by_locale(environment: Mapping[str, str]) -> Language:
    """Chinese for a Chinese locale, else English; variables as POSIX ranks them.

    >>> by_locale({"LANG": "zh_CN.UTF-8"}), by_locale({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}), by_locale({})
    ('zh', 'en', 'en')
    """
    locale = next((v for k in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := environment.get(k))), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def shown(text: str, language: Language | None = None) -> str:
    """The message in the language (by default the chosen one); as it stands where it is so already or is not known.

    >>> shown("附件“名单”不在本卷中", "en"), shown("a.txt: no such file or folder; check the path", "zh")
    ('Annex “名单” is not in the bundle', 'a.txt：没有这个文件或文件夹；请检查路径')
    """
    language = language or chosen()
    if not language or not text:
        return text
    from juanzong.words.templates import translated  # only what is shown needs the patterns

    return translated(text, language)


def worded(template: str, *values: object) -> str:
    """A message as the code writes it and the values for its `{}`, in the chosen language: where a value may hold what
    the template holds (a file's name with brackets), it cannot be taken out of the whole again.

    >>> with speaking("en"):
    ...     worded("来源 {}（{}）", "a（1）.txt", "utf-8")
    'source a（1）.txt (utf-8)'
    """
    if not (language := chosen()):
        return template.format(*values)
    from juanzong.words.templates import filled

    return filled(template, [str(value) for value in values], language)


def say(text: str, *, err: bool = False) -> None:
    """Print a message in the chosen language."""
    import click

    click.echo(shown(text), err=err)


@cache
def names() -> dict[str, list[str]]:
    """Rule or check -> its names in Chinese and English."""
    found: dict[str, list[str]] = load("names")
    return found


def load(name: str) -> Any:
    """A catalogue beside this file."""
    return json.loads((_HERE / f"{name}.json").read_text("utf-8"))
