"""Items -> items: labels and values of a web page's head that stand apart, in the cells of a table (索引号：| 0001 |
主题分类：| 科技) or in lines of their own, become labelled lines."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.core.lines import looked_at
from juanzong.core.traced import Traced
from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.numbering import heading_of
from juanzong.language.text import ends_sentence, fold
from juanzong.stages.pieces.items import Item
from juanzong.stages.tables.read import rows_of

_MOST_ROWS = 10
_MOST_LINES = 3  # of labels that wide blanks part
_LEAST_LABELS = 3
_LONGEST = 60  # characters of a value in a line of its own
_CELL_ENDS = re.compile(r"\t|\s*</?(?:table|thead|tbody|t[rdh])\b[^<>]*>\s*|\s*\|\s*")
_WIDE = re.compile(r"\s{2,}|\t")
_ROW_ENDS = re.compile(r"(?i)</tr\s*>")
_MOST_OF_IMPRINT, _MOST_LINES = 4, 24  # rows, and lines that their tags may stand in
_COLON = re.compile(r"[:：】\]]")
_CODE = re.compile(r"[\w（）()\[\]〔〕/\\.·-]*\d[\w（）()\[\]〔〕/\\.·-]*$")
_COUNT = re.compile(r"\s*\d[\d,，]*\s*[次人]?\s*$")
_VALID = re.compile(r"\s*(?:(?:现行|继续)?有效|失效|(?:已经?)?(?:废止|失效|修[改订])|尚未(?:施行|生效)|[是否])\s*")
_KEYWORDS = re.compile(r"[\s【\[]*(?:主\s*题\s*词|关\s*键\s*[词字])")
_DISCLOSURE = el.IMPRINT["disclosure"]  # a letter's own imprint has it, too
_TITLE_LABEL = 6  # characters that a title may stand behind its label at most
_RIGHT = "：:】]］"
_ANNOUNCES = re.compile(r"(?:如下表?|下表|见表)[^。]{0,8}[。：:]$")


def read_labels(items: Sequence[Item], ledger: Ledger) -> list[Item]:
    """Each label with its value as an item of its own, where most cells of a small table are labels and values, and
    where a value stands in the line below its label."""
    out: list[Item] = []
    for k, item in enumerate(items):
        near = bool(out) and out[-1].kind == "text" and el.is_label(out[-1].s)
        near = near or (k + 1 < len(items) and items[k + 1].kind == "table" and _is_head(items[k + 1], False))
        if item.kind == "table" and not (out and _is_above_table(out[-1])) and _is_head(item, near):
            out += _labelled(item, ledger)
        elif item.kind == "table" and _is_imprint(item):
            out += _rows(item, ledger)
        else:
            out.append(item)
    return _with_values(out, ledger)


def _is_above_table(item: Item) -> bool:
    """Whether a line is a numbered heading, or announces the table below it: what stands there is no page's head."""
    if not item.is_text:
        return False
    return _ANNOUNCES.search(item.s) is not None or (heading_of(item.s) is not None and not ends_sentence(item.s))


def _is_head(item: Item, near: bool) -> bool:
    """Whether a table is a web page's head; `near` another part of it a row of labels is enough."""
    if len(item.lines) > _MOST_ROWS:
        return False
    cells = [c for line in item.lines for c in _CELL_ENDS.split(line.text) if c.strip(" -:")]
    if _is_over_values(cells):  # so are lists of papers set, too
        return any(el.label_of(f"{c.strip()}：") == "index_number" for c in cells)
    labels = sum(el.is_label(c) or _names_label(c.rstrip(_RIGHT)) for c in cells)
    parts = [c for line in item.lines[: _MOST_LINES + 1] for c in _WIDE.split(line.text.strip())]
    if len(item.lines) <= _MOST_LINES and all(_COLON.search(c) and _labels(c) for c in parts):
        return True
    alone = len(item.lines) == 1 and labels > 1 and 2 * labels == len(cells)  # a row between blank lines
    return labels >= (1 if near or alone else _LEAST_LABELS) and 2 * labels >= len(cells) - 1


def _names_label(cell: str) -> bool:
    """Whether a cell names an element of a web page's head, without its colon."""
    return el.names_label(cell) or _DISCLOSURE.fullmatch(f"{cell.strip()}：") is not None


def _is_imprint(item: Item) -> bool:
    """Whether a table is the imprint (版记), whose rules a reader took for its own: 抄送：… over who printed it and when."""
    if len(item.lines) > _MOST_LINES or not any("印" in line.text for line in item.lines):
        return False
    text = "\n".join(line.text for line in item.lines)
    rows = _ROW_ENDS.split(text) if "<" in text else text.split("\n")
    said = ["".join(c.strip() for c in _CELL_ENDS.split(row) if c.strip(" -:\n")) for row in rows]
    said = [s for s in said if s]
    return (
        0 < len(said) <= _MOST_OF_IMPRINT
        and el.printed_on(said[-1]) is not None
        and all(el.is_of_imprint(s) for s in said[:-1])
    )


