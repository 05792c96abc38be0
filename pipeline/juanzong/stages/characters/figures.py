"""A bundle's running text -> figures and units that were misread."""

from __future__ import annotations

from collections.abc import Iterator

import regex as re

from juanzong.stages.characters.deviation import Deviation

LETTER = re.compile(r"(?<![A-Za-z\d.])\d+(?:[lIO]\d+)+(?![A-Za-z\d])")
# counted or measured: a letter at the edge of a figure is one of its digits there. In 26 million characters of laws and
# other texts this found one place, a misprint (l000元)
_MEASURE = (
    "(?:人|名|家|个|项|件|台|套|座|处|所|亩|米|公里|[千厘毫]米|吨|元|万|亿|天|日|月|年|小时|岁|[%％‰]|平方|立方"
    "|条|次|期|场|户|只|辆|公顷|千?克|公斤|倍|份|册|节|篇|本|支|张|间|栋|幢|层|头|株|棵|页|分钟|秒|课时|学时|种|类|款|门|组|班|起|批|笔|例|床)"
)
_AT_EDGE = re.compile(rf"(?<=[\p{{Han}}，、（：])l\d+(?:\.\d+)?(?={_MEASURE})|(?<![A-Za-z\d.])\d+O(?={_MEASURE})")
# at the edge of a document number's year or serial number: 〔202l〕1O号
_DECADE, _CLOSED = r"[〔\[［【（(]2[0O][\dO]", r"[〕\]］】）)]\s?第?"
_OF_DOCUMENT = re.compile(
    rf"(?<={_DECADE})[lI](?={_CLOSED}[\dOlI]+号)|(?<={_DECADE}[\dOlI]{_CLOSED})[lI](?=\d+号)"
    rf"|(?<={_DECADE}[\dOlI]{_CLOSED}\d+)[OlI](?=号)"
)
# letters may belong to what numbers name, not count: 图号22O1, 3O5室
_NAMED = re.compile(r"(?:[号码型款牌]|规格|线路|车次|房间|版本)[：: ]?$")
# what shows that a number counts, measures or dates: 2O21—2025年, 〔2O21〕; a bare one (与5O7) may be a name as well
_COUNTS = re.compile(rf"(?:\.\d+)?{_MEASURE}|〕|\s?[—–~～-]\s?\d")
_DIGIT = {"l": "1", "I": "1", "O": "0"}
_MICRO = re.compile(r"(?<![A-Za-z])ug/(?:m[3³]|L|g|kg)(?![A-Za-z])")
_LABEL = re.compile(r"[（(]([‰%])[）)]")
_LONG = 5  # characters of an indicator's name that others do not end in as well, as 病虫害发病率 in 发病率
_MORE = r"[\p{Han}--[省市县区州旗国年月末底的将把使让和与及或其]]"
_VERB = "(?:从|由|为|达到?|降至|控制在|下降到|提高到)"
NEAR = 5000  # characters to a table of the same document: its unit decides where two tables differ
_SIGN = re.compile(r"(?<=\d)[%‰]")


def find_misread_figures(text: str) -> Iterator[Deviation]:
    """Letters in numbers, ug for μg, and % for ‰ where the bundle gives the indicator's unit.

    >>> [(d.after, d.sure) for d in find_misread_figures("基站74O8座，资金21l3万元")]
    [('0', True), ('1', True)]
    >>> [(d.after, d.sure) for d in find_misread_figures("培训l530人次、5O期，跨度l0，容积10l")]
    [('1', True), ('0', True)]
    >>> [(d.after, d.sure) for d in find_misread_figures("某政〔202l〕1O号、某政[2021]l4号，见[20l]l号楼")]
    [('1', True), ('0', True), ('1', True)]
    >>> [(d.after, d.sure) for d in find_misread_figures("图号22O1，3O5室，与5O7合用")]
    [('0', False), ('0', False), ('0', False)]
    """
    for m in (*LETTER.finditer(text), *_AT_EDGE.finditer(text)):
        named = _NAMED.search(text[max(m.start() - 3, 0) : m.start()])
        alone = "\n" == text[m.start() - 1 : m.start()] == text[m.end() : m.end() + 1]  # a cell of a table
        counts = not named and (alone or _COUNTS.match(text, m.end()) is not None)
        for k in range(m.start(), m.end()):
            if text[k] in _DIGIT:
                yield Deviation(k, k + 1, _DIGIT[text[k]], "letter-in-number", counts, 1, 1, m.start(), 1)
    for m in _OF_DOCUMENT.finditer(text):
        yield Deviation(m.start(), m.end(), _DIGIT[m[0]], "letter-in-number", True, 1, 1, m.start(), 1)
    micro = max(text.find("微克"), text.find("μg"))
    for m in _MICRO.finditer(text):
        unit = "μg" + m[0][2:].replace("m3", "m³")
        yield Deviation(m.start(), m.end(), unit, "misread-unit", micro >= 0, 0, 0, max(micro, 0), 1)
    yield from _rates(text)


def _name_before(text: str, end: int) -> str:
    """The Chinese words right before a unit in brackets: the indicator's name."""
    while end and text[end - 1] == " ":
        end -= 1
    start = end
    while start > 0 and end - start < 12 and "\u4e00" <= text[start - 1] <= "\u9fff":
        start -= 1
    return text[start:end]


def _rates(text: str) -> Iterator[Deviation]:
    """% after an indicator that a table of the bundle gives in ‰, or ‰ where no table of the bundle knows it.

    >>> page = "婴儿死亡率（‰）\\n婴儿死亡率从8.1%降至5.4%，控制在\\n"
    >>> [(d.after, d.sure) for d in find_misread_figures(page)]
    [('‰', True), ('‰', True)]
    """
    if "‰" not in text:
        return
    labels = [(_name_before(text, m.start()), m[1], m.start()) for m in _LABEL.finditer(text)]
    permille = sorted({name for name, sign, _ in labels if sign == "‰" and len(name) >= 3})
    named = "|".join([name if len(name) >= _LONG else f"(?<!{_MORE}){name}" for name in permille])
    rates = re.compile(f"(?V1)({named}){_VERB}(?=\\d)[^，。；\\n]{{0,24}}").finditer(text) if permille else ()
    for m in rates:
        own = min((abs(at - m.start()), at, sign) for n, sign, at in labels if n == m[1])
        at = next(at for n, sign, at in labels if n == m[1] and sign == "‰")
        sure = (own[2] == "‰" and own[0] <= NEAR) or all(sign == "‰" for n, sign, _ in labels if n == m[1])
        for s in _SIGN.finditer(text, m.end(1), m.end()):
            if s[0] == "%":
                yield Deviation(s.start(), s.end(), "‰", "misread-permille", sure, 0, 0, own[1] if sure else at, 1)
    if text.count("‰") == 1 and not permille:
        at = text.find("‰")
        if text[at - 1 : at].isdecimal() and text.count("%") > 20:
            yield Deviation(at, at + 1, "%", "misread-permille", False, 0, 0, text.find("%"), text.count("%"))
