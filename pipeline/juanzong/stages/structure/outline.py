"""Items -> which numbered lines are headings, which are items of a list, by what their siblings do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import regex as re

from juanzong.language.numbering import BOX, RANK, Heading, heading_of
from juanzong.language.text import ends_sentence, fold
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.decimals import decimal_heads
from juanzong.stages.structure.notes import note_head
from juanzong.stages.structure.sequence import count_on, in_order
from juanzong.stages.structure.told import told_ranks

Verdict = Literal["heading", "run-in", "item"]
# Longest heading that stands alone, and longest title of a run-in heading, in folded characters: beyond, a numbered
# line is a sentence. Taken from the headings of the made-up bundles and the annotated parts of the real one.
_ALONE, _RUN_IN, _BOX_RUN_IN = 60, 40, 26
_STRUCTURAL = ("编", "分编", "章", "节", "条")
_FIGURE = re.compile(r"\s*\d")
_QUANTITY = re.compile(r"\s*\d{1,4}\s*[年个项家条大G]")
_COLON = re.compile(r"[：:](?=\S)")
_FAMILY = ("一、", "（一）", "1.", "（1）", "1）")  # GB/T 9704-2012, 7.3.3
_OVER = ("壹、", "一、", "（一）")  # headings that may stand in place of chapters
_LEAST_OVER = 2
_DEMOTED = 8  # ranks: below 1.1.1.1
_LEAST_RULES, _RULES = 2, 0.6  # numbered lines that show a habit; the share of them that are sentences
_LONGEST_PHRASE = 24  # characters of a phrase that heads a paragraph
_CLAUSE = re.compile("[：:]|，.*，")
_RULES_OVER = re.compile(
    r"应当|必须|不得|可以|负责|由.+(?:组成|代行|任命|决定|负责|主持)|实行|应(?=[\p{Han}]{2})|^要|的，|主持"
)
_LEAST_ARTICLES, _FIRST_ARTICLE, _IN_ORDER = 3, 2, 0.6


@dataclass
class Group:
    """Numbered siblings: the same form, counting on, under one heading."""

    form: str
    members: list[int] = field(default_factory=list)
    ordinal: int = 0
    opened_by_colon: bool = False
    is_list: bool = False


@dataclass
class Outline:
    """For each item its number (or None) and its group."""

    heads: list[Heading | None]
    groups: dict[int, Group]
    articles: bool  # made of articles (第X条)
    told: dict[int, float]  # headings without numbers that a tool marks, with their ranks
    margin: float  # how much dearer the second-best reading of the numbers is


def plain(text: str) -> str:
    return text.replace("**", "").strip()


def outline_of(items: Sequence[Item]) -> Outline:
    """Numbers and sibling groups of one document's items, in order."""
    texts = [plain(x.s) if x.kind == "text" and not x.rule else "" for x in items]
    heads = [heading_of(text) for text in texts]
    heads = [h if h is None or _really(x, h) else None for h, x in zip(heads, items, strict=True)]
    decimals = decimal_heads(texts, others=any(h is not None and h.form in ("一、", "（一）") for h in heads))
    heads = [decimals.get(k, h) for k, h in enumerate(heads)]
    heads = _over_articles(texts, _in_one_nest(heads))
    judged = count_on(texts, heads)
    heads = [None if k in judged.passed else h for k, h in enumerate(heads)]
    articles = _articles(heads)
    open_: dict[str, Group] = {}
    groups: dict[int, Group] = {}
    prose = ""
    for k, (x, h) in enumerate(zip(items, heads, strict=True)):
        if x.kind != "text" or x.rule:
            continue
        if h is None:
            if len(x.s) > 3:
                prose = x.s
            continue
        group = open_.get(h.form)
        if (
            group is None
            or h.ordinal not in (group.ordinal + 1, group.ordinal + 2)
            or (not _is_sentence(x) and _ends_list(items, group))
        ):
            group = Group(h.form, opened_by_colon=plain(prose).endswith(("：", ":")))
        group.members.append(k)
        group.ordinal = h.ordinal
        groups[k] = group
        for form in [f for f, g in open_.items() if g.members and _rank(heads, g) > h.rank]:
            del open_[form]
        open_[h.form] = group
        prose = x.s
    boxed = _may_be_boxed(items, heads)
    for group in {id(g): g for g in groups.values()}.values():
        group.is_list = _is_list(items, heads, group, articles, boxed[group.members[0]])
    lists = {k for k, group in groups.items() if group.is_list}
    return Outline(heads, groups, articles, told_ranks(items, heads, lists), judged.margin)


