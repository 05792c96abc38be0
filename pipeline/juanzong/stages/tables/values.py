"""What a table says as data: a name for each column, and typed values beside the printed cells."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import regex as re

from juanzong.core import tree
from juanzong.language.text import fold
from juanzong.stages.containment import failure
from juanzong.stages.tables.grid import Grid, Line, grid_of
from juanzong.stages.tables.kinds import is_ordinal, is_raised, kind, unmarked
from juanzong.stages.work import Work

_NUMBER = r"(?P<{0}>[-+−]?\d[\d,]*(?:\.\d+)?)"
_MARK = "[%‰]"
# Units as statistical tables print them: a scale, what is counted, and per what.
_UNIT = re.compile(
    r"([亿万千百十]*(美元|元|人次|人|吨标准煤|吨|标准煤|个|张|件|套|岁|年|公顷|亩|平方米|平方公里|立方米|公里|千米|米|户|家|所|台|辆|种|项|处|座|床|位|"
    r"小时|天|次|分|千瓦时|千瓦|例|名|对|条|册|度|株|头|艘|辆|架|公斤|千克|克|升|卷|宗|批次|批|支|栋|幢|学时|课时|兆瓦|百分点|个百分点)(/\S{1,6})?|/?1?/?\d*[十百千万亿]+人?|[%‰]|[a-zµμ]{1,3}g?/m[23³]?)"
)
_BRACKETED = re.compile(r"[(（\[].*?[)）\]]")
_ENDING = re.compile(r"[(\[]([^()\[\]]{1,10})[)\]]$")
_CELL = re.compile(
    rf"(?P<about>约)?(?P<sign>≥|>|≦|≤|<|≧|大于|不低于|不少于|超过|小于|不高于|不超过|控制在)?{_NUMBER.format('a')}(?P<m1>{_MARK})?"
    rf"(?:(?:[-—–~～]|至){_NUMBER.format('b')}(?P<m2>{_MARK})?)?(?P<unit>[^\d左以\[\]()*]{{0,6}}?)(?P<tail>左右|以上|以下|以内|及以上)?"
)
_LOW = ("≥", ">", "≧", "大于", "不低于", "不少于", "超过", "以上", "及以上")
_HIGH = ("≤", "<", "≦", "小于", "不高于", "不超过", "控制在", "以下", "以内")
_YEARS = re.compile("年份|年度|时间|日期|年月|时限|期限|年限|届别|年$")  # headers of columns whose 2030 is a year
_AMOUNT = re.compile(
    "投资|金额|资金|经费|数量|产值|收入|支出|面积|人数|人次|产量|总量|规模|合计|小计|户数|长度|里程|价|税|费"
)
_OF_YEAR = re.compile(
    r"(?:19|20)\d\d年?(?!.*(?:[至—-]|时间|日期|期限|时限))"
)  # a header: figures of one year stand below
_MARK_ALONE = re.compile(r"\^?[①-⑳❶-❿⁰¹²³⁴-⁹]+")
_DIGIT = re.compile(r"[\d\p{No}]")  # one that folding makes a figure of, too
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[^\S\n]\d{3})+(?![\d,])")  # 12 345.6: thousands apart (GB/T 15835)
# two figures, in two lines of a cell or beside each other; figures left out: 138****2231; a code, or more than a float holds
_NO_FIGURE = re.compile(r"\d[\s*＊]+\d|(?<![\d.,])0\d|\d{16}")
# headers of columns, and labels of cells, that hold codes: 联系电话, 身份证号, 邮政编码; not 2号
_CODES = re.compile(r"电话|手机|传真|联系方式|邮编|(?:^|\D)[号码]$")
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")
_RATE = re.compile(r"增长|增速|增幅|比重|占比|比例|率$|\[累计")


class Parsed(NamedTuple):
    """A cell's value: `type` as in the model's TypedValue, figures as printed (12.5 for 12.5%)."""

    type: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    approximate: bool | None = None
    unit: str | None = None


def parse(text: str, *, amounts: bool = False) -> Parsed | None:
    """A cell as a value; None where it is blank, words, a year or a period. In a column of `amounts` four digits are an
    amount, whatever year they look like.

    >>> parse("1,234.5")
    Parsed(type='number', value=1234.5, low=None, high=None, approximate=None, unit=None)
    >>> parse("≥90%").low, parse("3—5").high, parse("10 左右").approximate, parse("—").type, parse("2020年")
    (90.0, 5.0, True, 'none', None)
    >>> parse("2030"), parse("2030", amounts=True).value
    (None, 2030.0)
    >>> parse("12①").value, parse("①"), parse("10⁴")
    (12.0, None, None)
    >>> parse("12 345.6").value, parse("5\\n6"), parse("1.5 20")
    (12345.6, None, None)
    >>> parse("138****2231"), parse("0817-6612345"), parse("0.5").value, parse("12 005").value
    (None, None, 0.5, 12005.0)
    """
    if _is_no_value(text) or _NO_FIGURE.search(_GROUPED.sub("0", text)):
        return None
    text = unmarked(text)
    folded = fold(text)
    shape = kind(text)
    if shape == "dash":
        return Parsed("none")
    if shape in ("period", "star", "") or (shape == "year" and not (amounts and _BARE_YEAR.fullmatch(folded))):
        return None
    if folded[0] == "[" and folded.endswith("]"):
        folded = folded[1:-1]
    m = _CELL.fullmatch(folded)
    if m is None or (m["unit"] and _UNIT.fullmatch(m["unit"]) is None):
        return None
    mark = m["m1"] or m["m2"]
    kind_of = "percent" if mark == "%" else "permille" if mark == "‰" else "number"
    unit = mark or m["unit"] or None
    about = True if m["about"] or m["tail"] == "左右" else None
    first = _figure(m["a"])
    if m["b"]:
        return Parsed("range", None, first, _figure(m["b"]), about, unit)
    if m["sign"] in _LOW or m["tail"] in _LOW:
        return Parsed("range", None, first, None, about, unit)
    if m["sign"] in _HIGH or m["tail"] in _HIGH:
        return Parsed("range", None, None, first, about, unit)
    return Parsed(kind_of, first, None, None, about, unit)


def _is_no_value(text: str) -> bool:
    """Whether a first look tells that a cell is words, a note's mark or a figure with raised digits."""
    words = kind(text) == "words" and not _DIGIT.search(text)  # as most cells
    return words or is_raised(text) or _MARK_ALONE.fullmatch(text.strip()) is not None


