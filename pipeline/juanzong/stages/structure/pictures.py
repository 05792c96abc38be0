"""Items -> figures: what is left of charts and maps, with their captions."""

from __future__ import annotations

import regex as re

from juanzong.core import tree
from juanzong.language import elements as el
from juanzong.language.numbering import BOX, FIGURE_CAPTION, TABLE_CAPTION, UNNUMBERED
from juanzong.language.openings import names_parts
from juanzong.language.text import BARE_FIGURES, ends_sentence
from juanzong.stages.pages.images import IMAGE, is_image_line
from juanzong.stages.pieces.column_lines import is_columnar
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.build import Build, bare_caption, drop_emphasis, is_legend
from juanzong.stages.structure.verdicts import plain

_TAG = re.compile(r"<[^<>]*>")
_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
_DATUM = re.compile(r"(?:\p{Han}[\p{Han}、]{0,8}[\s:：]+)?[\d.,%％‰\s]+(?:年|亿?元|万[元人吨亩]?|人|个)?")
_NAMES = re.compile(r"(?:\d{4}\s*年[\s、]*){2,}|\p{Han}{1,6}(?:\s+\p{Han}{1,6})+")
_SENTENCE = re.compile(r"[，；。]")
_LEAST_LABELS = 3  # figures over a caption, lines of them below one
_WORDY = 60  # characters: a longer line is no label
_TITLE = 12  # characters: a shorter line on a new page may still be a label
MAP = re.compile(r"(?:示意|布局|分布|区位|规划|格局)图$")


def is_picture(b: Build, k: int) -> bool:
    """Whether a table region is what is left of a chart: few rows of figures and years, a figure's caption beside it."""
    item = b.items[k]
    if len(item.lines) > 6 or item.lines[0].tabular or "<t" in item.lines[0].text:
        return False
    if _has_table_caption(b, k):
        return False
    text = "".join(x.text for x in item.lines)
    sparse = sum(c.isdigit() or c in "年.,%" for c in text) > 0.5 * len(re.sub(r"\s", "", text))
    return (
        any(
            0 <= j < len(b.items) and b.items[j].kind == "text" and FIGURE_CAPTION.match(plain(b.items[j].s))
            for j in range(k - 1, k + 3)
        )
        and sparse
    ) or _in_map(b, k)


def _has_table_caption(b: Build, k: int) -> bool:
    """Whether the caption of a table stands right above, its unit between them at most."""
    above = [x for x in b.items[max(0, k - 2) : k] if not el.UNIT.match(x.s)]
    return bool(above) and above[-1].kind == "text" and bool(TABLE_CAPTION.match(plain(above[-1].s)))


def _in_map(b: Build, k: int) -> bool:
    """Under a line that names a map (…布局图), until prose, a heading or a real table."""
    for j in range(k - 1, max(-1, k - 40), -1):
        x = b.items[j]
        if x.kind == "text" and MAP.search(plain(x.s)):
            return True
        if b.outline.heads[j] is not None or (
            x.kind == "text" and ((len(x.s) > 40 and ends_sentence(x.s)) or TABLE_CAPTION.match(x.s))
        ):
            return False
    return False


def is_figure_line(b: Build, k: int) -> bool:
    """Whether a figure begins with item k: an image link, a map's name, a chart's label set over the rest of it, or a
    legend set over its caption."""
    item = b.items[k]
    if is_image(item) or _names_map(b, k):
        return True
    if BARE_FIGURES.fullmatch(item.s):
        return _stands_over_caption(b, k)
    if item.kind == "text" and names_parts(item.s):
        end = next((n for n in range(k, len(b.items)) if not names_parts(b.items[n].s)), len(b.items))
        return end < len(b.items) and names_figure(b.items[end])
    legend = item.kind == "text" and (item.s.startswith("图例") or is_legend(item.s)) and not _SENTENCE.search(item.s)
    return legend and k + 1 < len(b.items) and names_figure(b.items[k + 1])


