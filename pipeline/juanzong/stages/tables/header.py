"""How many rows a table's header has."""

from __future__ import annotations

import regex as re

from juanzong.language.text import fold
from juanzong.stages.tables.grid import Grid, Line
from juanzong.stages.tables.kinds import VALUES, is_group, is_ordinal, kind

_LABELS = 0.6  # share of the labels of a form that end in the name of a field
_FIELD = re.compile(
    "(?:名称|单位|地点|地址|时间|日期|年限|工期|投资|金额|总额|资金|规模|内容|电话|邮编|邮箱|联系人|负责人|法人|代表人|性质|类型|类别|编号|代码|姓名|性别|"
    "年龄|民族|籍贯|学历|学位|职务|职称|专业|政治面貌|期限|来源|依据|目标|方式|面积|成绩|情况|意见|科室|教师|签名|班级|学号|部门|照片)[:：]?$"
)


def _texts(line: Line) -> list[str]:
    return [p.text.text for p in dict.fromkeys(line) if not p.blank]


def has_values(line: Line) -> bool:
    """Whether figures, dashes or stars stand in the row."""
    return any(kind(t) in VALUES or kind(t) == "serial" for t in _texts(line))


def _is_form(grid: Grid) -> bool:
    """Whether a table sets labels beside their values (项目名称, 某某工程; 建设单位, 某某局): it has no header."""
    width = len(grid[0])
    if width not in (2, 4) or len(set(grid[0])) < width:
        return False
    columns = range(0, width, 2)
    labels = [p.text.text for line in grid for c, p in enumerate(line) if c in columns and not p.blank]
    named = sum(_FIELD.search(fold(text)) is not None for text in labels)
    first = all(_FIELD.search(fold(grid[0][c].text.text)) for c in columns)
    values = [grid[0][c + 1].text.text for c in columns]
    return first and named > 1 and named >= _LABELS * len(labels) and not any(_FIELD.search(fold(v)) for v in values)


def header_height(grid: Grid) -> int:
    """Rows of header at the top of the grid, 0 where the first row holds data.

    A second row is a level of the header where it fills what the first one leaves open, holds no figures, and is no
    group row.
    """
    if not grid or len(grid) == 1 or has_values(grid[0]):
        return 0
    first = _texts(grid[0])
    if _is_form(grid):
        return 0
    if not first or is_ordinal(first[0]) or (len(first) == 1 and is_group(first[0])):
        return 0
    height = 1
    while height < min(4, len(grid) - 1) and _is_level(grid[height - 1], grid[height]):
        height += 1
    return height


def _is_level(above: Line, line: Line) -> bool:
    texts = _texts(line)
    if not texts or has_values(line) or (line[0] is not above[0] and not line[0].blank):
        return False
    if line[0] is above[0]:
        return True  # the source says so: a cell spans both rows
    if is_ordinal(texts[0]):
        return False
    beside = [k for k, p in enumerate(line) if not p.blank and k < len(above)]
    under_open = any(above[k].blank or (k and above[k] is above[k - 1]) for k in beside)
    wrapped = not any(p.blank for p in above)
    return under_open or (wrapped and len(above) > 2 and all(len(t) <= 12 for t in texts))