def _ends_list(items: Sequence[Item], group: Group) -> bool:
    """Whether a group is a list that its last item, in a full stop after semicolons, has ended."""
    *before, last = group.members
    if not before or not plain(items[last].s).endswith("。"):
        return False
    return all(plain(items[k].s).endswith(("；", ";")) for k in before)


def _is_sentence(item: Item) -> bool:
    return plain(item.s).endswith(("。", "；", ";", "：", ":", "，")) or len(item.s) > _RUN_IN


def _rank(heads: Sequence[Heading | None], group: Group) -> int:
    head = heads[group.members[0]]
    return head.rank if head else 99


def _really(item: Item, head: Heading) -> bool:
    """“第三条第二款规定的…”, “1、2号线”: a reference or a quantity at a line's head is no number of it."""
    rest = plain(item.s)[head.end :]
    if head.form in _STRUCTURAL:
        return (
            not rest
            or rest[0].isspace()
            or (head.form != "条" and len(rest) < 40 and not ends_sentence(rest))
            or (head.form == "条" and rest[0] not in "、至和款项规的之或及，")
        )
    if head.form == "1." and _FIGURE.match(rest) and not _QUANTITY.match(rest):
        return False
    return bool(rest.strip())


def _articles(heads: Sequence[Heading | None]) -> bool:
    """Whether the document is made of articles: they count on from the first, and no headings (一、) that count on
    themselves stand before them, as they do in a plan that quotes a law."""
    places = [k for k, h in enumerate(heads) if h is not None and h.form == "条"]
    ordinals = [h.ordinal for h in heads if h is not None and h.form == "条"]
    if not places or in_order(ordinals) < _IN_ORDER:
        return False
    others = [k for k, h in enumerate(heads) if h is not None and h.form == "一、"]
    quoted = ordinals[0] > _FIRST_ARTICLE and len(others) > 1
    if quoted or sum(k < places[0] for k in others) > 1:
        return False
    chapters = any(h is not None and h.rank <= 2 for h in heads)
    return chapters or len(ordinals) >= _LEAST_ARTICLES or all(h is None or h.rank <= 3 for h in heads)


def _in_one_nest(heads: Sequence[Heading | None]) -> list[Heading | None]:
    """Where 1.1 stands beside numbers of other forms, those that begin later stand below the others."""
    deep = [k for k, h in enumerate(heads) if h is not None and h.form.startswith("1.1")]
    family = [k for k, h in enumerate(heads) if h is not None and h.form in _FAMILY]
    if not deep or not family:
        return list(heads)
    below = (lambda h: h.form.startswith("1.1")) if family[0] < deep[0] else (lambda h: h.form in _FAMILY)
    return [replace(h, rank=h.rank + _DEMOTED) if h is not None and below(h) else h for h in heads]


def _over_articles(texts: Sequence[str], heads: Sequence[Heading | None]) -> list[Heading | None]:
    """Where headings (一、 …) part a text made of articles as chapters do (the articles under them count on from one to
    the next), they stand above the articles."""
    numbered = [(k, h) for k, h in enumerate(heads) if h is not None]
    over = [
        j
        for j, (k, h) in enumerate(numbered[:-1])
        if h.form in _OVER and numbered[j + 1][1].form == "条" and not ends_sentence(texts[k])
    ]
    form = numbered[over[0]][1].form if over else ""
    articles = [h.ordinal for _, h in numbered if h.form == "条"]
    ordinals = [numbered[j][1].ordinal for j in over if numbered[j][1].form == form]
    if (
        len(ordinals) < _LEAST_OVER
        or len(ordinals) < _RULES * sum(h.form == form for _, h in numbered)
        or min(in_order(ordinals), in_order(articles)) < _IN_ORDER
        or any(h.form == "节" for _, h in numbered)
    ):
        return list(heads)
    return [replace(h, rank=RANK["节"]) if h is not None and h.form == form else h for h in heads]


def _may_be_boxed(items: Sequence[Item], heads: Sequence[Heading | None]) -> list[bool]:
    """For each item, whether it may stand in a box: boxes have no closing mark, but no 章 or 节 stands in one."""
    out, boxed = [], False
    for item, head in zip(items, heads, strict=True):
        boxed = bool(BOX.match(plain(item.s))) or (boxed and not (head is not None and head.rank <= 2))
        out.append(boxed)
    return out


