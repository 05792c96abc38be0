"""Items -> which numbered lines are headings, which are items of a list, by what their siblings do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import regex as re

from juanzong.language.numbering import BOX, PUT_IN, RANK, Heading, heading_of
from juanzong.language.text import ends_sentence
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.chapter_lists import chapters_below, parts_below, without_listed, without_words
from juanzong.stages.structure.counted_notes import without_counted_notes
from juanzong.stages.structure.decimals import decimal_heads
from juanzong.stages.structure.half_brackets import half_bracketed
from juanzong.stages.structure.item_lists import DEMOTED, FAMILY, is_list_of_items, sentences_among
from juanzong.stages.structure.sequence import count_on, in_order, strays
from juanzong.stages.structure.told import told_ranks
from juanzong.stages.structure.verdicts import RUN_IN, STRUCTURAL, Group, plain
from juanzong.stages.structure.worded import worded_heads

_FIGURE = re.compile(r"\s*\d")
_QUANTITY = re.compile(r"\s*\d{1,4}\s*(?:[年个项家条大G]|月\s*(?:底|\d{1,2}\s*日))")
_MEASURE = re.compile(r"\s+\d+\s*(?:[亿万千百元%％‰米吨亩倍]|公[里顷斤]|平方|立方)")  # 3. 5 亿元: a spaced 3.5
_SAYS_MORE = re.compile(r"\s+\d[^\p{Han}]{0,9}\p{Han}")
_ENTRY = re.compile(r"(?:…|[.．·⋯]{3,})[\s.．·⋯…]*\d{1,3}\s*$")
# what goes on behind the number of an article that a sentence cites: 第三条第二款规定的, 第五条、第六条
_CITED = re.compile(
    "第[（(]?[一二三四五六七八九十\\d]{1,3}[）)]?[款项目]|中(?=[“《的所])|[的，]|、(?=\\s*[第《“和及与一二三四五六七八九十\\d])|至(?![少今])|和(?!谐)|款(?!项)|项(?!目)|规(?![划范模])|之(?!前)|或(?!有)|及(?!时)"
)
_CITED_CHAPTER = re.compile("(?:的|[、至到和及与或](?=第)|规定[的了，])")  # behind that of a chapter: 第二章和第三章的
_LEFT_OUT = re.compile(r"\s*(?:[（(]?(?:…{1,4}|[.．·。]{3,12}|[*＊]{3,}|(?:中间)?(?:略|省略|从略))[）)]?)\s*")
_OVER = ("壹、", "一、", "（一）")  # headings that may stand in place of chapters
_LEAST_OVER, _MOST_OVER = 2, 0.6  # of them; the share of their form that stands over articles
_MOST_DEEPER = 6  # other numbers to an article, where there are fewer articles than make a regulation
_LEAST_ARTICLES, _FIRST_ARTICLE, _IN_ORDER = 3, 2, 0.6


@dataclass
class Outline:
    """For each item its number (or None) and its group."""

    heads: list[Heading | None]
    groups: dict[int, Group]
    articles: bool  # made of articles (第X条)
    told: dict[int, float]  # headings without numbers that a tool marks, with their ranks
    margin: float  # how much dearer the second-best reading of the numbers is
    said: set[int] = field(default_factory=set)  # numbered sentences that stand among headings


def outline_of(items: Sequence[Item], listed: frozenset[str] = frozenset()) -> Outline:
    """Numbers and sibling groups of one document's items, in order. `listed`: headings that its contents list names."""
    texts = [plain(x.s) if x.kind == "text" else "" for x in items]
    heads = [heading_of(text) for text in texts]
    counted = _counted_on(heads)
    heads = [
        h if h is None or _really(x, h, k in counted) else None
        for k, (h, x) in enumerate(zip(heads, items, strict=True))
    ]
    halves = half_bracketed(texts, heads)
    heads = without_counted_notes(texts, without_words(texts, [halves.get(k, h) for k, h in enumerate(heads)]))
    marked = {k for k, x in enumerate(items) if x.level or x.key in listed}
    decimals = decimal_heads(texts, any(h is not None and h.form in ("一、", "（一）") for h in heads), marked)
    heads = [decimals.get(k, h) for k, h in enumerate(heads)]
    worded = worded_heads(items, texts, heads)
    heads = [worded.get(k, h) for k, h in enumerate(heads)]
    heads = _over_articles(texts, _in_one_nest(chapters_below(parts_below(without_listed(texts, heads)))))
    gone = strays(heads)
    heads = [None if k in gone else h for k, h in enumerate(heads)]
    judged = count_on(texts, heads)
    heads = _beside_their_neighbours([None if k in judged.passed else h for k, h in enumerate(heads)])
    articles = _articles(items, texts, heads)
    groups = _groups(items, heads)
    boxed = _may_be_boxed(items, heads)
    for group in {id(g): g for g in groups.values()}.values():
        group.is_list = is_list_of_items(items, heads, group, articles, boxed[group.members[0]])
    lists = {k for k, group in groups.items() if group.is_list}
    return Outline(
        heads, groups, articles, told_ranks(items, heads, lists), judged.margin, sentences_among(items, heads, groups)
    )


