"""Lines -> which of them are page furniture: page numbers, running heads and feet, marks of web pages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import regex as re

from pipeline.lines import Line
from pipeline.stages.forms import heading_of
from pipeline.text import fold

_DASH = r"[—–\-－―~～·•_]"
_PAGE = re.compile(
    rf"{_DASH}+\s*(\d{{1,4}})\s*{_DASH}*$|(\d{{1,4}})\s*{_DASH}+$|第\s*(\d{{1,4}})\s*页(?:[,，/／\s]*共\s*\d+\s*页)?$|[Pp]age\s*(\d{{1,4}})(?:\s*(?:of|/)\s*\d+)?$|(\d{{1,4}})\s*/\s*\d{{1,4}}$"
)
_BARE = re.compile(r"\d{1,3}$")
_WEB = re.compile(
    r"\[[^\]\n]{0,20}\]\((?:#|javascript|https?:)[^)]*\)|当前位置|您(?:的|所在的)位置|扫一扫|网站地图|联系我们|隐私(?:声明|保护|政策)|"
    r"网站声明|版权所有|(?:主办|承办)(?:单位)?[:：]\S*|ICP备|网安备|网站标识码[:：]?\s*\w*|打印本页|关闭窗口|返回顶部|分享到|字体[:：]\s*[【\[大]|浏览次数|阅读次数|"
    r"(?<!\p{Han})无障碍(?:浏览|阅读|模式|版)?(?!\p{Han})|设为首页|加入收藏|上一篇|下一篇|相关(?:链接|文档|阅读)|门户网站$|官方网站$|收藏\s*$"
)
_NAVIGATION = re.compile(
    r"首页|政务公开|政务服务|互动交流|新闻中心|走进\S{1,8}|专题专栏|数据开放|信息公开|办事服务|政民互动|机构概况|资讯中心|服务指南|法律法规|收藏|打印|分享"
)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)$")
_BETWEEN_LINKS = re.compile(r"[\s|>》\]\[()#]+")
# A running head is told from a title by coming back; on how many pages it must.
_HEAD_PAGES = 3
_HEAD_LENGTH = 60


def page_breaks(lines: Sequence[Line]) -> list[bool]:
    """For each line, whether a page seems to begin with it: after a page number, a form feed or two blank lines."""
    out = []
    for i, line in enumerate(lines):
        before = lines[i - 1] if i else None
        paged = bool(line.mark and before and before.mark and line.mark.page != before.mark.page)
        out.append(
            before is None or line.blanks >= 2 or "\f" in line.text or paged or bool(_PAGE.match(before.text.strip()))
        )
    return out


def furniture_of(lines: Sequence[Line]) -> dict[int, str]:
    """{index of a line: rule}: page-number, running-head, web-chrome."""
    out = _page_numbers(lines)
    breaks = page_breaks(lines)
    out.update(_running_heads(lines, breaks, out))
    for i, line in enumerate(lines):
        if i not in out and is_chrome(line.text):
            out[i] = "web-chrome"
    return out


def is_chrome(text: str) -> bool:
    """Whether a line is navigation or other furniture of a web page, by the words such furniture is made of.

    >>> is_chrome("首页  政务公开  政务服务  互动交流  当前位置：首页 >> 正文"), is_chrome("推进政务公开。")
    (True, False)
    >>> is_chrome("登录 | 无障碍浏览"), is_chrome("建设项目     完善无障碍设施和消防设")
    (True, False)
    """
    text = text.strip()
    if _IMAGE.match(text):
        return False
    said = sum(len(m[0]) for m in _WEB.finditer(text))
    if said and (said >= 0.4 * len(text) or (len(text) <= 24 and not text.endswith(("。", "；", "：")))):
        return True
    if "。" in text or "；" in text:
        return False
    parts = [p for p in _BETWEEN_LINKS.split(text) if p]
    return len(parts) >= 3 and sum(bool(_NAVIGATION.fullmatch(p)) for p in parts) >= 2


def _page_numbers(lines: Sequence[Line]) -> dict[int, str]:
    out: dict[int, str] = {}
    for i, line in enumerate(lines):
        text = line.text.strip()
        if len(text) > 24:
            continue
        if _PAGE.match(text) or (_BARE.match(text) and _stands_alone(lines, i)):
            out[i] = "page-number"
    return out


def _stands_alone(lines: Sequence[Line], i: int) -> bool:
    """Whether a bare figure stands between prose, as a page number does: not in a chart or table."""
    before, after = lines[i - 1] if i else None, lines[i + 1] if i + 1 < len(lines) else None
    spaced = lines[i].blanks > 0 and (after is None or after.blanks > 0)
    return (spaced or after is None or after.blanks >= 2) and not any(
        line is not None and ("\t" in line.text or _BARE.match(line.text.strip())) for line in (before, after)
    )


def _running_heads(lines: Sequence[Line], breaks: Sequence[bool], gone: dict[int, str]) -> dict[int, str]:
    """The same line at the head (or foot) of several pages. Its first appearance stays where it is the only title."""
    tops: defaultdict[str, list[int]] = defaultdict(list)
    real = [i for i in range(len(lines)) if i not in gone]
    for at, i in enumerate(real):
        first = at == 0 or any(breaks[j] for j in range(real[at - 1] + 1, i + 1))
        last = at + 1 == len(real) or any(breaks[j] for j in range(i + 1, real[at + 1] + 1))
        text = lines[i].text.strip()
        if (
            (first or last)
            and 2 <= len(text) <= _HEAD_LENGTH
            and "\t" not in text
            and "<t" not in text
            and not heading_of(text)
            and not re.search("[，。；：]", text)
        ):
            tops[fold(text)].append(i)
    out: dict[int, str] = {}
    spread = Counter({text: len(places) for text, places in tops.items()})
    for text, places in tops.items():
        if spread[text] < _HEAD_PAGES or re.fullmatch(r"附件\d*|目录", text):
            continue
        out.update((i, "running-head") for i in places[1:])
        if _titled_elsewhere(lines, places[0], text):
            out[places[0]] = "running-head"
    return out


def _titled_elsewhere(lines: Sequence[Line], at: int, text: str) -> bool:
    """Whether the title that a running head repeats is printed just after it, or stood before it."""

    def stands(i: int) -> bool:
        run = ""
        for line in lines[i : i + 4]:
            run += fold(line.text)
            if run.startswith(text):
                return True
            if not text.startswith(run):
                return False
        return False

    def announced() -> bool:  # a notice's title, or a web page's, names it: 关于印发《…》的通知
        run = ""
        for line in lines[at + 1 : at + 24]:
            if len(line.text) > _HEAD_LENGTH or line.text.startswith("  "):
                break
            run += fold(line.text)
        return "《" + text in run

    return stands(at + 1) or announced() or any(stands(i) for i in range(max(0, at - 200), at))
