"""Items -> items: a running head that got into one line with a title is parted from it."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import replace

import regex as re

from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.misread_brackets import with_brackets
from juanzong.language.numbering import heading_of
from juanzong.language.text import ends_sentence
from juanzong.stages.pieces.items import Item

_LEAST = 8  # characters of a title that is looked for in a line
_LEAST_ALONE = 4  # ... beside nothing but a figure
_SHORTEST = 4  # characters of a running head
_LONGEST = 120  # characters of the line
# how a running head ends, or with which page number it begins or ends
_COLLECTION = re.compile(r"(?:汇编|选编|文件|材料|公报|年鉴|资料|第[\d一二三四五六七八九十]{1,3}[辑册卷期集页])$")
_NUMBERED = re.compile(r"^\s*[—–\-·|｜]*\s*\d{1,3}\s*[·|｜\s—–\-]|[·|｜\s—–\-]\s*\d{1,3}\s*[—–\-·|｜]*\s*$")
_BESIDE = " \t\u3000—–-·"  # a page's number
_OPENING = "《〈“‘（"
_FIGURES = re.compile(r"\d+")
_PAGE_STUCK = re.compile(
    r"^[—–\-·\s]*\d{1,3}[—–\-·\s]*(?=[\p{Han}《“])|(?<=[\p{Han}》）”])[—–\-·\s]*\d{1,3}[—–\-·\s]*$"
)
_SECTION = re.compile(r"\s*(\d{1,2})(?:\.\d{1,2}){1,3}(?![\d%])")
_COUNTED = re.compile(
    r"\s*(\d{1,2})[ \t\u3000]+\p{Han}[\p{Han}、（）]{1,14}"
)  # a short heading behind a figure: 1 目的
_APART = re.compile(r"(?:\s{2,}|\t|\s*[|｜·•]\s*)(?=\S)")


def part_running_titles(
    items: Sequence[Item], names: Iterable[str], numbers: Mapping[str, Collection[str]]
) -> list[Item]:
    """The items; a line that holds a running head and a title that the bundle names and prints nowhere else, or the
    first line of it, is two. `names`: the titles it names; `numbers`:
    those that contents lists number, folded, and their numbers."""
    named = {skeleton(name): el.type_of_title(name) is not None for name in names}
    printed = {skeleton(x.s) for x in items if x.is_text and len(x.s) <= _LONGEST}
    unprinted = {key for key in named.keys() - printed if len(key) >= _LEAST_ALONE}
    unprinted -= {key for key in _headings(items, unprinted) if not named[key]}
    keys = {key for key in unprinted if named[key] and len(key) >= _LEAST}
    if not unprinted or not items:
        return list(items)
    lengths = sorted({len(key) for key in keys}, reverse=True)
    out: list[Item] = []
    heads = {_FIGURES.sub("", key) for key in printed if key[:1].isdecimal() or key[-1:].isdecimal()}
    section = ""  # what the last numbered line above begins with
    for item, after in zip(items, [*items[1:], None], strict=True):
        numbered = item.is_text and item.s.lstrip()[:1].isdecimal()
        if numbered and (m := _SECTION.match(item.s)):
            section = m[1]
        if item.is_text and (span := _beside_page(item.s, after, unprinted, numbers, section)):
            out += _without_page(item, *span)
            continue
        if numbered and (m := _COUNTED.fullmatch(item.s)):
            section = m[1]
        at = _seam(item, after, keys, lengths, heads) if _may_hold(item) else 0
        if at:
            out += _parted(item, at)
        else:
            out.append(item)
    return out


def _headings(items: Sequence[Item], keys: Collection[str]) -> set[str]:
    """Those of the keys that stand behind a number as a heading."""
    found = ((x.s, _words_at(x.s)) for x in items if keys and x.is_text and len(x.s) <= _LONGEST)
    return {key for s, at in found if at and (key := skeleton(s[at:])) in keys}


def _words_at(text: str) -> int:
    """Where the words of a heading begin behind its number, a decimal too (1.1 目的); 0 where it has none."""
    head = heading_of(text)
    if head is not None:
        return head.end
    decimal = _SECTION.match(text) if text.lstrip()[:1].isdecimal() else None
    return decimal.end() if decimal is not None else 0


def _is_counted(number: str, after: Item | None) -> bool:
    """Whether a figure before a heading is its number: 1.1 stands under 1."""
    return after is not None and after.s.lstrip("* \t\u3000").startswith(f"{number.strip(_BESIDE)}.1")


def _counts_on(section: str, number: str) -> bool:
    """Whether a figure before a heading is its number: 7 stands behind 6.3, and behind 6."""
    return bool(section) and int(number.strip(_BESIDE)) == int(section) + 1


def _parted(item: Item, at: int) -> list[Item]:
    """The two halves of a line; the running head goes, a letterhead stays."""
    first, rest = item.text[:at].strip(), item.text[at:].strip()
    out = [item.holding(first), replace(item.holding(rest), blanks=0, page_break=False)]
    for half in out:
        if _is_running_head(half.s) and not el.LETTERHEAD.match(half.s):
            half.rule = "running-head"
    return out


def _beside_page(
    text: str, after: Item | None, keys: set[str], numbers: Mapping[str, Collection[str]], section: str
) -> tuple[int, int] | None:
    """Where in a line the figure stands that is all it says but for a title, or but for the first line of one. `section`:
    the first figure of the last decimal number above (6 of 6.3), "" where there is none."""
    if len(text) > _LONGEST or with_brackets(text) != text:
        return None
    for m in _PAGE_STUCK.finditer(text):
        said = skeleton(text[: m.start()] + text[m.end() :])
        counted = not m.start() and (_is_counted(m[0], after) or _counts_on(section, m[0]))
        if counted or skeleton(m[0]) in numbers.get(said, ()):
            continue  # the number that a list gives it, or that what stands above or under it goes on with
        if said in keys or (not m.start() and after is not None and after.is_text and said + skeleton(after.s) in keys):
            return m.span()
    return None


def _without_page(item: Item, a: int, b: int) -> list[Item]:
    """A line and the page's number before or behind it, as two."""
    first, second = (
        item.holding(item.text[: b if a == 0 else a].strip()),
        item.holding(item.text[b if a == 0 else a :].strip()),
    )
    (first if a == 0 else second).rule = "page-number"
    return [first, replace(second, blanks=0, page_break=False)]


