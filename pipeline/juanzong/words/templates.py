"""A message in one language -> the same in the other: its template is found and its values are taken over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import regex as re

from juanzong.words import Language, load

PAIRS = {"zh": ("findings", "messages"), "en": ("findings", "views", "messages")}  # catalogues of [zh, en] with
# messages that are written in the other language: what views say is written in Chinese alone
SLOT = re.compile(r"\{(\d?)\}")
_WORD = re.compile(r"\p{L}")
_HAN = re.compile(r"\p{Han}")
_SENTENCE = re.compile(r"[A-Za-z]\w+ [a-z]\w+")
_QUOTED = re.compile(r"“[^”]*”|`[^`]*`|《[^》]*》")
_PATH = re.compile(r"\S*[/.]\S*")
_DEEP = 6  # values within values, at most: a list of differences has one level each


def translated(text: str, language: Language, depth: int = _DEEP) -> str:
    """The message in the language; as it stands where no template fits."""
    for t in templates(language) if depth else ():
        if t.literal in text and (m := t.pattern.match(text)):
            values = dict(zip(t.slots, m.groups(), strict=True))
            if not t.bare or any(translated(v, language, depth - 1) != v for v in values.values()):
                return _filled(t.other, values, language, depth)
    return text


def filled(template: str, values: Sequence[str], language: Language) -> str:
    """The message of a template that is known, and its values, in the language; in its own where none is paired with it."""
    return _filled(_others(language).get(template, template), dict(enumerate(values)), language, _DEEP)


@cache
def _others(language: Language) -> dict[str, str]:
    """The templates that are not in this language -> those that are."""
    mine = 0 if language == "zh" else 1
    pairs = [pair for name in PAIRS[language] for pair in load(name)]
    return {pair[1 - mine]: pair[mine] for pair in reversed(pairs)}  # the first of them


class _Template(NamedTuple):
    pattern: re.Pattern[str]
    literal: str  # the longest of its fixed parts: without it there is no need to try
    other: str
    slots: tuple[int, ...]  # the value that each of its slots takes
    fixed: int  # characters of all its fixed parts
    bare: bool  # nothing but punctuation between the values: it holds only where a value is a message too


@cache
def templates(language: Language) -> Sequence[_Template]:
    """The templates of messages that are not in this language, the most telling first."""
    made = [_template(written, other) for written, other in _others(language).items()]
    return sorted(made, key=lambda t: -t.fixed)


def _template(written: str, other: str) -> _Template:
    fixed, slots = SLOT.split(written)[::2], tuple(_numbers(written))
    body = "".join(re.escape(part) + ("(.*?)" if k < len(slots) else "") for k, part in enumerate(fixed))
    words = "".join(fixed)
    pattern = re.compile(rf"{body}\Z", re.DOTALL)
    return _Template(pattern, max(fixed, key=len), other, slots, len(words), not _WORD.search(words))


def _numbers(template: str) -> Iterator[int]:
    for n, m in enumerate(SLOT.finditer(template)):
        yield int(m[1]) if m[1] else n


def _filled(template: str, values: dict[int, str], language: Language, depth: int) -> str:
    """The template with its values: those in quotation marks as they stand, the others in the language, or quoted."""
    out, end = "", 0
    for n, m in zip(_numbers(template), SLOT.finditer(template), strict=True):
        out += template[end : m.start()]
        end = m.end()
        quoted = template.count("“", 0, m.start()) > template.count("”", 0, m.start())
        out += values.get(n, "") if quoted else _value(values.get(n, ""), language, depth)
    return out + template[end:]


def _value(value: str, language: Language, depth: int) -> str:
    told = translated(value, language, depth - 1)
    plain = _QUOTED.sub("", told)
    foreign = _HAN.search(plain) if language == "en" else _SENTENCE.search(_PATH.sub("", plain))
    return f"“{told}”" if told == value and foreign else told
