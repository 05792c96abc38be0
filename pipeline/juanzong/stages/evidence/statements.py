"""A figure that a bundle states: of what, where, when, and what it is; and whether two of them can both be right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import regex as re

from juanzong.core import tree
from juanzong.core.terms import FactVerdict
from juanzong.core.traced import Traced
from juanzong.language.text import fold

Status = Literal["actual", "target", "plan", "count"]
Bound = Literal["over", "under", "about"]

_PLACE = re.compile(r"(?P<place>\p{Han}{2,7}?(?:自治区|自治州|省|市|县|区|州|旗|盟))(?!场|级|域|长|民|政|容|管|区)")
_NO_PLACE = re.compile(
    r"^(?:全[国部体省市县区地]|本[地级院校]|[我各该跨超]|城[市乡区镇中]|大[城中型都量部]|都市|分[省市县区地]|外[省市县地]|省[市县级直属内外]|园区|社[区会]"
    r"|地[区方级]|片区|校区|小[城区]|新城|示范|开发)|^.{1,6}(?:城市|地区|园区|社区|景区|片区|校区|小区)$"
)
_PLAN = re.compile(r"[“\"]?十([一二三四五六七八九])五[”\"]?|第十([一二三四五六七八九])个五年")
_PERIOD = re.compile(r"((?:19|20)\d{2})\s*[-—–~～至]+\s*((?:19|20)\d{2})")
_SCALE = {"": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "百万": 1e6, "亿": 1e8, "万亿": 1e12}
_SCALED = re.compile(r"(万亿|百万|亿|万|千|百)?(.+)")
_RATES = frozenset("%‰")
_COUNTED = frozenset(
    [
        "个",
        "位",
        "人",
        "名",
        "张",
        "家",
        "户",
        "所",
        "件",
        "项",
        "处",
        "座",
        "台",
        "辆",
        "种",
        "条",
        "册",
        "次",
        "只",
        "头",
        "艘",
        "架",
        "支",
        "批",
    ]
) | {""}


@dataclass(frozen=True, eq=False)
class Statement:
    """`text` is the figure alone, as printed."""

    carrier: tree.Document
    text: Traced
    region: str
    indicator: str
    year: str
    status: Status
    value: str
    unit: str | None
    bound: Bound | None
    in_table: bool


def region_of(text: str) -> str | None:
    """The place that a title or caption begins with, its number left out.

    >>> region_of("某河市“十四五”规划"), region_of("表1 某河省主要指标"), region_of("城市空气质量"), region_of("全市指标")
    ('某河市', '某河省', None, None)
    >>> region_of("表3-1 某河省主要指标"), region_of("表2 2020年某河市运行情况"), region_of("关于大河县养老工作的报告")
    ('某河省', '某河市', '大河县')
    """
    plain = re.sub(
        r"^(?:附?表\s?[\d\-—.]+?(?=[^\d\-—.]|(?:19|20)\d{2}年))?(?:(?:19|20)\d{2}年度?|中共|《|关于(?:印发)?《?)?",
        "",
        fold(text),
    )
    m = _PLACE.match(plain)
    return m["place"] if m and not _NO_PLACE.search(m["place"]) else None


def home_of(document: tree.Document) -> str | None:
    """The region that a document speaks of: its title's, else that of what it belongs to."""
    kin = (document, document.annex_of, document.promulgated_by)
    found = (region_of(d.title.text) for d in kin if d is not None)
    return next((r for r in found if r), None)


def first_year(text: str) -> int | None:
    """The first year of the plan that a title names.

    >>> first_year("某市“十四五”规划"), first_year("行动方案（2021—2023年）"), first_year("某办法")
    (2021, 2021, None)
    """
    period = _PERIOD.search(text)
    if period:
        return int(period[1])
    m = _PLAN.search(text)
    if not m:
        return None
    return 2006 + 5 * "一二三四五六七八九".index(m[1] or m[2])


def year_after(document: tree.Document) -> int | None:
    """The year after that in which a document, or the notice that issues it, was issued: what it says of it, and of those
    that follow, is yet to come."""
    for d in (document, document.promulgated_by, document.annex_of):
        issued = d.metadata.get("issued_on") if d is not None else None
        if isinstance(issued, tree.Date):
            return int(issued.iso[:4]) + 1
    return None


def status_of(year: str, start: int | None) -> Status:
    """A year before the plan begins has its figure behind it."""
    return "target" if start is not None and int(year) >= start else "actual"


def _scaled(s: Statement) -> float:
    m = _SCALED.fullmatch(fold(s.unit or ""))
    return float(s.value) * (_SCALE[m[1]] if m and m[1] else 1.0)


def _places(s: Statement) -> int:
    return len(s.value.partition(".")[2])


def measure_of(unit: str | None) -> str:
    """What kind of figures a unit gives: only such can be compared. The words that count things (个, 位, 张) are one.

    >>> [measure_of(u) for u in ("亿元", "万美元", "%", "‰", "张", "位", None)]
    ['元', '美元', 'rate', 'rate', '', '', '']
    """
    plain = fold(unit or "")
    if plain in _RATES:
        return "rate"
    m = _SCALED.fullmatch(plain)
    base = m[2] if m else plain
    return "" if base in _COUNTED else base


def compare(a: Statement, b: Statement) -> FactVerdict:
    """Whether two statements of one fact and measure can both be right: rounding, scale and bounds allowed for."""
    u, v = fold(a.unit or ""), fold(b.unit or "")
    if u != v and {u, v} & _RATES and u and v:
        return "unit differs"
    x, y = (float(a.value), float(b.value)) if u == v else (_scaled(a), _scaled(b))
    for s, bound, other in ((a, x, y), (b, y, x)):
        if s.bound is not None:
            holds = {"over": other >= bound, "under": other <= bound, "about": abs(other - bound) <= 0.1 * abs(bound)}
            return "agree (bound)" if holds[s.bound] else "differ"
    if abs(x - y) <= 1e-9 * max(abs(x), abs(y), 1.0):
        return "agree"
    if u == v:
        places = min(_places(a), _places(b))
        same = abs(round(x, places) - round(y, places)) < 1e-9 and _places(a) != _places(b)
        return "agree after rounding" if same else "differ"
    step = max(_scaled(s) / float(s.value) * 10 ** -_places(s) if float(s.value) else 0.0 for s in (a, b))
    return "agree after rounding" if abs(x - y) <= step / 2 + 1e-9 else "differ"
