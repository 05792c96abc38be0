"""Places of a running text where what is printed and what is expected both make sense: neither proves the other wrong."""

from __future__ import annotations

from juanzong.language.words import is_word

# Both make sense in the same words, and not the same: 买方 and 卖方, 支付贷款 and 支付货款, 李大明 and 李太明.
BOTH_SAID = [
    set(pair) for pair in ["买卖", "贷货", "未末", "大太", "主生", "授受", "责债", "证征", "分公", "今令", "使便"]
]
# Words that look alike and are both usual: that the bundle writes the one again and again proves nothing against the other.
_USUAL_WORDS = (  # besides those of the word list
    "少说小说 少年小年 日见目见 折兑拆兑 折价拆价 折旧拆旧 拆分折分 拆解折解 全域全城 骨料骨科 辨正辩正 名镇各镇 名村各村 名城各城 "
    "名县各县 名乡各乡 名园各园 名师各师 人社入社 人行入行 人户入户 没人没入 原水源水 援建缓建 提拔提拨 补植补值 栗子粟子 王官王宫 "
    "直率真率 重活重话 通话通活 还情还清"
)
_WORDS_ALIKE = ("设有", "没有")  # behind the same words: 领域内没有住所, 领域内设有机构
_BOTH_USUAL = frozenset(
    one + other for word in _USUAL_WORDS.split() for one, other in ((word[:2], word[2:]), (word[2:], word[:2]))
)


def either_may_be_right(text: str, i: int, other: str) -> bool:
    """Whether the character at i and its look-alike both make sense here, and not the same: 支付贷款, 支付货款.

    >>> either_may_be_right("举办节日活动", 3, "目"), either_may_be_right("举办节日活功", 5, "动")
    (True, False)
    """
    if {text[i], other} in BOTH_SAID or text[i : i + 2] in _WORDS_ALIKE or (text[i] == "入" and _leads_in(text, i)):
        return True
    words = ((text[i - 1 : i + 1], text[i - 1 : i] + other), (text[i : i + 2], other + text[i + 1 : i + 2]))
    return any(one + two in _BOTH_USUAL or (is_word(one) and is_word(two)) for one, two in words)


def _leads_in(text: str, i: int) -> bool:
    """Whether the 入 at i may say where the verb before it leads, as 出 does behind the same verb: 运入 as 运出. No word
    list has all of these.

    >>> _leads_in("准予运入的货物", 3), _leads_in("托运入签字", 2), _leads_in("每个入都", 2)
    (True, False, False)
    """
    return is_word(text[i - 1] + "出") and not is_word(text[i - 2 : i])


def is_other_word(text: str, i: int, other: str) -> bool:
    """Whether the character makes a word with a neighbour, as the look-alike does, and the bundle never has that one beside
    the words on the other side: 台风、洪水 where 城镇供水 stands."""
    ahead, behind = text[i - 1], text[i + 1]
    if is_word(text[i : i + 2]) and is_word(other + behind):
        return text[i - 2 : i] + other + behind not in text
    return is_word(ahead + text[i]) and is_word(ahead + other) and ahead + other + text[i + 1 : i + 3] not in text
