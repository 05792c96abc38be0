"""Phrases that head the text behind them in one line, by their words and their setting."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

MEASURE = re.compile(
    r"关于|(?:进一步|切实|着力|积极|大力|深入|全面|不断|继续|持续|加快|努力|奋力|扎实|稳步|坚定不移)?(?:加强|加大|加快|压实|夯实|注重|明确|细化|强化|深化|优化|完善|健全|建立|构建|制定|推进|推动|提升"
    r"|提高|落实|创新|实施|开展|扩大|坚持|培育|发挥|规范|做好|严格|突出|统筹|拓展|促进|保障|改善|抓好|打造|巩固)"
)
_PHRASES = re.compile(r"(?P<title>\p{Han}{3,10}(?:[，,]\p{Han}{3,10})?|\p{Han}{11,18})。(?P<text>.+)")
_SHORT = 10  # characters of such a phrase; behind a longer one more is said
_OPENING = re.compile(r"(?P<title>\p{Han}{3,18}(?:，\p{Han}{3,14})?)。(?P<text>.+[。；].*)")
_RULE = re.compile("应当|必须|不得|可以|禁止|负责|是指|属于|本|该|其|对|按|在|为|经|由|凡|如|若")
_MUCH = 40  # characters of such a text
BOLD_PHRASE = re.compile(r"\*\*[^*。]{2,40}(?:。\*\*|\*\*。)\s*[^\s*]")


def are_run_in(texts: Sequence[str]) -> bool:
    """Whether numbered lines all open with a phrase of a heading (or two of much one length), most of which name a measure,
    before a text that is longer than it.

    >>> are_run_in(["加强巡查。各单位要每日巡查两次，并做好记录。", "落实责任，强化考核。各单位要把责任落到岗位。"])
    True
    >>> are_run_in(["加强巡查。各单位要每日巡查。", "报告险情。"]), are_run_in(["打开电源。等待十秒钟。", "关闭电源。拔下插头。"])
    (False, False)
    >>> are_run_in(["航运市场持续向好，运量稳步增长。" + "新建码头十五处，更新渡船二十艘。" * 3] * 2)
    True
    >>> are_run_in(["持续推进老旧小区配套设施改造。全年改造小区二十个，惠及居民三千户，新增停车位五百个，并建立长效管护机制。"])
    True
    """
    if len(texts) > 1 and all(map(_heads_much, texts)):
        return True
    found = [_PHRASES.match(text.strip()) for text in texts]
    titles = [
        m["title"] for m in found if m and len(m["text"]) > (1 if len(m["title"]) <= _SHORT else 2) * len(m["title"])
    ]
    return len(titles) == len(texts) > 0 and 2 * sum(MEASURE.match(t) is not None for t in titles) >= len(titles)


def _heads_much(text: str) -> bool:
    """Whether a short sentence, which says no rule, stands before several that say much more."""
    m = _OPENING.match(text.strip())
    return m is not None and len(m["text"]) >= max(_MUCH, 3 * len(m["title"])) and _RULE.search(m["title"]) is None
