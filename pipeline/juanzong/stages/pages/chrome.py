"""Lines -> which of them are the marks of a web page that was printed: its menu, its path, its foot."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.language import elements as el
from juanzong.language.dates import WEB_DAY
from juanzong.language.numbering import heading_of
from juanzong.language.text import ends_sentence
from juanzong.stages.pieces.table_tags import lines_of_tables, table_tags

_LINK = r"\[[^\]\n]{0,20}\]\((?:#|javascript|https?:)[^)]*\)"
_AT_LINK = re.compile(_LINK)
_SITE = re.compile(  # what only web pages print
    rf"{_LINK}|[你您]?(?:现在|目前|当前)?(?:所在)?的?位置[:：]\S*|(?:当前|[你您]的|[你您]所在的)位置\S*|扫一扫[^，。；\s]{{0,14}}|扫码(?:分享|阅读|查看|关注)[^，。；\s]{{0,8}}|网站地图|站点地图|隐私声明|网站声明|"
    r"\p{Han}?ICP[备证]\s*\d*\s*号?(?:-\d+)?|\p{Han}{0,3}网安备\s*\d*号?|预览时标签不可点|关注该公众号|继续滑动看下一个|向上滑动看下一个|微信扫一扫\S{0,14}|轻点两下取消(?:赞|在看)|您(?:访问|点击|打开)的\S{0,8}即将离开\S*|"
    r"网站标识码[:：]?\s*\w*|打印本[页文]|导出\s?pdf|关闭[页本]面|无标题文档|\d+人(?:看过|浏览|阅读)|关闭窗口|返回顶部|分享(?:文章|本文|此文)?[到至]|字体[:：]\s*[【\[大]|浏览次数|阅读次数|设为首页|加入收藏"
    r"|[您你]的?(?:当前)?浏览器(?:版本)?(?:过低|太低|太旧|不支持)\S{0,20}"
)
_WORD = re.compile(  # what is one of their words where it stands alone
    r"(?:网站|返回)?首页|A\+|A-|(?:网站)?无障碍(?:浏览|阅读|版)?(?:关怀版|长辈版)?|(?:关怀|长辈|长者|老年|适老)(?:版|模式)|联系我们|关于我们|关于本站|联系方式|(?:友情|常用|快速|快捷)(?:链接|连接|导航)|隐私(?:保护|政策)|版权所有|无障碍|上一篇|下一篇|(?:相关|关联)(?:链接|文档|文件|阅读|稿件|新闻|信息|文章|解读|报道|政策|图解|内容|推荐|附件|下载)[:：]?"
    r"|延伸阅读[:：]?|收藏"
)
_SIZES = ("A+", "A-")  # buttons for the size of letters: alone they are grades as well
_CONTACT = re.compile(r"[【\[]?(?:联系方式|联系我们)\s*[】\]:：]\s*\S")  # who it is follows
_HOST = re.compile(
    r"(?:主办|承办|技术支持|维护)(?:单位)?[:：]\S*"
)  # of a site, or of a meeting: it tells nothing alone
_HOLDS = re.compile(rf"{_SITE.pattern}|{_WORD.pattern}|{_HOST.pattern}|(?:门户|官方)网站$")
_NEIGHBOUR = re.compile(
    r"[上下]一(?:篇|条|则|个|页)\s*[:：]|[上下]一页(?:\s|$)"
)  # the page before or behind, by its title
_NAVIGATION = re.compile(
    r"首页|政务公开|政务服务|互动交流|新闻中心|走进\S{1,8}|专题专栏|数据开放|网站首页|机构设置|在线办事|网上办事|在线服务|[省市县区]政府网|中国政府网|English|信息公开|办事服务|政民互动|机构概况|资讯中心|服务指南|法律法规|收藏|打印|分享|关闭|登录|注册|无障碍浏览|简体|繁体|Languages|已阅\d*"
)
_PATH = re.compile(  # where the page stands in its site: 首页 > 政务公开 > 正文
    r"(?:\S{0,9}位置\s*[:：]?\s*)?(?:\S{0,6}首\s*页|主页|网站)(?:\s*(?:-?>+|＞+|»|›|→)\s*[^>＞»›→]{1,60})+(?:\s*[>＞»›→]+)?"
    r"|\p{Han}{2,20}(?:\s*(?:>+|＞+|»|›)\s*\p{Han}{2,20}){2,}"
    r"|[^。；]{0,80}(?:当前|现在|所在)的?位置\s*[:：]\s*\S{0,6}首\s*页(?:\s*[>＞»›→]+\s*[^>＞»›→]{1,60})+"  # behind a menu
    r"|(?:.{0,40}\s)?\S{0,9}位置\s*[:：]?\s*\S{0,10}(?:\s*/\s*[^/\s]{1,60})+"
)
_BIT = re.compile(r"[|｜丨✖×XxＸ.·•▲▼-]{1,2}")  # what is left of a button or of a bar between links
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)$")
_BETWEEN_LINKS = re.compile(r"[\s|>》\]\[()#【】〖〗]+")
_WORDS_OF_LINK = re.compile(r"\[(?P<words>[^\[\]\n]{0,60})\]\([^()\s]*(?:\s[^()]*)?\)")
_MARKS = re.compile(r"\*\*|^\s*(?:[-*+•]|#{1,6})\s+")
_FIRST_OF_MARK = frozenset("-*+•#")
_BUTTON = (
    r"(?:[我要]{0,2}打\s*印\S{0,4}|字\s*[号体][^】\]〗]{0,12}|关\s*闭\S{0,4}|收\s*藏\S{0,2}|分\s*享\S{0,3}|返\s*回\S{0,4}|[我要]{0,2}纠\s*错|"
    r"保\s*存\S{0,3}|推\s*荐\S{0,3}|顶\s*部|TOP|大\s*中\s*小)"
)
_PAIR = re.compile(
    r"(?:打印|关闭|分享|收藏|返回|纠错|顶部)[\s|｜]+(?:打印|关闭|分享|收藏|返回|纠错|顶部)"
)  # side by side
_BUTTONS = re.compile(rf"(?:[【\[〖（(]\s*{_BUTTON}\s*[】\]〗）)]\s*)+")
_SHARE = re.compile(r"分享(?:到|至)?\s*[:：]?(?:\s*(?:微信|(?:新浪|腾讯)?微博|QQ(?:空间|好友)?|朋友圈|更多))+")
_POSTED = re.compile(  # 原创 青溪农业 青溪发布 2023-09-10 18:30 发表于某省
    rf"(?:原创\s+)?(?:\S{{2,20}}\s+){{1,3}}{WEB_DAY}(?:\s+\d{{1,2}}[:：]\d{{2}})?\s*发表于\p{{Han}}{{2,6}}"
    rf"|原创\s+(?:\S{{2,20}}\s+){{1,3}}{WEB_DAY}(?:\s+\d{{1,2}}[:：]\d{{2}})?"
)
_READINGS = re.compile(  # links to what explains the text: 【一图读懂】《…》 2021-02-09
    r"(?:点击(?:查看|阅读))?(?:(?:相关|政策|文件)解读\s*[:：]\s*)?"
    r"【\s*(?:(?:文字|音频|视频|图文|图片|图表|图解|漫画|动漫|动画|专家|政策|媒体|部门|H5)\s*(?:解读|解析)|一图(?:读懂|看懂|速览|解读)|图解)\s*】.{4,120}"
    r"|点击(?:查看|阅读)(?:相关|政策|文件|原文)?(?:解读|原文|全文)\s*[:：]?.{0,120}"
)
# a count, or what a script fills it into
_COUNT = re.compile(
    r"[您你]是(?:本站|本页)?的?第\s*[\d,]+\s*[位名个](?:访问|来访|浏览|访)[者客]|-{1,2}\s*次|(?:访问|浏览|阅读|点击)(?:量|数|次数)[:：]\s*\d[\d,]*\s*[次人]?|继续访问\s*[|｜]?\s*放弃"
)
_ENTER = re.compile(r"(?:用户)?(?:登录|登陆|登入)\s*[|｜/／·]?\s*(?:免费|用户)?注册")
_LOADED = re.compile(r"附件\s*[【\[].{1,80}[】\]]\s*已下载\s*\d*\s*次")
_WHOLE = re.compile(
    "|".join(f"(?:{p.pattern})" for p in (_PATH, _BUTTONS, _PAIR, _SHARE, _POSTED, _READINGS, _COUNT, _LOADED, _ENTER))
)
_NEAR_WORD = re.compile(  # the same only where a web page shows itself nearby
    r"政策文件|规范性文件|政府文件|通知公告|公[告示]公[告示]|\p{Han}{2,10}(?:政府|教育|信息|公众|门户)网|微信|(?:新浪|腾讯)?微博|QQ空间|朋友圈|二维码|详细信息|公开具体内容|(?:信息|内容)详情|(?:政策|文件)原文|正文|纯净版|搜索|登录|注册"
    r"|English|[繁简][體体]|听全文|语音播报|请输入关键[词字]\S{0,8}|热门搜索[:：].*|取消|点击上方蓝字\S{0,8}|更多[>»]*"
)
_COLUMNS = re.compile(r"\t|\S\s{2,}\S")
_FEWEST = 3  # entries of a menu
_HOME, _ENTRY = 6, 8  # characters with which one begins; of an entry, at most
_WHOLLY = 0.6  # of a line's characters are web words: it says nothing else
_LONGEST = 20_000  # characters of a menu with the addresses of its links
_SHORT = 24  # a line as short as that may be chrome by one word, where a web page is seen around it
_FOOT = re.compile(
    r"(?:网站|站点)地图|^(?:关于|联系)我们$|ICP[备证]|网安备|网站标识码|即将离开本|^(?:友情|常用|快速|快捷)(?:链接|连接|导航)|版权所有|[Cc]opy\s?[Rr]ight|COPYRIGHT"
)
_FOOT_OF_PAGE = re.compile(  # of a page's foot, and words of any text as well: where a web page shows itself otherwise
    r"^(?:相关|关联)(?:链接|文档|文件|阅读|稿件|新闻|信息|文章|解读|报道|政策|图解|内容|推荐)[:：]?$|延伸阅读[:：]?$"
    r"|^主办(?:单位)?[:：].*(?:承办|邮编|技术支持|维护|备案)|建议使用.{0,30}(?:分辨率|浏览器)"
)
_SIGNED_BY_EDITORS = re.compile(
    r"^[（(【\[]?(?:责任编辑|责编|编辑|审核|初审|终审|监制)\s*[:：]|^(?:阅读|收藏|在看|点赞|赞|分享|留言)\s*\d+\+?万?\+?$"
)
_FOOT_LINE = 90  # characters of a line in a page's foot, at most
_FOOT_ROWS = 6  # of a table in it
_RUNS_SITE = re.compile(r"(?:网站)?(?:主办|承办|技术支持|维护|管理)(?:单位)?[:：]")  # above another line of a foot
_OF_SITE = re.compile(r"ICP[备证]|网安备|版权所有")
_NEAR = 8  # lines to either side in which a web page shows itself
_NO_FOOT = (el.DATE, el.DOC_NUMBER, el.TABLE_NOTE, *el.LABELS.values(), *el.IMPRINT.values())
_HEAD_LABEL = re.compile(  # what a form or a leaflet asks for as well (签发日期, 有效期) shows no web page
    "|".join(el.LABELS[label].pattern for label in ("index_number", "category", "publisher", "published_on"))
)


def chrome_of(lines: Sequence[Line], gone: dict[int, str]) -> list[int]:
    """Indices of the lines that are navigation or other furniture of a web page: those made of web words, and short
    ones that hold one where a web page shows itself nearby."""
    out: set[int] = set()
    signs: list[int] = []
    others: list[int] = []
    for i, line in enumerate(lines):
        if i in gone or (line.tabular and not _is_menu(lines, i)):
            continue
        text = line.text.strip()
        if line.tabular or (line.block is not None and line.block.kind == "navigation") or is_chrome(text):
            out.add(i)
            signs.append(i)
        elif _HEAD_LABEL.match(text):
            signs.append(i)
        else:
            others.append(i)
    cells = _lines_of_cells(lines) if signs else set()
    signs = [i for i in signs if i not in cells]
    out.difference_update(cells)
    out.update(_foot(lines, gone, paged=bool(signs)))
    near = {k for i in signs for k in range(i - _NEAR, i + _NEAR + 1)} - cells
    return sorted(out.union(i for i in others if i in near and _may_be_chrome(lines[i].text.strip())))


def _lines_of_cells(lines: Sequence[Line]) -> set[int]:
    """The lines of tables in HTML that are written over several: `<td>位置</td>` is a cell, and no path of a page."""
    if not any(line.block is None and "<t" in line.text for line in lines):
        return set()
    return lines_of_tables([t for t in table_tags(lines).tables if t.end.line > t.begin.line])


def _foot(lines: Sequence[Line], gone: dict[int, str], *, paged: bool) -> list[int]:
    """The foot of the site that a bundle ends with: from one of its words on, nothing but short lines without a stop, a
    number, a date or a label. `paged`: it is a web page, at whose end its editors may be named, and what a text says too."""
    out: list[int] = []
    start = len(lines)
    for i in range(len(lines) - 1, -1, -1):
        text = lines[i].text.strip()
        if i in gone:
            continue
        if lines[i].tabular and _is_foot_table([x.text for x in lines if x.block is lines[i].block]):
            out.append(i)
            start = i
            continue
        if lines[i].tabular or len(text) > _FOOT_LINE or "。" in text or any(p.match(text) for p in _NO_FOOT):
            break
        if heading_of(text):
            break
        out.append(i)
        begun = start < len(lines) and (is_chrome(text) or _RUNS_SITE.match(text) is not None)  # it goes on upwards
        if _FOOT.search(text):
            start, paged = i, True
        elif begun or (paged and (_FOOT_OF_PAGE.search(text) or _SIGNED_BY_EDITORS.match(text))):
            start = i
    return [i for i in out if i >= start]


def _is_menu(lines: Sequence[Line], i: int) -> bool:
    """Whether a table's row is a site's menu, set as a table of its own: it begins with the way home."""
    if "首页" not in lines[i].text[:_HOME]:
        return False
    first, *rest = [cell.strip() for cell in lines[i].text.split("\t")]
    alone = all(line.block is not lines[i].block for line in (*lines[max(0, i - 1) : i], *lines[i + 1 : i + 2]))
    return alone and first in ("首页", "网站首页") and bool(rest) and all(len(cell) <= _ENTRY for cell in rest)


def _is_foot_table(rows: Sequence[str]) -> bool:
    """Whether a table is the foot of a site, set in rows: it names the site's registration or who runs it."""
    said = "\n".join(rows)
    return len(rows) <= _FOOT_ROWS and "。" not in said and _OF_SITE.search(said) is not None


