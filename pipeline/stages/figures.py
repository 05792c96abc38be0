"""A bundle's running text -> figures and units that were misread."""
from __future__ import annotations

from collections.abc import Iterator

import regex as re

from pipeline.stages.deviations import Deviation

LETTER = re.compile(r"(?<![A-Za-z\d.])\d+(?:[lIO]\d+)+(?![A-Za-z\d])")
_DIGIT = {"l": "1", "I": "1", "O": "0"}
_MICRO = re.compile(r"(?<![A-Za-z])ug/(?:m[3³]|L|g|kg)(?![A-Za-z])")
_LABEL = re.compile(r"([\u4e00-\u9fff]{3,12})\s*[（(]([‰%])[）)]")
_RATE = re.compile(r"([\u4e00-\u9fff]{3,12}?)(?:从|由|为|达到?|降至|控制在|下降到|提高到)(?=\d)[^，。；\n]{0,24}")
_SIGN = re.compile(r"(?<=\d)[%‰]")


def find_misread_figures(text: str) -> Iterator[Deviation]:
    """Letters in numbers, ug for μg, and % for ‰ where the bundle gives the indicator's unit.

    >>> [(d.after, d.sure) for d in find_misread_figures("基站74O8座，资金21l3万元")]
    [('0', True), ('1', True)]
    """
    for m in LETTER.finditer(text):
        for k in range(m.start(), m.end()):
            if text[k] in _DIGIT:
                yield Deviation(k, k + 1, _DIGIT[text[k]], "letter-in-number", True, 1, 1, m.start(), 1)
    micro = max(text.find("微克"), text.find("μg"))
    for m in _MICRO.finditer(text):
        yield Deviation(m.start(), m.start() + 1, "μ", "misread-unit", micro >= 0, 0, 0, max(micro, 0), 1)
    yield from _rates(text)


def _rates(text: str) -> Iterator[Deviation]:
    """% after an indicator that a table of the bundle gives in ‰, or ‰ where no table of the bundle knows it.

    >>> page = "婴儿死亡率（‰）\\n婴儿死亡率从8.1%降至5.4%，控制在\\n"
    >>> [(d.after, d.sure) for d in find_misread_figures(page)]
    [('‰', True), ('‰', True)]
    """
    units: dict[str, dict[str, int]] = {}
    for m in _LABEL.finditer(text):
        units.setdefault(m[1], {})[m[2]] = m.start()
    permille = {name: at["‰"] for name, at in units.items() if "‰" in at}
    for m in _RATE.finditer(text) if permille else ():
        name = next((n for n in permille if n.endswith(m[1]) or m[1].endswith(n)), None)
        if name is None:
            continue
        for s in _SIGN.finditer(text, m.end(1), m.end()):
            if s[0] == "%":
                sure = "%" not in units[name]
                yield Deviation(s.start(), s.end(), "‰", "misread-permille", sure, 0, 0, permille[name], 1)
    if text.count("‰") == 1 and not permille:
        at = text.find("‰")
        if text[at - 1:at].isdecimal() and text.count("%") > 20:
            yield Deviation(at, at + 1, "%", "misread-permille", False, 0, 0, text.find("%"), text.count("%"))
