"""Lines -> which of them are running heads that say the title right below on their page: as much of it as had room, or
the whole of it above 附件 or a letterhead. A text of one page has no other head to tell it by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.language import elements as el
from juanzong.language.numbering import heading_of
from juanzong.language.text import ends_sentence, fold

_LEAST, _MOST = 8, 60  # characters of such a head
_NEAR = 8  # lines below it, in which the title begins
_ORGAN = 4  # ... of a title's first line, which names who issues the text
_TITLE_LINES = 6  # lines that a title is printed in
_OPEN_BRACKET = re.compile(r"[（(][^（）()]*$")  # behind a title, cut: 某规划（2021—202
_LISTS = ("目录", "目次")


def cut_heads(lines: Sequence[Line], pages: Sequence[Sequence[int]]) -> list[int]:
    """Indices of such lines, and of those of the same words at the head of other pages. `pages`: the indices of each
    page's lines, from its head down."""
    tops = [(page[0], fold(lines[page[0]].text)) for page in pages if _may_be_head(lines[page[0]])]
    below = {page[0]: page[1:] for page in pages}
    often = Counter(text for _, text in tops)
    said = {text for i, text in tops if _heads(lines, text, below[i], again=often[text] > 1)}
    return [i for i, text in tops if text in said]


def _may_be_head(line: Line) -> bool:
    text = line.text.strip()
    said = _LEAST <= len(text) <= _MOST and not line.tabular and "\t" not in text and not ends_sentence(text)
    begun = text.count("》") <= text.count("《")  # else a further line of a title
    return said and begun and el.organs_in(text) is None


def _heads(lines: Sequence[Line], said: str, below: Sequence[int], *, again: bool) -> bool:
    """Whether a title begins below that says more than the head does; or as much, and something stands between, or the
    head comes `again` on another page, or the title, set larger, takes more lines."""
    whole = el.type_of_title(said) is not None
    for k, i in enumerate(below[:_NEAR]):
        text = lines[i].text
        if lines[i].tabular or ends_sentence(text):
            return False
        if not fold(text).startswith(said[:_LEAST]) and not (len(text) >= _ORGAN and said.startswith(fold(text))):
            if fold(text) in _LISTS or heading_of(text.strip()):
                return False  # the text has begun: what a list or a heading says below is no title
            continue
        run = ""
        wrapped = same = False
        for n, j in enumerate(below[k : k + _TITLE_LINES], k + 1):
            run += fold(lines[j].text)
            ends = n == len(below) or not lines[below[n]].text.lstrip().startswith("的")  # …办法》, and 的通知 below
            same = same or run in (said, _OPEN_BRACKET.sub("", said))
            if not (run.startswith(said) or said.startswith(run)) or (run == said and whole and ends):
                break
            if len(run) > len(said) and el.type_of_title(run) is not None:
                # a letterhead in two lines is none, over a title that names the same organ
                return not k or not run.startswith(said + fold(lines[below[0]].text))
            wrapped = True
        if same and (k or (whole and (again or wrapped))):
            return _stand_above([lines[j].text.strip() for j in below[:k]])
    return False


def _stand_above(between: Sequence[str]) -> bool:
    """Whether what stands between a page's head and the title heads that: 附件, a letterhead, the number with who signs
    beside it, and with a number the organ alone."""
    numbered = [bool(el.is_doc_number(s) or el.signed_number(s)) for s in between]
    return all(
        n or el.ANNEX_MARK.match(s) or el.LETTERHEAD.match(s) or (any(numbered) and el.is_organ(s))
        for s, n in zip(between, numbered, strict=True)
    )
