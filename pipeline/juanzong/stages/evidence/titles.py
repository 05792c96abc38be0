"""Titles as cited -> the documents that they name: what may differ, and what makes another document of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

import regex as re

from juanzong.core.remembered import remembered
from juanzong.language.organs import organs_in
from juanzong.language.text import fold, number_of
from juanzong.stages.characters.lookalikes import look_alike

DeviationKind = Literal["missing", "added", "changed", "not printed", "form"]

# what comes and goes in one title: particles, kinds of plans, what promulgates
_LOOSE = re.compile(
    r"(?:的|之|和|与|及|、|关于|印发|发布|公布|通知|规划|纲要|实施|工作|行动|发展|推进|推动|促进|加快|加强|强化|提升|管理|进一步|全面|重点|主要|中华人民共和国|"
    r"[(（](?:试行|暂行|草案|送审稿|征求意见稿|修订|修正|全文|节选|摘要)[)）]|试行|暂行|[\"'《》〈〉“”])+"
)
# what makes another document: places, levels, figures, periods, order
_STRICT = re.compile(r"[\d〇零一二三四五六七八九十百千]|[省市县区州盟旗乡镇村国]|省级|市级|县级|东|西|南|北")
_PLACES = frozenset(
    "省市县区州盟旗乡镇村东西南北〇零二三四五六七八九十百千"
)  # of these signs, those that stand in nothing loose
_PLACE = re.compile(r"\p{Han}{2,7}?(?:自治[区州县旗]|[省市县区州盟旗])")
_PERIOD = re.compile(r"[(]?(?:19|20)\d{2}[—\-~至]+(?:(?:19|20)\d{2})年?[)]?|[(](?:19|20)\d{2}年?度?[)]")
# figures of a year that a title may leave out, or more: of a period, the first of which may be one before it
_OF_YEAR = 4
_YEARS = re.compile(r"[〇○零一二三四五六七八九]{4}(?=年)")
_COME_AND_GO = frozenset(c for c in _LOOSE.pattern + _PERIOD.pattern if not c.isascii()) | set("()\"'-~")
_TYPOS = 1  # characters misread in a title of LONG characters or more
_LONG = 10
_OTHER = 24  # characters that only one of two titles has, beyond which they name two documents


class Deviation(NamedTuple):
    """In what a citation differs from what the document prints; `form` is no difference."""

    field: Literal["title", "number", "date"]
    kind: DeviationKind
    cited: str
    printed: str | None


_SUBJECT = re.compile("关于")
_REVISED = re.compile(
    r"[（(][^（）()]{0,12}(?:修正|修订|修改)(?:版|本|稿|文本)?[）)]$"
)  # of a law, which a citation leaves out
_MARKS = re.compile(r"[“”「」『』\"'‘’〈〉《》]")
_DASHES = re.compile(r"[–―─\-~～]+")


@remembered
def plain_title(title: str) -> str:
    """A title as it is compared: folded, one kind of dash and quotation mark, years in figures.

    >>> plain_title("《某省“十四五”规划和二〇三五年纲要》")
    '某省十四五规划和2035年纲要'
    """
    text = fold(title).strip("《》")
    text = _MARKS.sub("", _DASHES.sub("—", text)).replace("——", "—")
    return _YEARS.sub(lambda m: str(number_of(m[0])), text)


@remembered
def _fixed(plain: str) -> tuple[str, str]:
    """What of their titles two that name one document have alike: the signs of places and levels, and the figures but
    for those of a period."""
    return "".join([c for c in plain if c in _PLACES]), "".join([c for c in plain if c.isdecimal()])


@remembered
def _telling(plain: str) -> frozenset[str]:
    """The characters that a title does not leave out, but where they are misread."""
    return frozenset(c for c in plain if c not in _COME_AND_GO and not c.isdecimal())


def title_differs(cited: str, printed: str) -> bool | None:
    """Whether a title names a document by other words (False: by its own); None where it names another document.

    >>> a = "某市水务“十四五”规划"
    >>> [title_differs(t, a) for t in ("某市水务十四五规划", "某市水务的“十四五”规划", "某省水务“十四五”规划")]
    [False, True, None]
    >>> b = "上海市科技专家库管理办法"
    >>> [title_differs(t, b) for t in ("望海市科技专家库管理办法", "土海市科技专家库管理办法", "上海市科技专家厍管理办法")]
    [None, None, True]
    >>> title_differs("某市档案条例", "某市档案条例（修正）"), title_differs("某市档案条例（2020年修订）", "某市档案条例（2022年修订）")
    (False, None)
    """
    a, b = plain_title(cited), plain_title(printed)
    if a == b or (b.startswith(a) and a == _REVISED.sub("", b)):
        return False
    told, own = _telling(a), _telling(b)
    if len(told - own) > _TYPOS or len(own - told) > _TYPOS:
        return None
    if min(len(a), len(b)) < 5 or len(set(a) ^ set(b)) > _OTHER:
        return None
    typos = 0
    place = max((m.end() for m in (_PLACE.match(a), _PLACE.match(b)) if m), default=0)
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal" or (_loose(a, i, j) and _loose(b, k, m)):
            continue
        if not a[i:j] and (_PERIOD.fullmatch(b[k:m]) or _PERIOD.fullmatch(b[max(k - 1, 0) : m])):
            continue  # the period is left out
        if min(i, k) < place and not look_alike(a[i:j], b[k:m]):
            return None  # 东河市, 西河市; 望海市, 上海市
        if max(j - i, m - k) > 1 or _STRICT.search(a[i:j] + b[k:m]) or min(len(a), len(b)) < _LONG:
            return None
        typos += 1
    return True if typos <= _TYPOS else None


def _loose(text: str, i: int, j: int) -> bool:
    """Whether text[i:j] may come and go; one that stands askew (务的|水务的) is looked at in the other place too."""
    part = text[i:j]
    return not part or _LOOSE.fullmatch(part) is not None


def deviation_of(cited: str, printed: str) -> Deviation:
    a, b = plain_title(cited), plain_title(printed)
    kind: DeviationKind = "added" if len(a) > len(b) else "missing" if len(a) < len(b) else "changed"
    return Deviation("title", kind, cited, printed)


_FIGURES = re.compile(r"\[[\dOlI]{4}\][\dOlI]+号")  # of a number, letters misread for some of them
_READ = str.maketrans("OlI", "011")


def plain_number(number: str) -> str:
    """A document number as it is compared.

    >>> plain_number("某府〔2021〕 53 号") == plain_number("（某府[2021]第53号）") == plain_number("某府〔202l〕53号")
    True
    """
    text = re.sub(r"[〔\[(【［]", "[", fold(number).strip("()"))
    text = re.sub(r"[〕\])】］]", "]", text).replace("第", "")
    return _FIGURES.sub(lambda m: m[0].translate(_READ), text)


def without_issuer(cited: str, printed: str) -> bool:
    """Whether a citation leaves out no more than who issued the document.

    >>> without_issuer("关于推进绿道建设的意见", "某市水利局关于推进绿道建设的意见"), without_issuer("绿道方案", "某市水利局绿道方案")
    (True, False)
    """
    a, b = plain_title(cited), plain_title(printed)
    return a.startswith("关于") and len(a) < len(b) and b.endswith(a) and organs_in(b[: -len(a)]) is not None


class _Group:
    """Titles with the same signs of places and the same figures, by the characters that they do not leave out."""

    def __init__(self) -> None:
        self._all: list[tuple[int, str]] = []
        self._holding: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)

    def add(self, k: int, title: str) -> None:
        self._all.append((k, title))
        for c in _telling(plain_title(title)):
            self._holding[c].append((k, title))

    def near(self, told: frozenset[str]) -> Iterable[tuple[int, str]]:
        """Those that one with these characters may name: they lack no more of them than are misread."""
        known = self._holding
        rarest = sorted(told, key=lambda c: len(known.get(c, ())))[: _TYPOS + 1]
        return {found for c in rarest for found in known.get(c, ())} if len(told) > _TYPOS else self._all


class Titles:
    """The titles of documents, by what of them is alike in all that name one of them."""

    def __init__(self, titles: Sequence[str]) -> None:
        self._by_places: dict[str, dict[str, _Group]] = {}  # and by figures
        self._long: dict[str, set[str]] = {}  # the figures among them that may hold those of a period
        self._subjects: dict[str, list[tuple[int, str]]] = {}  # by what follows others' names: 关于…
        for k, title in enumerate(titles):
            plain = plain_title(title)
            for m in _SUBJECT.finditer(plain, 1):
                self._subjects.setdefault(plain[m.start() :], []).append((k, title))
            places, figures = _fixed(plain)
            self._by_places.setdefault(places, {}).setdefault(figures, _Group()).add(k, title)
            if len(figures) >= _OF_YEAR:
                self._long.setdefault(places, set()).add(figures)

    def near(self, cited: str) -> list[tuple[int, str]]:
        """In order, those that the cited title may name."""
        plain = plain_title(cited)
        places, figures = _fixed(plain)
        same = self._by_places.get(places, {})
        with_period = [own for own in self._long.get(places, ()) if len(own) - len(figures) >= _OF_YEAR]
        groups = [same[own] for own in {figures, *with_period} if own in same]
        return sorted(found for group in groups for found in group.near(_telling(plain)))

    def but_for_issuer(self, cited: str) -> list[int]:
        """In order, those of which the cited title leaves out no more than who issued them."""
        return [k for k, title in self._subjects.get(plain_title(cited), ()) if without_issuer(cited, title)]


def best_title(cited: str, titles: Titles) -> tuple[int, bool] | None:
    """(which, whether it differs) of the one title that a citation names; None where none or several do."""
    found = [
        (differs, k, title) for k, title in titles.near(cited) if (differs := title_differs(cited, title)) is not None
    ]
    exact = [k for differs, k, _ in found if not differs]
    if exact:
        return exact[0], False
    bare = titles.but_for_issuer(cited)
    if len(bare) == 1:
        return bare[0], False
    if not found:
        return None
    near = {k: SequenceMatcher(None, plain_title(cited), plain_title(t), autojunk=False).ratio() for _, k, t in found}
    first = max(near, key=lambda k: (near[k], -k))
    if sum(near[k] == near[first] for k in near) > 1:
        return None
    return first, True
