"""A bundle's cover: which of its lines are its title."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.form_lines import is_field
from juanzong.language.numbering import DECIMAL, heading_of
from juanzong.language.personal_names import names_holders
from juanzong.stages.pieces.items import Item

_BRACKETED = re.compile(r"\s*[（(][^（）()]*[)）]\s*")
_EDITION = re.compile(r"\s*[（(][^（）()]{0,12}(?:版|类|卷|册|辑|稿|编|试行|年度?|[上中下])[)）]\s*")
_COMPILED = re.compile(r"\s*(?:汇?编|编[制印写著辑])\s*$")
_SIGNED = re.compile(r"(?:签字|签名|签章|盖章|公章|印章)[^（）()]{0,6}[）)]\s*$")  # where somebody signs
_COLLECTED = re.compile(r"(?:材料|资料|汇编)\s*$")
_PART = re.compile(  # of the whole that the bundle is: 第四部分 组织实施, B-07 赛事活动
    r"\s*(?:第[一二三四五六七八九十\d]{1,3}(?:部分|项|类|卷|册|篇)|[A-Z]{1,2}\s?[-—.]?\s?\d{1,3}(?:[-—.]\d{1,3}){0,3})[\s　：:]*\p{Han}"
)
_VOLUME = 8  # characters of 第一册, （上册）
_LONGEST = 200  # characters of a bundle's title
_WITNESS, _LEAST_WITNESS = 8, 4  # characters of the title's end that an entry must have before the line; of a short one
_NUMBER = re.compile(rf"\s*(?:[（(【［\[]\s*(?=[\d.．]+\s*\p{{Han}}))?{DECIMAL}")  # （2.3 急诊管理）


def cover_title_lines(cover: Sequence[Item], listed: Sequence[str]) -> tuple[int, int]:
    """The lines that print the cover's title: the chosen one, short ones right after it, and a longer one or one that a
    blank line cuts off, where an entry of the contents list has the words of both. `listed`: the entries, as skeletons."""
    best = cover_title(cover)
    end = best + 1
    while best >= 0 and end < len(cover) and _goes_on(cover[best:end], cover[end], listed):
        end += 1
    return best, end


def _goes_on(title: Sequence[Item], line: Item, listed: Sequence[str]) -> bool:
    """Whether a line of the cover goes on with the title so far."""
    if _EDITION.fullmatch(line.s):
        return True
    if (
        line.s.isascii()
        or el.is_date(line.s)
        or el.is_doc_number(line.s)
        or is_field(line.s)
        or _BRACKETED.fullmatch(line.s)
        or sum(len(x.s) for x in (*title, line)) > _LONGEST
        or el.PART_TITLED.match(line.s)
        or _PART.match(line.s)
        or heading_of(line.s) is not None
        or names_holders(line.s)
    ):
        return False
    if line.blanks == 0 and not _is_organ(line.s) and len(line.s) <= len(title[0].s) and not _is_whole(title, line):
        return True
    words = skeleton(_NUMBER.sub("", "".join(x.s for x in title)))[-_WITNESS:]
    return len(words) >= _LEAST_WITNESS and any(words + skeleton(line.s) in entry for entry in listed)


def _is_whole(title: Sequence[Item], line: Item) -> bool:
    """Whether a title ends in what the bundle is (佐证材料), and the line below, longer than the number of a volume, may be
    another one."""
    return len(line.s) > _VOLUME and _COLLECTED.search(title[-1].s) is not None


def _is_organ(text: str) -> bool:
    """Whether a line names an organ, or which one compiled the bundle."""
    return el.is_organ(_COMPILED.sub("", text))


def _may_name(text: str) -> bool:
    """Whether a cover's line may be its title: no date, organ, sentence, holders of posts, Latin letters alone, or part that it lists."""
    part = el.PART_TITLED.match(text) is not None
    return not (
        part
        or _BRACKETED.fullmatch(text)
        or text.isascii()
        or el.is_date(text)
        or _is_organ(text)
        or text.endswith("。")
        or names_holders(text)
        or text.startswith(("附：", "附:"))
        or _SIGNED.search(text)
    )


def _is_unlabelled(text: str) -> bool:
    return not is_field(text) and heading_of(text) is None


def cover_title(lines: Sequence[Item]) -> int:
    """Index of the most specific title on a bundle's cover: the one numbered deepest, else the last that could be one.

    >>> cover_title([])
    -1
    """

    def depth(item: Item) -> int:
        m = _NUMBER.match(item.s)
        return m[0].count(".") + m[0].count("．") if m and not el.is_date(item.s) else 0

    best = max(range(len(lines)), key=lambda k: (depth(lines[k]), k), default=-1)
    if best >= 0 and depth(lines[best]) == 0:
        best = max(
            (k for k, x in enumerate(lines) if _may_name(x.s)),
            key=lambda k: (_is_unlabelled(lines[k].s), lines[k].level > 0, len(lines[k].s)),
            default=best,
        )
    return best