def _figure(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))


def unit_in(text: str) -> str | None:
    """The unit in brackets at the end of a label or header.

    >>> unit_in("粮食综合生产能力（万吨）"), unit_in("投资（试行）"), unit_in("孕产妇死亡率(1/10万)")
    ('万吨', None, '1/10万')
    """
    folded = fold(text)
    found = _ENDING.search(folded) if folded.endswith((")", "]")) else None
    return found.group(1) if found and _UNIT.fullmatch(found.group(1)) else None


def is_unit(text: str) -> bool:
    """Whether a text is a unit of measure and nothing else.

    >>> is_unit("万亩"), is_unit("县医院")
    (True, False)
    """
    return _UNIT.fullmatch(fold(text)) is not None


def column_names(grid: Grid, header_rows: int) -> list[str]:
    """A name for each column: the header's words from top to bottom, merged cells once; unique within the table."""
    names: dict[str, None] = {}
    last: dict[str, int] = {}  # name -> the number of the one before that has it
    for c in range(len(grid[0]) if grid else 0):
        path = dict.fromkeys(" ".join(line[c].text.text.split()) for line in grid[:header_rows])
        name = " / ".join(filter(None, path)) or f"列{c + 1}"
        again = last.get(name, 0) + 1
        while (name if again == 1 else f"{name} ({again})") in names:
            again += 1
        last[name] = again
        names[name if again == 1 else f"{name} ({again})"] = None
    return list(names)