def _rows(item: Item, ledger: Ledger) -> list[Item]:
    """The rows of a table, each an item of its own."""
    out: list[Item] = []
    for row in rows_of(item.lines, ledger):
        cells = [cell.text for cell in row.cells if cell.text]
        text = cells[0]
        for cell in cells[1:]:
            text = ledger.join(text, cell, "imprint-row")
        out.append(Item(item.lines, text, text.text, fold(text.text), page_break=item.page_break and not out))
    return out


def _labels(cell: str) -> bool:
    return el.is_label(cell) or el.ABOUT.match(cell) is not None


def _labelled(item: Item, ledger: Ledger) -> list[Item]:
    """A cell right behind a label that stands alone is its value, or the one below it in a table of labels over values;
    every other cell is an item of its own."""
    texts: list[Traced] = []
    waiting = False
    rows = [[cell.text for cell in row.cells] for row in rows_of(item.lines, ledger)]
    if len(rows) == 2 and _is_over_values([looked_at(cell.text) for row in rows for cell in row]):
        rows = [list(pair) for pair in zip(*rows, strict=True)]
    for row in rows:
        for cell in row:
            said = looked_at(cell.text)
            if not cell:
                waiting = False
            elif not waiting and _names_label(said):
                bare = cell.strip()
                texts.append(ledger.replace(bare, len(bare), len(bare), "：", "label-colon"))
                waiting = True
            elif waiting and not el.is_label(said):
                texts[-1] = ledger.join(texts[-1], cell, "labelled-value")
                waiting = False
            else:
                texts.append(cell)
                waiting = _is_empty(said)
    return [
        Item(
            item.lines,
            text,
            looked_at(text.text),
            fold(text.text),
            page_break=item.page_break and k == 0,
            blanks=item.blanks if k == 0 else 0,
        )
        for k, text in enumerate(texts)
    ]


def _is_over_values(cells: Sequence[str]) -> bool:
    """Whether the first half of a table's cells are labels, and the other half their values.

    >>> _is_over_values(["索引号", "文号", "0001", "某府〔2021〕8号"]), _is_over_values(["索引号", "0001", "文号", "某府〔2021〕8号"])
    (True, False)
    """
    n = len(cells) // 2
    named = [_names_label(c) or _is_empty(c) for c in cells]
    return len(cells) == 2 * n > 2 and all(named[:n]) and not any(named[n:]) and not any(map(el.is_label, cells[n:]))


def _is_empty(text: str) -> bool:
    """Whether a line is a label without its value."""
    if not text.rstrip().endswith(tuple(_RIGHT)):
        return False
    if _DISCLOSURE.fullmatch(text):
        return True
    labels = el.labels_in(text)
    return len(labels) == 1 and labels[0][1] == len(text)


def _with_values(items: Sequence[Item], ledger: Ledger) -> list[Item]:
    """A value in the line below its label goes on with it; below an empty label stands another label, or what is no
    value of its kind."""
    out: list[Item] = []
    named = ""  # the title that the head tells
    for item in items:
        before = out[-1] if out else None
        if item.kind == "text" and el.label_of(item.s) == "web_title":
            named = skeleton(item.s)
        elif before is not None and before.is_text and _is_empty(before.s) and named == skeleton(before.s) != "":
            named += skeleton(item.s) if item.is_text else ""
        if (
            before is not None
            and before.is_text
            and item.is_text
            and _is_empty(before.s)
            and (_fits(el.label_of(before.s) or "about", item.s) or _are_keywords(before.s, item.s, named))
        ):
            before.take_rest(item, "labelled-value", ledger)
        else:
            out.append(item)
    return out


def _are_keywords(label: str, text: str, named: str) -> bool:
    """Whether a line has the keywords that its label announces: words parted by blanks or signs, not the first line of
    the title (`named`: what the page's head says of it)."""
    words = re.split(r"[\s；;，,、]+", text.strip())
    at = named.find(skeleton(text))
    inside = at > _TITLE_LABEL and not named.endswith(
        skeleton(text)
    )  # of the title, neither its first words nor its last
    titled = "关于" in text or (at >= 0 and not inside)
    other = titled or bool(el.labels_in(text))
    many = len(words) > 1 or (inside and el.noun_of(text) is None)
    return bool(_KEYWORDS.match(label)) and len(text) <= _LONGEST and many and not other


def _fits(label: str, text: str) -> bool:
    """Whether a line may be the value of a label, by its kind."""
    if len(text) > _LONGEST or el.is_label(text) or el.ABOUT.match(text):
        return False
    if label in ("published_on", "web_issued_on"):
        return bool(re.match(rf"\s*{el.WEB_DAY}", text)) or el.is_date(text)
    if label == "web_number":
        return el.is_doc_number(text)
    if label == "about":
        return bool(_COUNT.match(text))
    if label == "validity":
        return bool(_VALID.fullmatch(text)) or bool(re.fullmatch(rf"\s*{el.WEB_DAY}\s*", text)) or el.is_date(text)
    if label == "index_number":
        return bool(_CODE.match(text))
    if label in ("publisher", "source"):
        return el.organs_in(text) is not None
    if label == "category":
        return el.type_of_title(text) is None or len(text) <= 8
    return label == "web_title" and el.may_be_title(text)
