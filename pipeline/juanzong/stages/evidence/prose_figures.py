"""Running text -> figures of indicators that the bundle's tables know: only where the indicator is the head and the figure
stands next to it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence

import regex as re

from juanzong.core import tree
from juanzong.core.traced import Traced
from juanzong.stages.evidence.statements import Bound, Statement, first_year, home_of, status_of, year_after

LEAST = 4  # characters of an indicator's name that is looked for in text
_NEXT = re.compile(
    r"\s*(?P<verb>(?:已|将|力争|预计|累计|要|应)?(?:达到?|为|是|超过?|突破|约为?|近|不足|不低于|不少于|不高于|控制在|增至|增加到|增长到|提高到|提升到|上升到|扩大到|降至|降低到|下降到|减少到|稳定在|保持在|实现))?"
    r"\s*(?P<near>约|近|超过|超|突破|不低于|不少于|不足|接近)?\s*(?P<value>-?\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[%‰％]|[万亿千百]{0,2}\p{Han}{0,4}?(?:/\p{Han}{1,3})?)(?P<tail>左右|以上|以下|以内|及以上)?(?=[，。；、,;（(）)\s]|$)"
)
_AHEAD = re.compile(r"(?:^|[，。；：、,;:）)”\s年]|(?:全|我|本)(?:省|市|县|区|州|旗)|\p{Han}{1,6}(?:省|市|县|区))$")
_SCOPE = re.compile(r"[全我本](?P<level>[国省市县区州旗])(?!级)")
_PLACE = re.compile(r"(?P<place>\p{Han}{1,6}[省市县区州旗])$")
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年")
_OTHER_YEARS = re.compile(r"(?:比|较)(?:19|20)\d{2}\s*年")
_OVER_YEARS = re.compile("时期|期间|累计|以来|年均")
_UP_TO = re.compile(
    r"(?<!截)(?<!截止)[到至]\s*(?:19|20)\d{2}\s*年"
)  # 到2025年: a goal, unless the plan begins behind it
_GOALS = re.compile(r"力争|目标|预期(?!寿命)|控制在|将达|达到.{0,4}目标")
_NARROW = str.maketrans("（）％", "()%")
_BOUNDS: dict[str, Bound] = {
    "超过": "over", "超": "over", "突破": "over", "不低于": "over", "不少于": "over", "以上": "over", "及以上": "over",
    "不足": "under", "不高于": "under", "以下": "under", "以内": "under", "控制在": "under",
    "约": "about", "约为": "about", "近": "about", "接近": "about", "左右": "about",
}  # fmt: skip


def prose_figures(document: tree.Document, indicators: Sequence[str], regions: Collection[str]) -> Iterator[Statement]:
    """The figures that a document's paragraphs give of the indicators, names of LEAST characters or more; `regions`: those
    that the bundle's documents speak of."""
    region = home_of(document)
    texts = [b.text for b in tree.walk(document.body) if isinstance(b, tree.Paragraph) and b.text]
    if region is None or not texts:
        return
    start = first_year(document.title.text) or year_after(document)
    page = "\n".join(t.text for t in texts).translate(_NARROW)  # as the names of indicators are folded
    starts, at = [], 0
    for t in texts:
        starts.append(at)
        at += len(t) + 1
    found: dict[int, tuple[int, str]] = {}  # a figure -> the longest indicator before it
    for name in indicators:
        k = page.find(name)
        while k >= 0:
            m = _NEXT.match(page, k + len(name))
            if m and _AHEAD.search(page[max(0, k - 8) : k]):
                old = found.get(m.start("value"))
                if old is None or len(old[1]) < len(name):
                    found[m.start("value")] = (k, name)
            k = page.find(name, k + 1)
    for figure, (k, name) in sorted(found.items()):
        n = bisect_right(starts, figure) - 1
        statement = _statement(document, texts[n], k - starts[n], name, region, regions, start)
        if statement is not None:
            yield statement


def _statement(
    document: tree.Document, text: Traced, k: int, name: str, home: str, regions: Collection[str], start: int | None
) -> Statement | None:
    plain = text.text
    m = _NEXT.match(plain, k + len(name))
    sentence = max(plain.rfind(c, 0, k) for c in "。；;\n") + 1
    ahead = _OTHER_YEARS.sub("", plain[sentence:k])
    years = _YEAR.findall(ahead)
    if m is not None and not years and not _OVER_YEARS.search(plain[sentence : m.end()]):
        years = _year_above(plain[:sentence])
    region = _region(plain[sentence:k], home, regions)
    if (
        m is None
        or region is None
        or not years
        or "分别" in plain[sentence : m.end()]
        or (m["verb"] is None and not m["unit"])
    ):
        return None
    said = plain[sentence : m.end()]
    past = start is not None and int(years[-1]) < start
    goal = _GOALS.search(said) or (not past and _UP_TO.search(said))
    status = status_of(years[-1], start) if not goal else "target"
    bound = next(
        (_BOUNDS[w] for w in (m["near"], m["tail"], (m["verb"] or "").lstrip("已将要应")) if w in _BOUNDS), None
    )
    figure = text[m.start("value") : m.end("value")]
    value = m["value"].replace(",", "")
    unit = m["unit"].replace("％", "%") or None
    return Statement(document, figure, region, name, years[-1], status, value, unit, bound, False)


def _year_above(said: str) -> list[str]:
    """The one year that the sentence before tells of, which the next one tells of as well; `said`: the paragraph up to it.

    >>> _year_above("2021年，全市财政收入12亿元。"), _year_above("2021年建成。设施齐备。"), _year_above("2020年开工，2021年建成。")
    (['2021'], [], [])
    """
    before = said[max(said.rfind(c, 0, len(said) - 1) for c in "。\n") + 1 :]
    years = set(_YEAR.findall(_OTHER_YEARS.sub("", before)))
    return list(years) if len(years) == 1 else []


def _region(ahead: str, home: str, regions: Collection[str]) -> str | None:
    """Whose figure it is, by the words of the sentence before it: that of the place named there or of its level (全省), else
    of the document's; None where that is none of the bundle's.

    >>> homes = ("某河市", "某江省")
    >>> [_region(s, "某河市", homes) for s in ("2020年，全市", "2020年，全省", "2020年，全国", "2020年某江省", "截至年底某山县")]
    ['某河市', '某江省', None, '某江省', None]
    """
    scopes = list(_SCOPE.finditer(ahead))
    if scopes:
        level = scopes[-1]["level"]
        same = [home] if home.endswith(level) else [r for r in regions if r.endswith(level)]
        return same[0] if len(same) == 1 else None
    place = _PLACE.search(ahead)
    if place is None or place["place"].endswith(home):
        return home
    return next((r for r in regions if place["place"].endswith(r)), None)