def is_chrome(text: str) -> bool:
    """Whether a line is navigation or other furniture of a web page, by its words alone: it holds little else.

    >>> is_chrome("首页  政务公开  政务服务  互动交流  当前位置：首页 >> 正文"), is_chrome("推进政务公开。")
    (True, False)
    >>> is_chrome("首页政务公开专题专栏当前位置：首页 >> 正文"), is_chrome("各县当前的位置：首先看首页。")
    (True, False)
    >>> is_chrome("上一篇：关于汛前检查的通知"), is_chrome("下一条河流")
    (True, False)
    >>> is_chrome("您现在的位置: 首页 > 政务公开 > 政策文件"), is_chrome("增速 > 5%")
    (True, False)
    >>> is_chrome("Languages     微言教育 无障碍浏览 登录 注册"), is_chrome("登录后填写姓名 注册号 电话")
    (True, False)
    >>> is_chrome("A+ A-"), is_chrome("A-")
    (True, False)
    >>> is_chrome("【打印】 【关闭】"), is_chrome("打印 关闭"), is_chrome("打印 申请表"), is_chrome("关闭")
    (True, True, False, False)
    >>> is_chrome("收藏"), is_chrome("第二章 无障碍设施"), is_chrome("无障碍设施")
    (True, False, False)
    """
    text = _unmarked(text)
    if text in _SIZES:
        return False
    if len(text) > _LONGEST or "。" in text or "；" in text or _IMAGE.match(text) or heading_of(text):
        return False
    if _NEIGHBOUR.match(text) or _WHOLE.fullmatch(text):
        return True
    if "](" in text and _PATH.fullmatch(_WORDS_OF_LINK.sub(r"\g<words>", text)):
        return True
    link = _AT_LINK.match(text) if text.startswith("[") else None
    if link and len(link[0]) >= _WHOLLY * len(text):
        return True
    parts = [p for p in _BETWEEN_LINKS.split(text) if p]
    words = sum(bool(_NAVIGATION.fullmatch(p)) for p in parts)
    if len(parts) >= 3 and words >= 2 and 2 * words >= len(parts):
        return True
    bare = "".join(parts)  # 首     页 政 务 公 开
    spread = list(_NAVIGATION.finditer(bare)) if len(parts) > 2 * _FEWEST else []
    if len(spread) >= _FEWEST and sum(len(m[0]) for m in spread) >= _WHOLLY * len(bare):
        return True
    said = sum(map(_said, parts))
    said += sum(len(p) for p in parts if said and _HOST.fullmatch(p))
    whole = sum(map(len, parts))
    return said >= _WHOLLY * whole > 0 and (said == whole or el.type_of_title(text) is None)


