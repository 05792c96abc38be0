"""A text of nothing but a name and short lines without stops (花卉品种 / 月季 / 玫瑰): the name is its title."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.language import elements as el
from juanzong.language.numbering import heading_of
from juanzong.language.text import ends_sentence
from juanzong.stages.documents.title_lines import may_begin, may_print_title
from juanzong.stages.documents.title_worth import Title
from juanzong.stages.pieces.items import Item

_LEAST, _MOST = 3, 60  # lines below the name
_LONGEST_NAME, _LONGEST = 30, 60  # characters of the name, of another line
_NAME = re.compile(r"\p{Han}[\p{Han}\d“”（）()、—-]{3,}")
# what covers say, and what they name
_OF_COVER = re.compile(
    r"材料|资料|佐证|证据|卷|附件|目录|册|编号|(?:^|(?<=[\s局处院司室]))编[制写印著]$|^编[号制写印者著]|申报|报告|书$|单位|学[校院]|公司|[：\t]|:(?!\d)|^\d+[.．\d]*\s"
)


def title_over_lines(items: Sequence[Item]) -> list[Title]:
    """The title of such a text, which is all that there is; none where a line is one that covers have: who made it, when,
    what of, a number."""
    live = [k for k, x in enumerate(items) if not x.rule]
    if not _LEAST < len(live) <= _MOST or not all(items[k].is_text for k in live):
        return []
    name = items[live[0]].s.strip().strip("*")
    if len(name) > _LONGEST_NAME or _NAME.fullmatch(name) is None or not may_begin(items[live[0]]):
        return []
    if not may_print_title(items[live[0]]) or any(_is_of_cover(items[k].s) for k in live):
        return []
    return [Title(live[0], live[0] + 1, name, ["first", "top"])]


def _is_of_cover(text: str) -> bool:
    return (
        len(text) > _LONGEST
        or ends_sentence(text)
        or _OF_COVER.search(text.strip()) is not None
        or heading_of(text) is not None
        or text.isascii()
        or el.organs_in(text) is not None
        or bool(el.is_date(text) or el.is_doc_number(text) or el.type_of_title(text) is not None)
    )
