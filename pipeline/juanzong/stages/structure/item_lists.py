"""Numbered siblings: whether they are items of a list, not headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex as re

from juanzong.language.form_lines import is_field
from juanzong.language.formulas import opens_closing
from juanzong.language.numbering import Heading
from juanzong.language.text import ends_sentence, fold
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.notes import note_head
from juanzong.stages.structure.rules_said import LONGEST_PHRASE, RULES_OVER, is_rule, may_head
from juanzong.stages.structure.run_in_phrases import BOLD_PHRASE, are_run_in
from juanzong.stages.structure.verdicts import ALONE, NOTED, STRUCTURAL, Group, plain, verdict_of

FAMILY = ("一、", "（一）", "1.", "（1）", "1）")  # GB/T 9704-2012, 7.3.3
_LIST_FORMS, _LEAST_NAMES = ("1.", "（1）", "1）"), 3  # numbers that lists of names bear; how many show one
DEMOTED = 8  # ranks: below 1.1.1.1
_MANY = 4  # items announced by a colon: of more, one may be broken by a stray line
_LEAST_RULES, _RULES = 2, 0.6  # numbered lines that show a habit; the share of them that are sentences
_MOSTLY = 0.7  # of numbered siblings
_CALLED = 40  # items above, in which the mark of a page's note may stand
_LEAST_SAID = 10  # characters of a sentence that no heading would say
_LEAST_TOLD = 5  # of one that a colon has announced, or that is numbered 1.1
_ANNOUNCES = re.compile(r"(?:以下|如下|下列)[^，。；]{0,14}[:：]$")
_ENDED = re.compile(r"[。；][”』」]?$")
_FORBIDS = re.compile("禁止|严禁|谢绝|不准|不许|须")  # as a heading may, too: looked for beside whole sentences
_TITLE = re.compile(r".{0,6}?《[^。]+》\s*(?:[（(][^（）()]*[）)])?[；;，、。]?")  # behind a number, with its own
_IN_BRACKETS = re.compile(r"\s*[（(][^（）()]*。[^（）()]*[）)]。?\s*")


def is_list_of_items(
    items: Sequence[Item], heads: Sequence[Heading | None], group: Group, articles: bool, boxed: bool
) -> bool:
    if group.form in STRUCTURAL:
        return group.form == "条" and not articles
    head = heads[group.members[0]]
    if head is not None and head.rank > DEMOTED and group.form in FAMILY and len(group.members) == 1:
        return True  # one number among those of 1.1
    if articles and group.form != "一、":
        return True
    if len(group.members) == 1 and group.form in FAMILY and _is_lone_sentence(items, heads, group.members[0]):
        return True
    if len(group.members) == 1 and group.form in _LIST_FORMS and _stands_by_its_like(items, heads, group.members[0]):
        return True
    texts = [plain(items[k].s) for k in group.members]
    if _goes_on_by_semicolons(texts) or _quote_titles(texts, group.members):
        return True
    if (group.form == "一、" and len(texts) >= _LEAST_RULES and not boxed) or group.form.startswith("1.1"):
        rules = sum(is_rule(t[_end(heads, k) :]) for t, k in zip(texts, group.members, strict=True))
        return rules > _RULES * len(texts) or _all_said(items, heads, group)
    return (
        _stand_as_items(items, heads, group, boxed)
        or _read_as_items(items, texts, heads, group)
        or (not boxed and _mostly_sentences(items, heads, group))
    )


def _quote_titles(texts: Sequence[str], members: Sequence[int]) -> bool:
    """Whether numbered lines, one right below the other, are nothing but titles that they quote: a list of what is
    repealed, or read."""
    together = len(members) > 2 and members[-1] - members[0] == len(members) - 1
    return together and all(_TITLE.fullmatch(t) for t in texts)


def _stands_by_its_like(items: Sequence[Item], heads: Sequence[Heading | None], k: int) -> bool:
    """Whether the line right above a 1., or right below it, has the same number, no blank line between: as Markdown
    writes the items of a list (1. 1. 1.), for its reader to count."""
    head = heads[k]
    if head is None or head.ordinal != 1:
        return False
    near = [heads[j - 1] if j == k else heads[j] for j in (k, k + 1) if 0 < j < len(items) and not items[j].blanks]
    return any(x and (x.form, x.ordinal) == (head.form, 1) for x in near)


def _stand_as_items(items: Sequence[Item], heads: Sequence[Heading | None], group: Group, boxed: bool) -> bool:
    """Whether numbered lines have nothing under them that a heading would head."""
    members = group.members
    whole = [k for k in members if _says_all(items, heads, k, boxed)]
    if (
        len(members) > 1
        and 2 * len(whole) >= len(members)
        and all(k in whole or _rules(items, heads, k) for k in members)
    ):
        return True
    if group.form in _LIST_FORMS and len(members) >= _LEAST_NAMES and _nothing_under(items, heads, members):
        return True
    return group.opened_by_colon and len(members) > 1 and _one_under_the_other(items, heads, members)


def _rules(items: Sequence[Item], heads: Sequence[Heading | None], k: int) -> bool:
    """Whether the first sentence of a numbered line says what is to be done: 因故不能到岗的，应当报告。由科室另行安排。"""
    rest = plain(items[k].s)[_end(heads, k) :]
    first = rest[: rest.find("。") + 1]
    return bool(RULES_OVER.search(first) or _FORBIDS.search(first))


def sentences_among(items: Sequence[Item], heads: Sequence[Heading | None], groups: Mapping[int, Group]) -> set[int]:
    """The numbered lines that are one sentence with nothing under them but the text's closing words, where their siblings
    head text of their own: paragraphs, short as they are."""
    out: set[int] = set()
    for group in {id(g): g for g in groups.values()}.values():
        if group.is_list or group.form not in FAMILY:
            continue
        run_in = [k for k in group.members if _verdict_at(items, heads, k) == "run-in"]
        if 2 * len(run_in) > len(group.members):
            out |= {k for k in group.members if k not in run_in and _closes_group(items, heads, k)}
    return out


def _closes_group(items: Sequence[Item], heads: Sequence[Heading | None], k: int) -> bool:
    text = plain(items[k].s)
    if not _says_much(text[_end(heads, k) :]) or not text.endswith("。"):
        return False
    if k + 1 < len(items) and items[k + 1].kind == "text" and opens_closing(items[k + 1].s):
        return True
    return _says_all(items, heads, k, False)


def _says_much(rest: str, least: int = _LEAST_SAID) -> bool:
    """Whether a numbered line says more than a heading that prints its stop: 总结验收（11月—12月）。"""
    return len(fold(NOTED.sub("", rest.rstrip("。；")))) >= least


def _all_said(items: Sequence[Item], heads: Sequence[Heading | None], group: Group) -> bool:
    """Whether numbered lines are whole sentences with nothing under them, though each alone could pass for a heading with
    its stop. Where a colon has announced them, the text that goes on may stand under the last."""
    members = group.members
    several = len(members) > 1
    alone = members[:-1] if group.opened_by_colon else members
    whole = (several or group.form.startswith("1.1")) and all(
        _ENDED.search(NOTED.sub("", plain(items[k].s))) for k in members
    )
    told = group.opened_by_colon or group.form.startswith("1.1")
    long = sum(_says_much(plain(items[k].s)[_end(heads, k) :], _LEAST_TOLD if told else _LEAST_SAID) for k in members)
    much = 2 * long >= len(members) or any(_verdict_at(items, heads, k) == "item" for k in members)
    return whole and much and all(_says_all(items, heads, k, False) for k in alone)


def _mostly_sentences(items: Sequence[Item], heads: Sequence[Heading | None], group: Group) -> bool:
    """Whether most siblings are sentences and too long for headings, or all but a few are sentences with nothing under
    them: then the few that could pass for headings are none. Deeper numbers under one speak for headings, but where it
    announces them (按以下比例支付：)."""
    members = group.members
    if group.form not in ("（一）", "1.") or len(members) < _LEAST_NAMES:
        return False
    long = [k for k in members if _verdict_at(items, heads, k) == "item"]
    other = [k for k in members if k not in long]
    if 2 * len(long) > len(members):
        return not any(_leads_deeper(heads, k) and not _ANNOUNCES.search(plain(items[k].s)) for k in other)
    alone = sum(_says_all(items, heads, k, False) for k in members)
    return bool(long) and alone >= _MOSTLY * len(members)


def _verdict_at(items: Sequence[Item], heads: Sequence[Heading | None], k: int) -> str:
    head = heads[k]
    return verdict_of(plain(items[k].s)[_end(heads, k) :], head.form if head else "", False)


def _leads_deeper(heads: Sequence[Heading | None], k: int) -> bool:
    """Whether the next number behind item k is a deeper one."""
    head = heads[k]
    below = next((h for h in heads[k + 1 :] if h is not None), None)
    return head is not None and below is not None and below.rank > head.rank


def _heads_text(items: Sequence[Item], heads: Sequence[Heading | None], k: int) -> bool:
    """Whether a numbered line says no sentence and has a paragraph under it."""
    return (
        k + 1 < len(items)
        and not ends_sentence(items[k].s)
        and heads[k + 1] is None
        and items[k + 1].kind == "text"
        and (ends_sentence(items[k + 1].s) or "，" in items[k + 1].s)
    )


def _read_as_items(items: Sequence[Item], texts: Sequence[str], heads: Sequence[Heading | None], group: Group) -> bool:
    """Whether the words of numbered lines are those of items: sentences, or what is too long for headings."""
    if group.form in ("（1）", "1）") and (
        (group.opened_by_colon and not all(_heads_text(items, heads, k) for k in group.members))
        or (
            sum(ends_sentence(t) for t in texts) * 2 > len(texts)
            and not _all_head_text(items, texts, heads, group.members)
        )
    ):
        return True
    if len(texts) >= _LEAST_NAMES and not any(items[k].level for k in group.members):
        valued = sum(is_field(t, _end(heads, k)) for t, k in zip(texts, group.members, strict=True))
        if valued >= _MOSTLY * len(texts) and not any(_leads_deeper(heads, k) for k in group.members):
            return True
    if group.form == "1." and len(texts) >= 3:
        titled = sum(may_head(t[_end(heads, k) :], group.form) for t, k in zip(texts, group.members, strict=True))
        return titled * 2 < len(texts)
    return False


def _goes_on_by_semicolons(texts: Sequence[str]) -> bool:
    """Whether numbered lines are parted by semicolons as the items of a list are; one that a page cut at a semicolon, in
    the text behind its heading, shows nothing."""
    open_ended = [t for t in texts if t.endswith(("；", ";"))]
    return any("。" not in t for t in open_ended) or 2 * len(open_ended) > len(texts)


def _nothing_under(items: Sequence[Item], heads: Sequence[Heading | None], members: Sequence[int]) -> bool:
    """Whether numbered lines stand one under the other with no text in them, nor text, table or deeper number under
    any: names, no headings."""
    for k in members:
        head = heads[k]
        last = k + 1 == len(items)
        below = None if last else heads[k + 1]
        if "。" in items[k].s or not (last or (below and head and below.rank <= head.rank)):
            return False
    return True


def _says_all(items: Sequence[Item], heads: Sequence[Heading | None], k: int, boxed: bool) -> bool:
    """Whether a numbered line is one sentence with nothing under it, or too long for a heading."""
    head = heads[k]
    text = plain(items[k].s)
    kind = verdict_of(text[head.end :], head.form, boxed) if head is not None else "run-in"
    if kind != "heading" or head is None:
        return kind == "item"
    if not NOTED.sub("", text).endswith("。"):
        return False
    after = next((j for j in range(k + 1, len(items)) if not _adds_to(items, j, k)), None)
    below = heads[after] if after is not None else None
    return after is None or (below is not None and below.rank <= head.rank)


def _is_note(items: Sequence[Item], j: int, k: int) -> bool:
    """Whether item j is a note at the foot of item k's page: ① below a heading, which no text has called, begins a list."""
    mark = note_head(items[j].s)
    if mark is None or j > k + 1 or mark.form != "circled":
        return mark is not None
    sign = items[j].s[mark.start : mark.end]
    return any(sign in x.s[1:] for x in items[max(0, k - _CALLED) : k + 1])


