"""A bundle's running text -> characters that stand where the bundle writes a look-alike in the same words.

Suggestions, but where the bundle writes the same words with the look-alike again and again: in long real texts one such
place in ten is a word of its own that stands there once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import regex as re

from juanzong.language.neighbours import stands_before, stands_behind
from juanzong.language.words import is_word
from juanzong.stages.characters.both_right import BOTH_SAID, either_may_be_right, is_other_word
from juanzong.stages.characters.contexts import holds_between, makes_its_word
from juanzong.stages.characters.pairs import Pairs
from juanzong.stages.characters.proper_names import may_be_named

# Characters that recognisers and vision models take for one another, by shape; groups of two and more.
_GROUPS = (
    "己已巳 未末 土士 日曰 人入 大太犬 天夫 干于 由甲申 自白 市布 治冶 设没 计汁 业亚 项顶 管菅 施旋 职织识 资姿 建健 "
    "村材 情清 原源 折拆析 间问 今令 住往 性姓 持特 侯候 部郡 科料 环坏 场扬 防访 护沪 投没 体休 务努 力刀 公分 生主 币市 "
    "师帅 兵乒 贝见 风凤 乌鸟 免兔 衣农 失矢 午牛 毛手 井开 户尸 享亨 拔拨 酒洒 活话沽 晴睛 推堆椎 准淮 待侍 使便 例列 论沦 "
    "检捡 根粮 植值 偿赏 常堂 官宫 宜宣 密蜜 考孝 者老 幕墓慕募 模摸 因困 券卷 辨辩辫 侧测 栽裁 戒戎 微徽 陪倍培 侵浸 遗遣 "
    "暂渐 坚竖 狠狼 巨臣 崇祟 斑班 肓盲 竞竟 粟栗 茶荼 徒徙 拈沾 梁粱 燥躁 缀辍 棵裸 嬴赢 渡度 揭竭 授受 提堤 境镜 "
    "金全 目日 洪供 证征 贷货 办力 阶价 永水 本木术 玉王 丈大 少小 各名 柬束 卖买 厅斤 乖乘 具县 真直 邢刑 阵陈 攻收 仪仅 "
    "伐代 忧优 转传 底低 责债 项顷 卫工 巳已 矛予 戊戍戌 冒昌 杏杳 享亨 哀衰 拨拔 绵棉 籍藉 廷延 弛驰 塞寨 赂贿 赔陪 撤撒 缓援 "
    "休体 教救 校较 输榆 辽疗 讯汛 损捐 城域 扶抚 灾灭 涝捞 溉概 博搏 拓招"
)
# both of them common: taken for one another only where far more than the neighbours is the same
_GROUPS_FAR = "构沟购 应庄 反及 杜社 材林 远运 普晋 租祖 港巷 赛塞 厉历 拾抬 菜莱 栏拦 抢枪 祥样 妨防"
_STRONG, _WEAK = 5, 2  # times the bundle writes the look-alike beside the one and the other neighbour
MOST_ODD = 3  # times that a character misread again and again may stand beside a neighbour
# times it writes the look-alike beside one of them, where that is all that speaks for it; the character must be rare then
_ALONE, _SELDOM = 12, 3
_FAR, _OFTEN = 4, 5  # characters behind that are enough alone, and times that the look-alike stands before them
_SURE = 10  # times that the bundle writes the look-alike in the same words, before the one place is a misreading
# characters on one side that are enough alone, and times that the look-alike, and never the character, stands beside them
_ONE_SIDE, _ALWAYS = 3, 6
COMMON = 20  # times that it stands beside one of them, where the character is all but unknown to the bundle
# times that it makes a word with a neighbour, of all that the bundle has of this one; times that a longer word stands
_HABIT, _LONGER = 6, 3
# times that a character misread each time may stand in a bundle, and how many times as often its look-alike stands there
_MOST_STRANGE, _STRANGE = 12, 10
_ORDINALS = "甲乙丙丁"
_HAN = re.compile(r"\p{Han}+")
_TELLS = re.compile(r"(?![的和与及或在对为将向由是了条款项])\p{Han}")  # beside the others any word may stand
_WORDS = re.compile(rf"\p{{Han}}{{{_ONE_SIDE}}}")


def _alike(groups: str) -> dict[str, str]:
    out: defaultdict[str, str] = defaultdict(str)
    for group in groups.split():
        for c in group:
            out[c] += group.replace(c, "")
    return dict(out)


_ALIKE, _ALIKE_FAR = _alike(_GROUPS), _alike(f"{_GROUPS} {_GROUPS_FAR}")
LOOK_ALIKES = frozenset(_ALIKE)


def alike(character: str) -> str:
    """The characters that one is taken for by its shape.

    >>> alike("己"), alike("东")
    ('已巳', '')
    """
    return _ALIKE.get(character, "")


def look_alike(a: str, b: str) -> bool:
    """Whether two characters are taken for one another by their shape.

    >>> look_alike("己", "已"), look_alike("东", "西")
    (True, False)
    """
    return b in _ALIKE.get(a, "")


def look_alike_far(a: str, b: str) -> bool:
    """The same, or two common characters: in names (东巷, 东港) both may be right, so this but suggests.

    >>> look_alike_far("巷", "港"), look_alike("巷", "港")
    (True, False)
    """
    return b in _ALIKE_FAR.get(a, "")


def is_misread_for(text: str, i: int, other: str) -> bool:
    """Whether the character at i is taken for another by its shape, and does not itself make sense there.

    >>> is_misread_for("举办节日活动", 3, "目"), is_misread_for("严格菅理", 2, "管")
    (False, True)
    """
    return look_alike(text[i], other) and not either_may_be_right(text, i, other)


def find_lookalikes(text: str, pairs: Pairs, seldom: Iterable[int]) -> Iterator[tuple[int, str, int, bool, int]]:
    """(place, expected character, times it stands so, whether the bundle proves it, a place where it stands so) of each
    character that stands beside neither neighbour but a few times, where a look-alike often stands beside both. `pairs`:
    how often each two characters stand together; `seldom`: the places of characters that stand beside neither often.

    >>> page = "主管部门\\n部门对\\n" * 6 + "主管郡门对\\n"
    >>> list(find_lookalikes(page, Pairs(page), range(1, len(page))))
    [(56, '部', 12, False, 2)]
    >>> page = "由主管部门依法处理。" * 10 + "由主管郡门依法处理。"
    >>> list(find_lookalikes(page, Pairs(page), range(1, len(page))))
    [(103, '部', 10, True, 3)]
    """
    for i in seldom:
        others = _ALIKE.get(text[i])
        if others is None or i + 1 >= len(text) or "\n" in text[i - 1] + text[i + 1]:
            continue
        for other, before, after in pairs.around(text[i - 1], others, text[i + 1]):
            if before < _WEAK > after:
                continue
            odd = max(pairs[text[i - 1 : i + 1]], pairs[text[i : i + 2]])
            if odd > MOST_ODD:
                break
            sure = _proved(text, i, other, odd, before, after)
            if sure is not None or _speaks(text, i, other, odd, before, after):
                place = _beside(text, i, other) if sure is None else sure
                yield i, other, max(before, after), sure is not None, place
                break
    for at, other, often, place in find_strangers(text, pairs):
        yield at, other, often, False, place


def find_strangers(text: str, pairs: Pairs) -> Iterator[tuple[int, str, int, int]]:
    """(place, expected character, times it stands so, a place where it does) of each character that a reader takes for a
    look-alike again and again: all that the bundle has of it stands before one other, where the look-alike is far more
    often.

    >>> page = "乡镇管理\\n" * 60 + "人员菅理\\n市场菅理\\n水资源菅理\\n档案菅理\\n"
    >>> [(page[i : i + 2], after, times) for i, after, times, _ in find_strangers(page, Pairs(page))]
    [('菅理', '管', 60), ('菅理', '管', 60), ('菅理', '管', 60), ('菅理', '管', 60)]
    """
    for odd, behind, times in sorted([p for p in pairs.of_times(MOST_ODD + 1, _MOST_STRANGE) if p[0] in _ALIKE]):
        if not _HAN.fullmatch(behind):
            continue
        other = max(_ALIKE[odd], key=lambda c: pairs[c + behind])
        often = pairs[other + behind]
        if often < _STRANGE * times or {odd, other} in BOTH_SAID or pairs.times_of(odd) != times:
            continue
        place, at = text.find(other + behind), text.find(odd)
        while at >= 0:
            yield at, other, often, place
            at = text.find(odd, at + 1)


def _proved(text: str, i: int, other: str, odd: int, before: int, after: int) -> int | None:
    """A place where the look-alike stands so, if the bundle proves that it should stand here; else None."""
    if may_be_named(text, i, other) or either_may_be_right(text, i, other):
        return None
    if min(before, after) >= _WEAK and holds_between(text, i, i + 1, other, _proves):
        return text.find(text[i - 1] + other + text[i + 1]) + 1
    if odd > 1:
        return None
    witness = _always_so(text, i, other)
    return _beside(text, i, other) if witness is None and _is_stranger(text, i, before, after) else witness


def _beside(text: str, i: int, other: str) -> int:
    """A place where the look-alike stands beside one of the neighbours."""
    return max(text.find(text[i - 1] + other), text.find(other + text[i + 1]) - 1) + 1


def is_strange(text: str, i: int, other: str) -> bool:
    """Whether the character at i, taken for another by its shape, is strange there where the bundle speaks for the other: it
    makes a word with neither neighbour in any Chinese text; or not with the one that the bundle often has beside the
    other, where what stands on the other side tells nothing or is the same. In 18 million characters of laws, in bundles
    of 70,000 and of 90,000, this found one that was printed so (入读), and a misprint.

    >>> is_strange("扩建泥士地面", 3, "土"), is_strange("扩建护士学校", 3, "土"), is_strange("于泥士镇", 2, "土")
    (True, False, False)
    """
    before, odd, behind = text[i - 1 : i], text[i], text[i + 1 : i + 2]
    if not before or not behind or may_be_named(text, i, other) or not is_misread_for(text, i, other):
        return False
    strange = (
        tells(before) and not stands_behind(odd, before),
        tells(behind) and not stands_before(odd, behind),
    )
    if all(strange):
        return True
    same = text.count(before + other + behind)
    alone = (
        text.count(before + odd) == 1 and not is_word(text[i - 2 : i]),  # 当时 and 问了, 水清 and 况且
        text.count(odd + behind) == 1 and not is_word(text[i + 1 : i + 3]),
    )
    sides = ((before + other, behind), (other + behind, before))
    return any(
        no_word and once and (same >= _WEAK or not tells(far)) and text.count(right) >= COMMON
        for no_word, once, (right, far) in zip(strange, alone, sides, strict=True)
    )


def tells(neighbour: str) -> bool:
    """Whether a neighbour tells what may stand beside it: a Chinese character, and none beside which any word may stand.

    >>> tells("企"), tells("的"), tells("，")
    (True, False, False)
    """
    return _TELLS.fullmatch(neighbour) is not None


def _always_so(text: str, i: int, other: str) -> int | None:
    """Where the look-alike stands beside the words on one side, if they have it beside them again and again and nothing
    else but here: 单位和个入开展 where 单位和个人 stands often. In 20 million characters of laws this found
    no place but 设有, which is left out, and misprints."""
    ahead, behind = text[max(0, i - _ONE_SIDE) : i], text[i + 1 : i + 1 + _ONE_SIDE]
    for words, expected, shift in ((ahead, ahead + other, len(ahead)), (behind, other + behind, 0)):
        if _WORDS.fullmatch(words) and (often := text.count(expected)) >= _ALWAYS and text.count(words) <= often + 1:
            return text.find(expected) + shift
    return None


def _is_stranger(text: str, i: int, before: int, after: int) -> bool:
    """Whether the bundle hardly has the character and has the look-alike beside both neighbours, beside one of them
    again and again."""
    known = min(before, after) > 0 and max(before, after) >= COMMON
    return (
        known
        and _HAN.fullmatch(text[i - 1] + text[i + 1]) is not None
        and text[i] not in _ORDINALS
        and text.count(text[i]) <= _SELDOM
    )


def _proves(left: int, right: int, times: int, otherwise: int) -> bool:
    """Whether the bundle writes the look-alike, and not the character, in the same words on both sides so often that
    only a misreading explains the one place. In 2.7 million characters of laws and notices this found one: a misprint."""
    if otherwise > max(1, times // 10):
        return False
    return (left + right >= 4 and times >= _SURE) or (left + right >= 6 and 2 * times >= _SURE)


def _speaks(text: str, i: int, other: str, odd: int, before: int, after: int) -> bool:
    """Whether something speaks for the look-alike: how often it stands beside each neighbour, or in longer words."""
    if is_other_word(text, i, other):
        return False
    both = min(before, after) >= _WEAK
    if max(before, after) >= (_STRONG if both else _ALONE):
        if both and odd == 1:
            return True
        if (both or odd == 1) and text.count(text[i]) <= _SELDOM:  # misread so each time, perhaps: 之曰起
            return True
    if both and holds_between(text, i, i + 1, other, _tells):
        return True
    if odd == 1 and _stands_in_word(text, i, other, before, after):
        return True
    behind = text[i + 1 : i + 1 + _FAR]  # what stands before may be another word: 市直菅园区, 任何单位和个入不得
    usual = before > 0 and after >= _OFTEN and "\n" not in behind
    return usual and text.count(behind) > _OFTEN and text.count(other + behind) >= _OFTEN


def _stands_in_word(text: str, i: int, other: str, before: int, after: int) -> bool:
    """Whether the look-alike makes with one neighbour, a Chinese character, what the bundle mostly has that neighbour in:
    价段 where 段 mostly stands in 阶段; or, with the two characters before, words that stand there too: 水资原. In 700,000
    characters of laws and plans this spoke against nothing printed rightly but 入口."""
    if {text[i], other} in BOTH_SAID or not _HAN.fullmatch(text[i - 1] + text[i + 1]):
        return False
    if stands_behind(text[i], text[i - 1]) and stands_before(text[i], text[i + 1]):  # 安全卫生 beside 安全工作
        return False
    if makes_its_word(text, text[i - 1], before, _HABIT):
        return True
    if before >= _ALONE and text.count(text[i - 2 : i] + other) >= _LONGER:
        return True
    ends_words = text[i] == "入"  # 收入, 加入: what stands behind begins the next word
    return not ends_words and makes_its_word(text, text[i + 1], after, _HABIT)


def _tells(left: int, right: int, times: int, otherwise: int) -> bool:
    return left + right >= 3 and times >= 2 and otherwise <= max(1, times // 5)