def _may_hold(item: Item) -> bool:
    said = item.is_text and _LEAST + _SHORTEST <= len(item.s) <= _LONGEST
    return said and not ends_sentence(item.s) and heading_of(item.s) is None


def _seam(item: Item, after: Item | None, keys: set[str], lengths: Sequence[int], heads: Container[str]) -> int:
    """Where in a line the head ends and the title begins, or the title ends and the head begins; 0 where neither is.

    `lengths` are those of the keys, the longest first; `heads` what stands on pages with a number, without it.
    """
    s, whole = item.s, skeleton(item.s)
    for length in lengths:
        if length < len(whole) and (key := whole[-length:]) in keys:
            at = next(i for i in range(len(s) - len(key), -1, -1) if skeleton(s[i:]) == key)
            at = len(s[:at].rstrip(_OPENING))
            if (
                s[at] != "《"
                and _is_running_head(s[:at])
                and (not _NUMBERED.search(s[:at]) or _FIGURES.sub("", skeleton(s[:at])) in heads)
            ):
                return at
    for m in _APART.finditer(s):
        begun, rest = s[: m.start()], s[m.start() :]
        if _is_running_head(rest) and (
            skeleton(begun) in keys or (after is not None and after.is_text and skeleton(begun + after.s) in keys)
        ):
            return m.start()
    return 0


def _is_running_head(text: str) -> bool:
    bare = "".join(text.split())
    return len(bare) >= _SHORTEST and bool(_COLLECTION.search(bare) or _NUMBERED.search(text))
