"""A bundle's running text -> characters that stand where the bundle writes a look-alike in the same words.

Only ever suggestions: in long real texts one such place in ten is a word of its own that stands there once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from juanzong.stages.characters.pairs import Pairs

# Characters that recognisers and vision models take for one another, by shape; groups of two and more.
_GROUPS = (
    "己已巳 未末 土士 日曰 人入 大太犬 天夫 干于 由甲申 自白 市布 治冶 设没 计汁 业亚 项顶 管菅 施旋 职织识 资姿 建健 "
    "村材 情清 原源 折拆析 间问 今令 住往 性姓 持特 侯候 部郡 科料 环坏 场扬 防访 护沪 投没 体休 务努 力刀 公分 生主 币市 "
    "师帅 兵乒 贝见 风凤 乌鸟 免兔 衣农 失矢 午牛 毛手 井开 户尸 享亨 拔拨 酒洒 活话沽 晴睛 推堆椎 准淮 待侍 使便 例列 论沦 "
    "检捡 根粮 植值 偿赏 常堂 官宫 宜宣 密蜜 考孝 者老 幕墓慕募 模摸 因困 券卷 辨辩辫 侧测 栽裁 戒戎 微徽 陪倍培 侵浸 遗遣 "
    "暂渐 坚竖 狠狼 巨臣 崇祟 斑班 肓盲 竞竟 粟栗 茶荼 徒徙 拈沾 梁粱 燥躁 缀辍 棵裸 嬴赢 渡度 揭竭 授受 提堤 境镜 "
    "金全 目日 洪供 证征 贷货 办力 阶价 永水 本木术 玉王 丈大 少小 各名 柬束 卖买 厅斤 乖乘 具县 真直 邢刑 阵陈 攻收 仪仅 "
    "伐代 忧优 转传 底低 责债 项顷 卫工 巳已 矛予 戊戍戌 冒昌 杏杳 享亨 哀衰 拨拔 绵棉 籍藉 廷延 弛驰 塞寨 赂贿 赔陪 撤撒 缓援"
)
_STRONG, _WEAK = 5, 2  # times the bundle writes the look-alike beside the one and the other neighbour
_USUAL = 40  # times that make one beside it usual: there the same character may have been misread twice
# times it writes the look-alike beside one of them, where that is all that speaks for it; the character must be rare then
_ALONE, _SELDOM = 12, 3


def _alike() -> dict[str, str]:
    out: defaultdict[str, str] = defaultdict(str)
    for group in _GROUPS.split():
        for c in group:
            out[c] += group.replace(c, "")
    return dict(out)


_ALIKE = _alike()


def look_alike(a: str, b: str) -> bool:
    """Whether two characters are taken for one another by their shape.

    >>> look_alike("己", "已"), look_alike("东", "西")
    (True, False)
    """
    return b in _ALIKE.get(a, "")


def find_lookalikes(text: str, pairs: Pairs, rare: Iterable[int]) -> Iterator[tuple[int, str, int]]:
    """(place, expected character, times it stands so) of each character that stands beside neither neighbour anywhere
    else, where a look-alike often stands beside both. `pairs`: how often each two characters stand together; `rare`:
    the places of those second characters whose pairs are rare.

    >>> page = "主管部门\\n部门对\\n" * 6 + "主管郡门对\\n"
    >>> list(find_lookalikes(page, Pairs(page), range(1, len(page))))
    [(56, '部', 12)]
    """
    for i in rare:
        others = _ALIKE.get(text[i])
        if others is None or i + 1 >= len(text) or "\n" in text[i - 1] + text[i + 1]:
            continue
        odd = max(pairs[text[i - 1 : i + 1]], pairs[text[i : i + 2]])
        for other in others:
            before, after = pairs[text[i - 1] + other], pairs[other + text[i + 1]]
            if odd > (2 if min(before, after) >= _USUAL else 1):
                continue
            both = min(before, after) >= _WEAK
            if max(before, after) >= (_STRONG if both else _ALONE) and (both or text.count(text[i]) <= _SELDOM):
                yield i, other, max(before, after)
                break