def _stands_over_caption(b: Build, k: int) -> bool:
    """Whether the lines from item k on are the labels of a chart: its caption, or the rest of it in columns, is below."""
    end = _labels_end(b, k)
    if end == len(b.items):
        return False
    rest = b.items[end].kind == "table" and is_picture(b, end)
    figures = sum(len(_FIGURES.findall(item.s)) for item in b.items[k:end])
    return rest or (figures >= _LEAST_LABELS and names_figure(b.items[end]))


def _names_map(b: Build, k: int) -> bool:
    s = b.items[k].s
    if MAP.search(plain(s)) and len(s) < 70 and b.outline.heads[k] is None:
        nearby = b.items[k + 1 : k + 6]
        return sum(x.kind == "table" or (len(x.s) < 20 and not ends_sentence(x.s)) for x in nearby) >= 3
    return False


def is_image(item: Item) -> bool:
    """Whether an item is a picture's mark, or its name, and nothing else."""
    return item.kind == "text" and len(item.lines) == 1 and is_image_line(item.lines[0])


def names_figure(item: Item) -> bool:
    """Whether an item is a figure's caption: by its number, or by a tool's word for it, which some tools have for tables'
    as well (表1 某某)."""
    if item.kind != "text":
        return False
    s = plain(item.s)
    return bool(FIGURE_CAPTION.match(s)) or (item.lines[0].names_picture and not TABLE_CAPTION.match(s))


def _take_image(b: Build, figure: tree.Figure, item: Item) -> None:
    """The picture's path; the marks round it go, and so does what a further picture of the figure says."""
    text = item.text
    if item.lines[0].pictured and not figure.image:
        figure.image = text
        return
    m = IMAGE.search(text.text)
    group = next((g for g in ("path", "src", "wiki") if m and m[g]), None)
    if m is None or group is None or figure.image:
        b.ledger.drop_ranges(text, "image-link")
        return
    start, end = m.span(group)
    figure.image = text[start:end]
    for part in (text[:start], text[end:]):
        b.ledger.drop_ranges(part, "image-link")


def take_figure(b: Build, k: int) -> int:
    """What is left of a picture: its caption, and labels, legends, numbers around it. Returns how many items it takes."""
    if is_image(b.items[k]) and not _captioned_next(b, k) and not (k and names_figure(b.items[k - 1])):
        b.ledger.drop_ranges(b.items[k].text, "image-link")
        return 1
    figure = tree.Figure()
    named = b.items[k].kind == "text" and not names_figure(b.items[k]) and _names_map(b, k)
    end = (_take_map if named else _take_chart)(b, k, figure)
    b.place(figure)
    b.table = None
    return max(1, end - k)


def _take_chart(b: Build, k: int, figure: tree.Figure) -> int:
    """Labels and numbers, up to the caption below them; the index of the item behind."""
    for end in range(k, len(b.items)):
        item = b.items[end]
        if names_figure(item):
            return _take_caption(b, end, figure)
        label = item.kind != "text" or is_image(item) or names_parts(item.s)
        label = label or bool(BARE_FIGURES.fullmatch(plain(item.s)))
        stays = label or _captioned_next(b, end)
        if end > k and (not stays or _stands_apart(b, end)):
            return end
        _take_part(b, figure, item)
    return len(b.items)


def _take_caption(b: Build, k: int, figure: tree.Figure) -> int:
    """A figure's caption, and the pictures and the labels of a chart below it that have no caption of their own."""
    _caption_figure(b, figure, b.items[k])
    k += 1
    while k < len(b.items) and is_image(b.items[k]) and not _captioned_next(b, k + 1):
        _take_image(b, figure, b.items[k])
        k += 1
    end = _labels_end(b, k)
    over_next = end < len(b.items) and names_figure(b.items[end])
    if end - k < _LEAST_LABELS or (over_next and (figure.text or _labels_end(b, end + 1) - end <= _LEAST_LABELS)):
        return k  # a page's number; or they stand over the next caption, and are of its figure
    for item in b.items[k:end]:
        _take_part(b, figure, item)
    return end