def _groups(items: Sequence[Item], heads: Sequence[Heading | None]) -> dict[int, Group]:
    """{index of a numbered item: the siblings it is one of}."""
    open_: dict[str, Group] = {}
    groups: dict[int, Group] = {}
    within: dict[int, Group] = {}  # id of a list -> the siblings, numbered alike, of which one holds it
    prose = ""
    for k, (x, h) in enumerate(zip(items, heads, strict=True)):
        if x.kind != "text":
            continue
        if h is None:
            if len(x.s) > 3:
                prose = x.s
            continue
        group = open_.get(h.form)
        if group is not None and (outer := within.get(id(group))) and _goes_on_outside(items, h, group, outer):
            group = outer
        if (
            group is None
            or h.ordinal not in (group.ordinal + 1, group.ordinal + 2)
            or (not _is_sentence(x) and _ends_list(items, group))
        ):
            outer, group = group, Group(h.form, opened_by_colon=plain(prose).endswith(("：", ":")))
            if outer is not None and h.ordinal == 1 and group.opened_by_colon:
                within[id(group)] = outer
        group.members.append(k)
        group.ordinal = h.ordinal
        groups[k] = group
        for form in [f for f, g in open_.items() if _rank(heads, g) > h.rank]:
            del open_[form]
        open_[h.form] = group
        prose = x.s
    return groups


def _ends_list(items: Sequence[Item], group: Group) -> bool:
    """Whether a group is a list that its last item, in a full stop after semicolons, has ended."""
    *before, last = group.members
    if not before or not plain(items[last].s).endswith("。"):
        return False
    return all(plain(items[k].s).endswith(("；", ";")) for k in before)


def _goes_on_outside(items: Sequence[Item], head: Heading, inner: Group, outer: Group) -> bool:
    """Whether a number behind a list that has ended is the next one of those that the list is numbered like and stands in."""
    return head.ordinal == outer.ordinal + 1 and _ends_list(items, inner)


def _is_sentence(item: Item) -> bool:
    return plain(item.s).endswith(("。", "；", ";", "：", ":", "，")) or len(item.s) > RUN_IN


def _rank(heads: Sequence[Heading | None], group: Group) -> float:
    head = heads[group.members[0]]
    return head.rank if head else 99


def _counted_on(heads: Sequence[Heading | None]) -> set[int]:
    """Where a number is the next one to that of the numbered line before it, or the line behind it has the next."""
    out: set[int] = set()
    for (i, a), (j, b) in pairwise((k, h) for k, h in enumerate(heads) if h is not None):
        if a.form == b.form and b.ordinal == a.ordinal + 1:
            out |= {i, j}
    return out


def _really(item: Item, head: Heading, counted: bool) -> bool:
    """“第三条第二款规定的…”, “1、2号线”: a reference or a quantity at a line's head is no number of it. Behind a blank a
    figure may open the words of a number that is `counted`: 3. 3号泵房…"""
    rest = plain(item.s)[head.end :]
    if _ENTRY.search(rest):
        return False  # an entry of a contents list, with its page
    if head.form in STRUCTURAL:
        return (
            not rest
            or rest[0].isspace()
            or (head.form != "条" and len(rest) < 40 and not ends_sentence(rest) and not _CITED_CHAPTER.match(rest))
            or (head.form == "条" and _CITED.match(rest) is None)
        )
    if head.form == "1." and _FIGURE.match(rest) and not _QUANTITY.match(rest):
        return counted and _SAYS_MORE.match(rest) is not None and _MEASURE.match(rest) is None
    return bool(rest.strip())


def _articles(items: Sequence[Item], texts: Sequence[str], heads: Sequence[Heading | None]) -> bool:
    """Whether the document is made of articles: they count on from the first, and no headings (一、) that count on
    themselves stand before them, as they do in a plan that quotes a law."""
    places = _article_places(texts, heads)
    ordinals = [h.ordinal for k in places if (h := heads[k]) is not None]
    over = _above_articles(heads)
    if not places or _counted(items, texts, places, ordinals, over) < _IN_ORDER:
        return False
    others = [k for k, h in enumerate(heads) if h is not None and h.form == "一、"]
    quoted = ordinals[0] > _FIRST_ARTICLE and len(others) > 1
    if quoted or sum(k < places[0] for k in others) > 1 or _are_in_section(heads, places, others):
        return False
    deeper = sum(h is not None and h.rank >= RANK["一、"] for h in heads)
    if len(ordinals) < _LEAST_ARTICLES and deeper >= _MOST_DEEPER * len(ordinals):
        return False  # an article or two among the headings of a plan
    items_of = all(
        h is None or h.rank <= 3 or (h.form in FAMILY[1:] and _is_sentence(x))
        for x, h in zip(items, heads, strict=True)
    )
    return bool(over) or len(ordinals) >= _LEAST_ARTICLES or (ordinals[0] == 1 and items_of) or _alone(heads)


