"""Names that sections of any text bear: made of words that say nothing of what it is about."""

from __future__ import annotations

import regex as re

_WORDS = (
    r"总体|总|主要|重点|基本|具体|工作|发展|建设|组织|保障|实施|推进|配套|支持|扶持|政策|年度|阶段|远景|近期|远期|中长期|预期|奋斗|"
    r"指导|管理|运行|改革|创新|相关|有关|下一步|今后|任务|目标|指标|措施|举措|意见|要点|行动|分工|安排|步骤|要求|标准|制度|思路|设想|"
    r"战略|机制|现状|形势|分析|统计|计划|设计|规划|方案|总结|情况|概况|布局|背景|原则|内容|进度|成效|问题|基础|及|和|与|、"
)
_SECTION = re.compile(rf"(?:{_WORDS})+")


def names_section(title: str) -> bool:
    """Whether a line in the words of titles is rather the name of a section: it names no place, trade or matter.

    >>> [names_section(t) for t in ("保障措施", "总体发展目标", "校园安全措施", "目标责任书")]
    [True, True, False, False]
    """
    return _SECTION.fullmatch(title.strip()) is not None