def _is_lone_sentence(items: Sequence[Item], heads: Sequence[Heading | None], k: int) -> bool:
    """Whether a number without siblings stands before a sentence that says what holds: （一）任何一方违约的，…，对方有权解除。"""
    text = plain(items[k].s)
    rest = text[_end(heads, k) :]
    if not text.endswith("。") or rest.find("。") < len(rest) - 1 or "，" not in rest:
        return False
    return _says_all(items, heads, k, False) or (rest.count("，") > 1 and is_rule(rest))


def _adds_to(items: Sequence[Item], j: int, k: int) -> bool:
    """Whether item j, below item k, says nothing of its own: a note, or a paragraph in brackets (（刑期从…起计算。）)."""
    return _is_note(items, j, k) or (items[j].kind == "text" and _IN_BRACKETS.fullmatch(items[j].s) is not None)


def _one_under_the_other(items: Sequence[Item], heads: Sequence[Heading | None], members: Sequence[int]) -> bool:
    """Whether numbered lines are sentences with nothing under them but the rest of one that a page cut: the items that a
    colon has announced. Of many, a stray line may break one."""
    texts = [plain(items[k].s)[_end(heads, k) :] for k in members]
    if all(map(_is_titled, texts)):
        return False
    if not texts[-1].endswith("。") or any("。" in t.rstrip("。") and len(t) < ALONE for t in texts):
        return False
    broken, one_cut = 0, len(texts) >= _LEAST_NAMES and sum(not ends_sentence(t) for t in texts) == 1
    for k, below, text in zip(members, members[1:], texts, strict=False):
        between = [items[j] for j in range(k + 1, below) if note_head(items[j].s) is None]
        if ends_sentence(text):
            broken += bool(between)
        else:
            broken += len(between) != 1 or not _ends_on_next_page(text, between[0], one_cut)
    return broken <= (len(members) > _MANY)