def _is_list(items: Sequence[Item], heads: Sequence[Heading | None], group: Group, articles: bool, boxed: bool) -> bool:
    if group.form in _STRUCTURAL:
        return group.form == "条" and not articles
    head = heads[group.members[0]]
    if head is not None and head.rank > _DEMOTED and group.form in _FAMILY and len(group.members) == 1:
        return True  # one number among those of 1.1
    if articles and group.form != "一、":
        return True
    texts = [plain(items[k].s) for k in group.members]
    if any(t.endswith(("；", ";")) for t in texts):
        return True
    if group.form == "一、" and len(texts) >= _LEAST_RULES and not boxed:
        return sum(_is_rule(t[_end(heads, k) :]) for t, k in zip(texts, group.members, strict=True)) > _RULES * len(
            texts
        )
    if len(texts) > 1 and all(_says_all(items, heads, k, boxed) for k in group.members):
        return True
    if group.form in ("（1）", "1）") and (
        group.opened_by_colon or sum(ends_sentence(t) for t in texts) * 2 > len(texts)
    ):
        return True
    if group.form == "1." and len(texts) >= 3:
        titled = sum(
            _verdict(t[_end(heads, k) :], group.form, False) != "item"
            for t, k in zip(texts, group.members, strict=True)
        )
        return titled * 2 < len(texts)
    return False


def _is_rule(rest: str) -> bool:
    """Whether a numbered line says what is to be done or who does it, in whole sentences: no heading and no run-in one.

    >>> _is_rule("秘书长在主任领导下，负责处理日常工作。"), _is_rule("加强组织领导。各县要落实责任。"), _is_rule("工作目标")
    (True, False, False)
    """
    rest = rest.strip()
    stop = rest.find("。")
    said = rest[:stop] if stop >= 0 else ""
    return bool(said) and (len(said) > _LONGEST_PHRASE or bool(_CLAUSE.search(said)) or bool(_RULES_OVER.search(said)))


def _says_all(items: Sequence[Item], heads: Sequence[Heading | None], k: int, boxed: bool) -> bool:
    """Whether a numbered line is one sentence with nothing under it, or too long for a heading."""
    head = heads[k]
    text = plain(items[k].s)
    kind = _verdict(text[head.end :], head.form, boxed) if head is not None else "run-in"
    if kind != "heading" or head is None:
        return kind == "item"
    if not text.endswith("。"):
        return False
    after = next((j for j in range(k + 1, len(items)) if not items[j].rule and note_head(items[j].s) is None), None)
    below = heads[after] if after is not None else None
    return after is None or (below is not None and below.rank <= head.rank)


def _end(heads: Sequence[Heading | None], k: int) -> int:
    head = heads[k]
    return head.end if head else 0


def verdict(item: Item, head: Heading, group: Group, boxed: bool) -> Verdict:
    """What a numbered line is: a heading alone, a run-in heading, or an item of a list (a paragraph)."""
    if head.form == "条":
        return "item" if group.is_list else "run-in"
    rest = plain(item.s)[head.end :]
    if head.form in _STRUCTURAL:
        return "heading"
    return "item" if group.is_list else _verdict(rest, head.form, boxed)


def _verdict(rest: str, form: str, boxed: bool) -> Verdict:
    rest = rest.strip()
    said = fold(rest)
    stop = rest.find("。")
    if boxed:
        colon = _COLON.search(rest)
        if colon and (stop < 0 or colon.start() < stop) and len(fold(rest[: colon.start()])) <= _BOX_RUN_IN:
            return "run-in"
    if stop < 0:
        alone = len(said) <= _ALONE and not rest.endswith(("，", "、", ",", "；", ";"))
        return "heading" if alone else "item"
    title = fold(rest[:stop])
    if not rest[stop + 1 :].strip("”』」）)* 　"):
        commas = title.count(",") + title.count(";")
        if form in ("一、", "（一）"):
            return "heading" if len(title) <= _RUN_IN and commas <= 2 else "item"
        return "heading" if (len(title) <= 30 and commas == 0) or (len(title) <= 22 and commas == 1) else "item"
    return "run-in" if len(title) <= _RUN_IN and title.count(",") <= 2 and ":" not in title else "item"


def run_in_at(text: str, start: int, boxed: bool) -> tuple[int, int]:
    """(end of the title, begin of the text) of a run-in heading whose number ends at `start`."""
    stop = text.find("。", start)
    if boxed:
        colon = _COLON.search(text[start:])
        if (
            colon
            and (stop < 0 or start + colon.start() < stop)
            and len(fold(text[start : start + colon.start()])) <= _BOX_RUN_IN
        ):
            stop = start + colon.start()
    return stop, stop + 1
