"""How alike two titles must be to be one."""

from __future__ import annotations

import regex as re

from juanzong.language.alike import figures_of, likeness

# How alike a contents entry and a title must be where they are not the same: one character in eight may differ.
ALIKE = 0.88
LEAST_SHARED = 8  # characters that an entry without its issuer has in common with the title
LEAST_RUN = 4  # characters of a title that an entry says without a gap, but for its noun at the end
_LEAST_CUT = 10  # characters of an entry that leaves out words in the middle of a title
_MOST_RUNS = 4
# What an entry leaves out behind its last words: the noun of a letter, the occasion under a title.
_LEFT_OUT = re.compile(r"(?:有关(?:事项|事宜|问题|工作))?的?(?:通知|公告|通告|函|批复|决定|意见)?(?:20\d\d年.*会议上)?")


def are_alike(a: str, b: str) -> bool:
    """Whether the words of two titles are the same, or nearly so.

    >>> are_alike("某市职业学校发展规划", "某市职业学枝发展规划"), are_alike("某市2021年学生资助方案", "某市2022年学生资助方案")
    (True, False)
    """
    return a == b or (min(len(a), len(b)) >= 8 and title_likeness(a, b) >= ALIKE)


def title_likeness(a: str, b: str) -> float:
    """How alike the words of two titles are; 0 where each has a figure that the other has not (of 2021 and of 2022), and
    where they are clearly less so than ALIKE."""
    ratio = likeness(a, b, ALIKE)
    if ratio < ALIKE or a == b:
        return ratio
    one, other = set(figures_of(a)), set(figures_of(b))
    return 0.0 if one - other and other - one else ratio


def is_cut_short(entry: str, title: str) -> bool:
    """Whether the words of an entry are those of a title with its beginning, the noun of a letter at its end, or words in
    its middle left out: how those who make a contents list shorten long titles.

    >>> title = "某市教育局某市财政局关于做好中小学校舍安全排查整治和加固改造有关工作的通知"
    >>> is_cut_short("中小学校舍安全排查整治和加固改造", title), is_cut_short("做好中小学校舍安全加固改造有关工作的通知", title)
    (True, True)
    >>> is_cut_short("中小学校舍安全加固改造", title), is_cut_short("中小学校舍安全排查总结", title)
    (False, False)
    """
    if len(entry) < LEAST_SHARED or len(title) <= len(entry):
        return False
    at = title.find(entry)
    if at >= 0:
        return _LEFT_OUT.fullmatch(title, at + len(entry)) is not None
    return len(entry) >= _LEAST_CUT and _says_runs(entry, title)


def _says_runs(entry: str, title: str) -> bool:
    """Whether an entry is a few runs of a title's words, in order, the last of which ends both."""
    at = 0
    for run in range(_MOST_RUNS):
        if run and title.endswith(entry):
            return True
        size = next((n for n in range(len(entry), LEAST_RUN - 1, -1) if title.find(entry[:n], at) >= 0), 0)
        if not size:
            return False
        at = title.find(entry[:size], at) + size
        entry = entry[size:]
        if not entry:
            return at == len(title)
    return False
