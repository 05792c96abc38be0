"""Lines that name what a text refers to, one each: the standards that it applies, the sources at its end."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.language.doc_numbers import STANDARD_SERIAL
from juanzong.stages.pieces.items import Item

_SOURCE = re.compile(r"\s*[\[［]\s*\d{1,3}\s*[\]］]")  # [2] GB/T 29175 …
# GB/T 1.1—2020 …, AQ 8001 …, 《某某导则》(HJ 610—2016)
_STANDARD = re.compile(rf"\s*(?:《[^《》]+》\s*[（(]?)?{STANDARD_SERIAL}(?!\d)")
_ANNOUNCED = re.compile(r"引用|下列(?:文件|标准)|参\s*考\s*(?:文\s*献|资\s*料)|编\s*制\s*依\s*据")
_NEAR = 3  # lines above, of which a table or a stray line may be some


def is_reference(items: Sequence[Item], k: int) -> bool:
    """Whether item k names a source or a standard, under the words that announce such a list or another one of it."""
    forms = [p for p in (_SOURCE, _STANDARD) if p.match(items[k].s)]
    if not forms:
        return False
    above = [x.s for x in items[max(0, k - _NEAR) : k]]
    return any(_ANNOUNCED.search(s) or any(p.match(s) for p in forms) for s in above)