def type_columns(table: tree.Table) -> None:
    """Set the table's `columns` and `values`, in place. A merged cell has one value, at its top left; a blank none."""
    grid = grid_of(table)
    table.columns = column_names(grid, table.header_rows)
    table.values = []
    body = grid[table.header_rows :]
    uncounted = _serial_columns(body) | {c for c, name in enumerate(table.columns) if _holds_codes(name)}
    units = [next(filter(None, map(unit_in, reversed(name.split(" / ")))), None) for name in table.columns]
    listed = next((c for c, name in enumerate(table.columns) if fold(name) in ("单位", "计量单位")), None)
    common = fold(table.unit.text).split(":")[-1] or None
    if common is not None and _UNIT.fullmatch(common) is None:
        common = None
    rates = [_RATE.search(fold(name)) is not None for name in table.columns]
    amounts = {c for c, name in enumerate(table.columns) if _holds_amounts(body, c, name)}
    seen = set()
    for r, line in enumerate(body, table.header_rows):
        own = _unit_of(line, listed)
        for c, place in enumerate(line):
            if place in seen or c in uncounted:
                continue
            seen.add(place)
            if c and _holds_codes(line[c - 1].text.text):
                continue
            got = parse(place.text.text, amounts=c in amounts)
            if got is None:
                continue
            unit = got.unit or units[c] or (None if rates[c] else own or common)
            form = {"%": "percent", "‰": "permille"}.get(unit or "", "number") if got.type == "number" else got.type
            table.values.append(
                tree.TypedValue(
                    r, c, form, got.value, got.low, got.high, got.approximate, None if got.type == "none" else unit
                )
            )


def _unit_of(line: Line, listed: int | None) -> str | None:
    """A row's own unit: in the column that lists units, or in brackets behind its label."""
    told = fold(line[listed].text.text) if listed is not None else ""
    if _UNIT.fullmatch(told):
        return told
    return next((u for u in map(unit_in, (p.text.text for p in line[:3])) if u), None)


def _holds_codes(name: str) -> bool:
    """Whether a column or the cell behind a label holds numbers that count nothing."""
    return any(_CODES.search(fold(_BRACKETED.sub("", part))) for part in name.split(" / "))


def _holds_amounts(body: Grid, c: int, name: str) -> bool:
    """Whether a column holds amounts, by its header and by what most of its cells are: then 2030 is an amount."""
    parts = _BRACKETED.sub("", fold(name)).split("/")
    header = [part for part in parts if not _OF_YEAR.match(part)]
    if any(_YEARS.search(part) for part in header):
        return False
    texts = [fold(p.text.text) for p in dict.fromkeys(line[c] for line in body) if not p.blank]
    years = sum(kind(t) == "year" for t in texts)
    figures = sum(kind(t) in ("number", "serial") for t in texts)
    written = sum(kind(t) == "period" or (kind(t) == "year" and not _BARE_YEAR.fullmatch(t)) for t in texts)
    named = unit_in(name) is not None or len(header) < len(parts) or any(_AMOUNT.search(part) for part in header)
    return not written and (figures > years or (named and (figures > 0 or years > 0)))


def _serial_columns(body: Grid) -> set[int]:
    """Columns of serial numbers: bare numbers that go up by one."""
    out = set()
    for c in range(len(body[0]) if body else 0):
        texts = [fold(p.text.text) for p in dict.fromkeys(line[c] for line in body) if not p.blank]
        numbers = [int(t) for t in texts if t.isdecimal() and len(t) < 4]
        steps = sum(b == a + 1 for a, b in pairwise(numbers))
        counted = len(numbers) > 1 and steps * 5 >= 4 * (len(numbers) - 1) and numbers[0] <= 1
        if counted or (texts and all(is_ordinal(t) and not t.isdecimal() for t in texts)):
            out.add(c)
    return out


def type_values(work: Work) -> None:
    """Name the columns of every table and type its cells; a table that cannot be typed is left as printed."""
    for document in work.documents:
        for block in tree.walk(document.body):
            if not isinstance(block, tree.Table) or not block.rows:
                continue
            try:
                type_columns(block)
            except Exception as error:
                if not work.contain:
                    raise
                block.columns = block.values = None
                work.findings.append(failure("values", error, (), [block]))