def _unmarked(text: str) -> str:
    """The line without the marks of bold print, and of the list or heading that it stands in."""
    return _MARKS.sub("", text).strip() if "**" in text or text.lstrip()[:1] in _FIRST_OF_MARK else text.strip()


def _said(part: str) -> int:
    """Characters of a part of the line that web words make up."""
    if _WORD.fullmatch(part):
        return len(part)
    return sum(len(m[0]) for m in _SITE.finditer(part))


def _may_be_chrome(text: str) -> bool:
    """Whether a line that holds a web word may be chrome: no heading, title, sentence or row of a table."""
    text = _unmarked(_WORDS_OF_LINK.sub(r"\g<words>", text) if "](" in text else text)
    if len(text) <= _FOOT_LINE and "。" not in text and _OF_SITE.search(text):
        return True  # whose the site is, and its registration
    return (
        len(text) <= _SHORT
        and not ends_sentence(text)
        and not heading_of(text)
        and bool(
            _HOLDS.search(text) or _BIT.fullmatch(text) or _NEAR_WORD.fullmatch(text) or _SIGNED_BY_EDITORS.match(text)
        )
        and not _COLUMNS.search(text)
        and not _CONTACT.match(text)
        and not _IMAGE.match(text)
        and el.type_of_title(text) is None
    )
