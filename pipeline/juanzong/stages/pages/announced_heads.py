"""Lines -> which of them are running heads over a notice that say what it issues: 松城市供水规划 over 关于印发《松城市供水规划》的通知,
whose title stands behind the notice."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.language import elements as el
from juanzong.language.text import ends_sentence, fold
from juanzong.stages.pages.head_words import HEAD_LENGTH, OF_NOTICE, head_words
from juanzong.stages.pages.title_prints import Prints

_OF_NOTICE = re.compile(OF_NOTICE)
_MOST = 16  # lines of a page's head, of a web page's labels say, and of the notice's title


def announced_heads(lines: Sequence[Line], pages: Sequence[Sequence[int]]) -> list[int]:
    """The first lines of pages, given as indices of their lines, that are such heads; one page may have it alone."""
    first = [page for page in pages if len(page) > 2 and el.type_of_title(lines[page[0]].text.strip()) is not None]
    named = [page for page in first if (said := head_words(lines, page[0])) and _is_issued(lines, page[1:], said)]
    prints = Prints(lines) if named else None
    return [page[0] for page in named if prints and any(i > page[-1] for i in prints.of(fold(lines[page[0]].text)))]


def _is_issued(lines: Sequence[Line], below: Sequence[int], said: str) -> bool:
    """Whether the lines below say in the title of a notice that it issues what a head says."""
    name = f"《{said}》"
    run = ""
    for i in below[:_MOST]:
        text = lines[i].text.strip()
        if len(text) > HEAD_LENGTH or ends_sentence(text) or lines[i].like_row:
            return False
        run += fold(text)
        if name in run and _OF_NOTICE.match(run, run.index(name) + len(name)):
            return True
    return False