def _are_in_section(heads: Sequence[Heading | None], places: Sequence[int], others: Sequence[int]) -> bool:
    """Whether all articles stand between a heading and the next one that counts on from it: 一、 第一条措施是… 二、"""
    above = [h.ordinal for k in others if k < places[0] and (h := heads[k]) is not None]
    below = [h.ordinal for k in others if k > places[0] and (h := heads[k]) is not None]
    between = any(places[0] < k < places[-1] for k in others)
    return not between and len(above) > 0 and above[-1] + 1 in below[:1]


def _article_places(texts: Sequence[str], heads: Sequence[Heading | None]) -> list[int]:
    """Where the articles stand that count on; one that a reader wrote again and again counts once."""
    found = [
        k for k, h in enumerate(heads) if h is not None and h.form == "条" and not PUT_IN.search(texts[k], 0, h.end)
    ]
    return [k for n, k in enumerate(found) if not n or texts[k] != texts[found[n - 1]]]


def _above_articles(heads: Sequence[Heading | None]) -> list[int]:
    """Where chapters and their like stand."""
    return [k for k, h in enumerate(heads) if h is not None and h.rank <= 2]


def _alone(heads: Sequence[Heading | None]) -> bool:
    """Whether no numbers stand below articles."""
    return all(h is None or h.rank <= 3 for h in heads)


def _counted(
    items: Sequence[Item], texts: Sequence[str], places: Sequence[int], ordinals: Sequence[int], over: Sequence[int]
) -> float:
    """The share of the steps from article to article that count on: by one, over what an extract leaves out (……) or a
    page that is lost, or, under chapters (`over`: where they stand), over one that a reader lost; or that begin anew
    under the next chapter."""
    left_out = [x.begins_page or _LEFT_OUT.fullmatch(s) is not None for x, s in zip(items, texts, strict=True)]
    steps = [
        b == a + 1
        or (b == a + 2 and len(over) > 0)
        or (b > a and any(left_out[i + 1 : j + 1]))
        or (b == 1 and any(i < k < j for k in over))
        for (i, j), (a, b) in zip(pairwise(places), pairwise(ordinals), strict=True)
    ]
    return sum(steps) / len(steps) if steps else 1.0


def _in_one_nest(heads: Sequence[Heading | None]) -> list[Heading | None]:
    """Where 1.1 stands beside numbers of other forms, those that begin later stand below the others."""
    deep = [k for k, h in enumerate(heads) if h is not None and h.form.startswith("1.1")]
    family = [k for k, h in enumerate(heads) if h is not None and h.form in FAMILY]
    if not deep or not family:
        return list(heads)
    below = (lambda h: h.form.startswith("1.1")) if family[0] < deep[0] else (lambda h: h.form in FAMILY)
    return [h._replace(rank=h.rank + DEMOTED) if h is not None and below(h) else h for h in heads]


def _beside_their_neighbours(heads: Sequence[Heading | None]) -> list[Heading | None]:
    """A heading that is the only one of its form and stands over numbers which count on through it (三、, 第二节, 四、)
    heads nothing: it stands beside the deepest of them. Articles count on through all that they stand under."""
    numbered = [(k, h) for k, h in enumerate(heads) if h is not None]
    forms = Counter(h.form for _, h in numbered)
    out = list(heads)
    for at, (k, head) in enumerate(numbered):
        if forms[head.form] > 1:
            continue
        before = {h.form: h for _, h in numbered[:at] if h.rank > head.rank and h.form != "条"}
        after = {h.form: h for _, h in reversed(numbered[at + 1 :]) if h.form in before}
        through = [h.rank for form, h in after.items() if h.ordinal == before[form].ordinal + 1]
        if through:
            out[k] = head._replace(rank=max(through))
    return out


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
        or len(ordinals) < _MOST_OVER * sum(h.form == form for _, h in numbered)
        or min(in_order(ordinals), in_order(articles)) < _IN_ORDER
        or any(h.form == "节" for _, h in numbered)
    ):
        return list(heads)
    return [h._replace(rank=RANK["节"]) if h is not None and h.form == form else h for h in heads]


def _may_be_boxed(items: Sequence[Item], heads: Sequence[Heading | None]) -> list[bool]:
    """For each item, whether it may stand in a box: boxes have no closing mark, but no 章 or 节 stands in one."""
    out, boxed = [], False
    for item, head in zip(items, heads, strict=True):
        boxed = bool(BOX.match(plain(item.s))) or (boxed and not (head is not None and head.rank <= 2))
        out.append(boxed)
    return out
