"""The title that a web page gives the document it shows, above the document's own."""

from __future__ import annotations

import regex as re

from juanzong.language.alike import skeleton
from juanzong.language.document_types import number_start

_COLUMN = re.compile(r"\s*\S{1,10}?[丨｜|:：】]\s*")  # the column that the page stands in
_LEAST_CUT = 6  # ... cut short
_LEAST_TITLE = 8  # characters of a title by which it is known
TAKEN_OVER = re.compile(r"\s*[（(【\[]\s*(?:转载|转发|转)\s*[）)】\]]\s*")
NUMBERED = re.compile(r"\s*(?P<number>[\p{Han}]{1,12}\s*[〔\[（(]\s*(?:19|20)\d\d\s*[〕\]）)]\s*第?\d{1,5}号)\s*")


def is_page_title(text: str, title: str) -> bool:
    """Whether a line is the title that a web page gives a document: with its number, its column (政策｜…), cut short or
    with the issuer put before it.

    >>> title = "某市人民政府关于印发某市防汛预案的通知"
    >>> [is_page_title(s, title) for s in ("某政发[2020]3号某市防汛预案的通知", "政策丨" + title, "某市旱情公告")]
    [True, True, False]
    """
    own = skeleton(title[: number_start(title)])
    page = skeleton(NUMBERED.sub("", _COLUMN.sub("", TAKEN_OVER.sub("", text[: number_start(text)]))))
    return len(own) >= len(page) >= _LEAST_TITLE and own.endswith(page)


def is_cut_title(text: str, title: str) -> bool:
    """Whether a line is a title mark opened over the first words of a title's name, cut there: as a page's own head
    prints it where it has no room.

    >>> title = "某市人民政府关于印发某市河道防汛预案的通知"
    >>> [is_cut_title(s, title) for s in ("《某市河道防汛", "《某市河道防汛》", "《某市古桥修缮")]
    [True, False, False]
    """
    said = text.strip()
    page = skeleton(said)
    return said.startswith("《") and "》" not in said and len(page) >= _LEAST_CUT and page in skeleton(title)
