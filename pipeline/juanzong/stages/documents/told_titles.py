"""Items -> items: a title that only the label of a web page or of a law database tells (标题：…, 法规名称：…), and that is
printed nowhere below it, is the title's own print: its label goes."""

from __future__ import annotations

from collections.abc import Sequence

from juanzong.core.ledger import Ledger
from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.numbering import heading_of
from juanzong.language.text import fold
from juanzong.stages.pieces.items import Item

_BELOW, _ABOVE = 40, 10  # items among which the title would be printed otherwise
_HEAD = 12  # items behind the label in which another title may stand
_NAME_ALONE = "名"  # 名称：… is a row of a form as well


def told_titles(items: list[Item], ledger: Ledger) -> list[Item]:
    """The items, with the label off such a title."""
    for k, item in enumerate(items):
        if item.kind != "text" or item.rule or el.label_of(item.s) != "web_title":
            continue
        found = el.LABELS["web_title"].match(item.s)
        if found is None or found[0].strip().startswith(_NAME_ALONE) or len(el.labels_in(item.s)) != 1:
            continue
        value = item.s[found.end() :].strip()
        if (
            el.may_be_title(value)
            and el.type_of_title(value)
            and _of_a_head(items, k)
            and not _printed(items, k, value)
        ):
            ledger.drop_ranges(item.text[: found.end()].strip(), "label", category="format")
            item.text = item.text[found.end() :].strip()
            item.s, item.key, item.told = value, fold(value), True
    return items


def _of_a_head(items: Sequence[Item], k: int) -> bool:
    """Whether the label stands in a head: it opens the bundle, or another label stands beside it."""
    beside = [x for x in (*items[max(0, k - 1) : k], *items[k + 1 : k + 2]) if x.kind == "text"]
    return k == 0 or any(el.is_label(x.s) or el.ABOUT.match(x.s) for x in beside)


def _printed(items: Sequence[Item], k: int, value: str) -> bool:
    """Whether the title is printed near its label, or another title stands below it."""
    near = [*items[max(0, k - _ABOVE) : k], *items[k + 1 : k + 1 + _BELOW]]
    if skeleton(value) in "".join(skeleton(x.s) for x in near if x.kind == "text"):
        return True
    for x in items[k + 1 : k + 1 + _HEAD]:
        if x.kind != "text" or heading_of(x.s):
            return False
        if el.type_of_title(x.s) and el.may_be_title(x.s):
            return True
    return False