def _is_titled(text: str) -> bool:
    """Whether a short phrase with a stop stands before the text of a numbered line, as run-in headings have."""
    stop = text.find("。")
    return 0 < stop <= LONGEST_PHRASE and stop + 1 < len(text) and not re.search("[，；：]", text[:stop])


def _all_head_text(
    items: Sequence[Item], texts: Sequence[str], heads: Sequence[Heading | None], members: Sequence[int]
) -> bool:
    """Whether each of the numbered lines heads text: behind its first phrase, which may be bold, or in a paragraph under it."""
    bold = [BOLD_PHRASE.match(items[k].s) is not None for k in members]
    under = [_heads_text(items, heads, k) for k in members]
    open_ = [t[_end(heads, k) :] for t, k, b, u in zip(texts, members, bold, under, strict=True) if not b and not u]
    return len(members) > 1 and (not open_ or are_run_in(open_))


def _ends_on_next_page(text: str, rest: Item, alone: bool) -> bool:
    """Whether a numbered sentence breaks off and its rest begins a page: no text under a heading ends in a semicolon, nor
    stands under one of many headings `alone`."""
    goes_on = alone or "，" in text or rest.s.rstrip("* ").endswith(("；", ";"))
    return rest.kind == "text" and rest.begins_page and goes_on and ends_sentence(rest.s)


def _end(heads: Sequence[Heading | None], k: int) -> int:
    return head.end if (head := heads[k]) else 0
