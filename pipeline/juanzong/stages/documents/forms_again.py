"""Papers of one form: the same title several times, and under it the same label (会议纪要 / 时间：…, 聘用合同 / 甲方：…)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.form_lines import label_before_value
from juanzong.stages.pieces.items import Item


def forms_filled(items: Sequence[Item]) -> dict[str, list[str]]:
    """The lines, as skeletons, that stand more than once over one and the same label, each with the lines that begin with
    the label, in order."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for above, item in pairwise(items):
        label = label_before_value(item.s) if above.is_text and item.is_text else ""
        if label and el.type_of_title(above.s) not in (None, "annex_table"):  # whose name is the caption of each
            found[skeleton(above.s), label].append(item.s)
    return {said: lines for (said, _), lines in found.items() if len(lines) > 1}


def form_sign(items: Sequence[Item], end: int, title: str, forms: Mapping[str, Sequence[str]]) -> list[str]:
    """The sign that items[..:end], which say `title`, begin one of several papers of one form, if so: what is filled in
    differs in each, or opens a text of the title's kind."""
    lines = forms.get(skeleton(title)) if forms and end < len(items) else None
    if lines is None or items[end].s not in lines:
        return []
    differ = len(set(lines)) == len(lines)
    return ["form again"] if differ or el.opens_kind(el.type_of_title(title), items[end].s) else []