def _labels_end(b: Build, k: int) -> int:
    """The index behind the labels of a chart that stand from item k on: figures, or names with one, the unit above them,
    the names of an axis below."""
    begin = k
    while k < len(b.items) and b.items[k].kind == "text":
        s = plain(b.items[k].s)
        axis = _NAMES.fullmatch(s) is not None and k > begin
        if not (_DATUM.fullmatch(s) or axis or (k == begin and el.UNIT.match(s))):
            break
        k += 1
    return k


def _take_map(b: Build, k: int, figure: tree.Figure) -> int:
    """The name of a map and all that its print left below it, a note with its source too; the index of the item behind."""
    figure.caption = b.items[k].text
    for end in range(k + 1, len(b.items)):
        item = b.items[end]
        if el.TABLE_NOTE.match(plain(item.s)) and item.kind == "text":
            figure.text.append(item.text)
            return end + 1
        if _stands_apart(b, end) or _is_wordy(item) or (end > k + 1 and _ends_map(b, end)):
            return end
        _take_part(b, figure, item)
    return len(b.items)


def _said(item: Item) -> str:
    return _TAG.sub("", plain(item.s))


def _is_wordy(item: Item) -> bool:
    """Whether a line is prose, though a page may cut it before its stop."""
    return item.kind == "text" and "，" in item.s and len("".join(_said(item).split())) > _WORDY


def _stands_apart(b: Build, k: int) -> bool:
    """Whether a line has a role of its own: a heading, a sentence, a box's name, a caption, a note."""
    item = b.items[k]
    s = plain(item.s)
    return item.kind == "text" and (
        (b.outline.heads[k] is not None and not is_legend(s) and not names_parts(s))
        or ends_sentence(_said(item))
        or any(p.match(s) for p in (BOX, TABLE_CAPTION, FIGURE_CAPTION, UNNUMBERED, el.TABLE_NOTE))
    )


def _ends_map(b: Build, k: int) -> bool:
    """Whether a line cannot be print of the map above: another picture or map, a title on a new page, a table's head."""
    item = b.items[k]
    s = plain(item.s)
    return item.kind == "text" and (
        is_image(item)
        or _names_map(b, k)
        or (item.page_break and el.may_be_title(s) and len(s) > _TITLE)
        or _heads_table(b, k)
    )


def _take_part(b: Build, figure: tree.Figure, item: Item) -> None:
    if item.kind == "table" or (is_columnar(item.s) and len(item.lines) == 1):
        figure.text += [line.cut(*part) for line in item.lines for part in _cells(line.text)]
    elif is_image(item):
        _take_image(b, figure, item)
    else:
        figure.text.append(item.text)


def _heads_table(b: Build, k: int) -> bool:
    """A line that heads a real table: many columns, many rows."""
    after = b.items[k + 1] if k + 1 < len(b.items) else None
    return (
        after is not None and after.kind == "table" and len(after.lines) >= 5 and after.lines[0].text.count("\t") >= 6
    )


def _captioned_next(b: Build, k: int) -> bool:
    return any(names_figure(x) for x in b.items[k : k + 2])


def _cells(text: str) -> list[tuple[int, int]]:
    """Places of a line's parts: parted by tabs, or by two blanks and more."""
    gap = r"\t" if "\t" in text else r"\s{2,}" if is_columnar(text) else r"\n"
    out, at = [], 0
    for m in [*re.finditer(gap, text), None]:
        end = m.start() if m else len(text)
        if text[at:end].strip():
            out.append((at, end))
        at = m.end() if m else end
    return out


def _caption_figure(b: Build, figure: tree.Figure, item: Item) -> None:
    text = item.text
    start = drop_emphasis(b, text)
    numbered = FIGURE_CAPTION.match(text.text, start)
    end = numbered.end("number") if numbered else start
    figure.number, figure.caption = text[start:end], bare_caption(b, text[end:])
