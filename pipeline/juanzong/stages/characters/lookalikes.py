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
    "暂渐 坚竖 狠狼 巨臣 崇祟 斑班 肓盲 竞竟 粟栗 茶荼 徒徙 拈沾 梁粱 燥躁 缀辍 棵裸 嬴赢 渡度 揭竭 授受 提堤 境镜"
)
_STRONG, _WEAK = 5, 2  # times the bundle writes the look-alike beside the one and the other neighbour


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
        if others is None or i + 1 >= len(text) or pairs[text[i - 1 : i + 1]] > 1 or pairs[text[i : i + 2]] > 1:
            continue
        for other in others:
            before, after = pairs[text[i - 1] + other], pairs[other + text[i + 1]]
            if "\n" in text[i - 1] + text[i + 1]:
                continue
            if max(before, after) >= _STRONG and min(before, after) >= _WEAK:
                yield i, other, max(before, after)
                break
