"""Footnotes and end notes: markers in running text, notes at the page foot or at the end, and which belongs to which."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import regex as re

from juanzong.core.traced import Traced
from juanzong.language.elements import CLOSING_NOTES
from juanzong.language.numbering import heading_of
from juanzong.language.text import ends_sentence, fold
from juanzong.language.variants import simplified
from juanzong.stages.pieces.items import Item

_SUPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_STARS = {"*": "star", "＊": "star", "※": "sign", "†": "dagger", "‡": "double dagger", "§": "section sign"}
_CIRCLED = {chr(0x2460 + i): str(i + 1) for i in range(20)} | {chr(0x3251 + i): str(i + 21) for i in range(15)}
_MARKER = (
    r"\$\s*(?:\{\s*\}\s*)?\^\s*\{?\s*(?P<a>[\[［]?\s*(?:[①-⑳㉑-㉟]|\d{1,3})\s*[\]］]?)\s*\}?\s*\$|\^\{?(?P<b>[\[［〔【]\d{1,3}[\]］〕】]|[①-⑳㉑-㉟]|注?\d{1,3}|[*＊]{1,3}|[※†‡§])(?:\}|\^)?"
    r"|(?P<c>[⁰¹²³⁴-⁹]+)|(?P<d>[①-⑳㉑-㉟])|(?P<e>[\[［〔【]注?\d{1,3}[\]］〕】])|(?P<f>[（(]注\s?\d{1,2}[）)])"
)
MARKER = re.compile(_MARKER)
NOTE = re.compile(rf"\s*(?P<marker>{_MARKER})\s*(?=\S)")
# where a marker stands there is one of these, or of signs that stand near theirs in Unicode, where those of other sets
# do as well (language/variants.py): of one range each, for that is searched ten times as fast
_SIGNS = ("[", "^", "〔", "【", "［", "¹", "²", "³", "（注", "(注")
_NEAR = (re.compile("[\u2070-\u27ff]"), re.compile("[\u3251-\u325f]"))
_FIRST = frozenset("$^[［〔【⁰¹²³⁴⁵⁶⁷⁸⁹").union(_CIRCLED)
_EXPLAINS = re.compile(
    r"\s*(?:[:：]|[^，。；：:]{2,40}(?:[:：]|[，,]?是指|[，,]指)|(?:数据|资料|材料)?来源|来自|引自|摘自|参见|详见|见《)"
)
_GOES_ON = "，。；、）”,;)"  # after a marker: the sentence it stands in
_BEGINS_COUNT = re.compile(r"(?P<told>(?:^|[：:\n])\s*)?①(?=\s*\w)")
_WITHIN = "；;，,、"  # stops within a sentence
_COUNTS_ON = re.compile(r"[；;，,、。.：:\n]\s*([①-⑳])(?=\s*\w)")
_TOGETHER = re.compile(r"[①-⑳]{3,}|[①-⑳](?:[、和与或至到~～—-][①-⑳])+")
_TERM = re.compile(r"\s*[“\"]?(.{2,40}?)[”\"]?\s*(?:[:：]|，是指|是指|，指|即)")
_QUOTES = re.compile(r"[“”\"'‘’]")
_PROSE = 16  # characters; a line that breaks off short of that may be a heading
_UNIT_BEFORE = re.compile(r"(?:[kmcd]?m|M|(?<!平方|立方)(?:公里|米))$")
_POWER_OF = re.compile(r"(?<![\d.])10$")  # 10⁴ is a power, no note


class Marker(NamedTuple):
    """A marker in a text: its place, what it says (form, figure)."""

    start: int
    end: int
    form: str  # super, circled, bracket, word (注1), star (* is 1, ** is 2), sign (※)
    figure: str


def marker_of(m: re.Match[str]) -> Marker:
    said = next(m[g] for g in "abcdef" if m[g])
    if said[0] in _STARS:
        return Marker(m.start(), m.end(), _STARS[said[0]], str(len(said)))
    bare = said.strip("[]［］〔〕【】（）()注 ")
    form = "bracket" if said[0] in "[［〔【" else "word" if "注" in said else "circled" if bare in _CIRCLED else "super"
    return Marker(m.start(), m.end(), form, _CIRCLED.get(bare, bare.translate(_SUPER)))


def note_head(text: str) -> Marker | None:
    """The marker that a line begins with, if it may be a note.

    >>> note_head("① 三项制度：公示制度")
    Marker(start=0, end=1, form='circled', figure='1')
    >>> note_head("三项制度①") is None
    True
    """
    m = NOTE.match(text) if text.lstrip()[:1] in _FIRST else None
    if not m:
        return None
    found = marker_of(m)
    return Marker(m.start("marker"), m.end("marker"), found.form, found.figure)


@lru_cache(maxsize=16384)
def may_hold_marker(text: str) -> bool:
    """A first look at a text: it is asked of every text of a document, four times."""
    return any(map(text.__contains__, _SIGNS)) or any(near.search(text) for near in _NEAR)


def markers_in(text: str) -> list[Marker]:
    """All markers of a text that may call a note; exponents of units (km²) are none, unless the unit is said to be one
    of areas or volumes without them.

    >>> [m.figure for m in markers_in("面积2km²，“三项制度”¹和任务$^{②}$")], [m.figure for m in markers_in("5立方米²和3公里²")]
    (['1', '2'], ['2'])
    """
    if not may_hold_marker(text):
        return []
    text = simplified(text)
    counted = _counted(text) if "①" in text else frozenset()
    out = []
    for m in MARKER.finditer(text):
        found = marker_of(m)
        before = text[max(0, m.start() - 8) : m.start()]
        if found.form == "super" and _UNIT_BEFORE.search(before) and found.figure in ("2", "3"):
            continue
        if found.form == "super" and (_POWER_OF.search(before) or "⁻" in text[m.start() - 1 : m.end() + 1]):
            continue
        if found.form == "circled" and (m.start() == 0 or found.start in counted or _lists_items(text, found)):
            continue
        out.append(found)
    return out


def _counted(text: str) -> frozenset[int]:
    """Where marks stand that number what follows them (如下：①东部；②西部), each of them behind a stop and one more than
    the last: two or more from a ① on that begins the text or a line of it, or that a colon announces; else three or more,
    parted by stops within a sentence.

    >>> sorted(_counted("按下列顺序：①东部。先建。②西部；③南部①")), sorted(_counted("对①火灾；②停电；③停水"))
    ([6, 13, 17], [1, 5, 9])
    >>> _counted("建设园区；①西部；②南部")
    frozenset()
    """
    out: set[int] = set()
    for first in _BEGINS_COUNT.finditer(text):
        run = [first.end() - 1]
        for m in _COUNTS_ON.finditer(text, first.end()):
            if ord(m[1]) == ord("①") + len(run) and (first["told"] is not None or m[0][0] in _WITHIN):
                run.append(m.start(1))
        if len(run) > (1 if first["told"] is not None else 2):
            out.update(run)
    return frozenset(out)


def _lists_items(text: str, found: Marker) -> bool:
    """Whether a marker is one of several that name items together: 判断①②③三种说法, ①和②."""
    return any(m.start() <= found.start < m.end() for m in _TOGETHER.finditer(text))


def explains(text: str, at: int) -> bool:
    """Whether what stands from `at` on explains a term, as notes do.

    >>> explains("① 绿道：指慢行道。", 1), explains("①发放补贴；", 1)
    (True, False)
    """
    return bool(_EXPLAINS.match(text, at))


def term_of(note: str) -> str:
    """The term a note explains, folded: what stands before its colon; '' where there is none."""
    m = _TERM.match(note)
    return _QUOTES.sub("", fold(m[1])) if m else ""


def confirms(text: Traced | str, at: int, term: str) -> bool:
    """Whether the marker at `at` follows the term that the note explains."""
    said = _QUOTES.sub("", fold(str(text)[max(0, at - 60) : at]))
    return bool(term) and (said.endswith(term) or term in said[-len(term) - 12 :])


def _ends_page(items: Sequence[Item], k: int) -> bool:
    """Whether item k, with lines that begin with [n] below it, is the last of its page, or of its document."""
    below = next((x for x in islice(items, k + 1, None) if x.kind != "text" or note_head(x.s) is None), None)
    return below is None or below.begins_page


def bracket_notes(items: Sequence[Item]) -> set[int]:
    """Indices of items that begin with [n] and are notes at a page's foot: a marker [n] waits for its note in the text
    before, and the line explains something, ends its page, stands between the halves of a cut sentence, or parted from
    its mark right below the paragraph that calls it ([1]提出… speaks of what the mark names). A list under 注释 is none of these."""
    out: set[int] = set()
    waiting: set[str] = set()
    above: set[str] = set()  # those that the last paragraph calls
    cut = False
    for k, x in enumerate(items):
        if x.kind != "text":
            continue
        if CLOSING_NOTES.match(x.s):
            break
        marker = note_head(x.s)
        if marker and marker.form != "bracket":
            continue
        midway = marker is not None and x.s[marker.end : marker.end + 1] in _GOES_ON
        may = marker is not None and marker.figure in waiting and not midway
        below = marker and marker.figure in above and x.s[marker.end : marker.end + 1].isspace()
        told = marker and (below or _EXPLAINS.match(x.s, marker.end) or _ends_page(items, k))
        if marker and may and (cut or told):
            out.add(k)
            waiting.discard(marker.figure)
            continue
        above = {m.figure for m in markers_in(x.s) if m.form == "bracket" and m.start}
        waiting |= above
        cut = len(x.s) >= _PROSE and not ends_sentence(x.s) and (heading_of(x.s) is None or len(x.s) > 40)
    return out
