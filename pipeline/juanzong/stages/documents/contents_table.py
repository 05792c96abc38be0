"""A contents list that is set as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import regex as re

from juanzong.core.lines import Line
from juanzong.language.numbering import ANNEX, Heading
from juanzong.language.text import fold, indent_of
from juanzong.stages.documents.contents_found import Contents
from juanzong.stages.documents.contents_lines import GOES_ON, HEADING, Span, decor_of, number_at, paged, read_line
from juanzong.stages.documents.contents_prints import JOINED, Prints
from juanzong.stages.pieces.html_lines import HTML_TABLE

_ROW_END = re.compile(r"(?i)</tr\s*>(?=.*?<td)")  # of rows that stand in one line
_TAGS = re.compile(r"<[^<>]*>|\|")
_HEADER = re.compile(
    r"\s*(?:(?:序\s*号|编\s*号|项\s*目|材料|文件|名\s*称|标\s*题|内\s*容|目\s*录|章\s*节)\S*\s+\S"
    r"|\S{0,4}指\s*标\S*\s+\S.*\s\S{0,2}页\s*[码数次]?\s*$)"
)
_PAGES = re.compile(r"\s(?:所在|起始|起止)?页\s*[码数次号]?\s*$")
_WIDE = re.compile(r"\S(?: {3,}|　{2,})(?=\S)")
_CELLS = re.compile(r"\t| {2,}")
_CELL_ENDS = re.compile(r"\t|\||</?t[dh]\b[^<>]*>")
_HEAD = 2  # rows: the names of the columns, and the rule below
_REMARK = 24  # characters of a cell with a full stop that is more than a remark
_LINES_ABOVE = 3  # that open a table (<table>, <tr>), before its first words
_INSET = 4  # columns at least that the number above takes
_MOST_STRAYS = 3  # lines, the rule below the names of the columns among them
_SHORTEST = 2  # characters of an entry beside its number
_SURE = 2  # entries that come again as titles
_FIGURE = re.compile(r"\d{1,2}(?=\s)")
_PIPES = re.compile(r"\s*\|.*\|\s*$")


def read_table(lines: Sequence[Line], at: int, gone: Mapping[int, str], prints: Prints) -> Contents | None:
    """A list set as a table under the heading in line `at`: with a header that names its columns, or with rows whose
    words come again behind it."""
    rows: list[int] = []
    again: list[int] = []  # where the list's next pages print its heading
    printed = _heads_columns(lines, at + 1, gone)
    says = False  # whether a row has words: <table> in a line of its own has none
    for i in range(at + 1, len(lines)):
        if i in gone:
            continue
        if rows and _heads_next_page(lines, i, rows[0]):
            again.append(i)
            continue
        if not _is_next_row(lines, i, rows, printed=printed):
            if not rows or printed or not _strays_in(lines, i, rows, gone, prints):
                break
            again += [i] if GOES_ON.fullmatch(lines[i].text) else []
            continue
        said = _TAGS.sub(" ", lines[i].text).strip()
        apart = lines[i].blanks and not said[:1].isdigit() and _known(lines[i].text, i, prints) is None
        if says and (_HEADER.match(said) or apart) and fold(_first_row(lines, i)) != fold(_first_row(lines, rows[0])):
            break  # another table; under the same header it is this one's next page
        rows.append(i)
        says = says or bool(said)
    if not rows:
        return None
    head = next((said for i in rows if (said := _TAGS.sub(" ", lines[i].text).strip())), "")
    headed = bool(_HEADER.match(head))
    known = [_known(row, rows[-1], prints) for i in rows for row in _ROW_END.split(lines[i].text)]
    if not headed and sum(k is not None for k in known) * 2 < len(rows):
        return None
    end = rows[-1] + 1
    heading = Span(at, 0, len(lines[at].text))
    return Contents(
        heading,
        end,
        [at, *sorted((*again, *rows))],
        [],
        rows,
        sum(k is True for k in known),
        sum(k is False for k in known),
    )


def _strays_in(lines: Sequence[Line], i: int, rows: Sequence[int], gone: Mapping[int, str], prints: Prints) -> bool:
    """Whether line i, alone or with the next ones, stands between the rows so far, the names of the columns at least, and
    one that counts on from them and comes again: what a page prints over the rest of the list."""
    between = (k for k in range(i + 1, min(len(lines), i + _MOST_STRAYS + 1)) if k not in gone)
    below = next((k for k in between if is_row(lines[k]) and any(map(str.isalnum, lines[k].text))), None)
    text = lines[i].text
    own = (
        "\t" in text or paged(text.strip()) is not None or HEADING.fullmatch(text)
    )  # of a list in lines, the next list's
    if own or below is None or _known(lines[below].text, below, prints) is None:
        return False
    first, second = (_row_number(lines[k].text) for k in (rows[-1], below))
    if first is None or second is None:
        return second is not None and second.ordinal == 1 and len(rows) <= _HEAD
    return (second.form, second.ordinal) == (first.form, first.ordinal + 1)


def _row_number(row: str) -> Heading | None:
    """The number that a row begins with: 3, 2-1, 一."""
    said = _TAGS.sub(" ", row).strip()
    figure = _FIGURE.match(said)
    return read_line(said, Span(-1, 0, len(said)), int(figure[0]) if figure else 0).number


def _heads_next_page(lines: Sequence[Line], i: int, first: int) -> bool:
    """Whether line i prints the heading of a list once more (目录（续）), over the same header as the rows from `first` on."""
    if i + 1 == len(lines) or not (HEADING.fullmatch(lines[i].text) or GOES_ON.fullmatch(lines[i].text)):
        return False
    header = _first_row(lines, first)
    same = is_row(lines[i + 1]) and fold(_first_row(lines, i + 1)) == fold(header)
    return same and _HEADER.match(header) is not None


def _is_next_row(lines: Sequence[Line], i: int, rows: Sequence[int], *, printed: bool) -> bool:
    """Whether line i is a row of the table whose rows so far are `rows`, or in print a part of one."""
    if is_row(lines[i]) or (rows and _lacks_first_cell(lines[i], lines[rows[-1]])):
        return True
    return printed and (_WIDE.search(lines[i].text.strip()) is not None or _is_rest(lines[i]))


def _lacks_first_cell(line: Line, above: Line) -> bool:
    """Whether a line is as wide as the row above it, its first cell empty: a merged one's."""
    return line.text[:1] == "\t" and not line.blanks and line.text.count("\t") == above.text.count("\t")


def _is_rest(line: Line) -> bool:
    """Whether a line is set in below a row, as the rest of a wrapped cell is."""
    return not line.blanks and indent_of(line.text) >= _INSET


def _heads_columns(lines: Sequence[Line], at: int, gone: Mapping[int, str]) -> bool:
    """Whether the first line from `at` on names the columns of titles and of pages, parted by wide blanks alone."""
    head = next((lines[i] for i in range(at, min(len(lines), at + _LINES_ABOVE)) if i not in gone), None)
    if head is None or is_row(head) or len(_WIDE.findall(head.text.strip())) < 2:
        return False
    return _HEADER.match(head.text) is not None and _PAGES.search(head.text) is not None


def may_be_headless(lines: Sequence[Line], at: int) -> bool:
    """Whether in line `at` a table begins whose first row says 目录, or names the columns of titles and of pages."""
    if not is_row(lines[at]) or (at and is_row(lines[at - 1]) and not lines[at].blanks):
        return False
    said = _first_row(lines, at)
    return _says_contents(said) or (_HEADER.match(said) is not None and _PAGES.search(said) is not None)


def read_headless(lines: Sequence[Line], at: int, gone: Mapping[int, str], prints: Prints) -> Contents | None:
    """A list set as a table without 目录 above it, most rows of which come again behind it as titles; where its first row
    says 目录, as titles or headings."""
    found = read_table(lines, at - 1, gone, prints)
    if found is None:
        return None
    told = _says_contents(_first_row(lines, at))
    known = found.titled + found.headed if told else found.titled
    if known < _SURE or 2 * known < len(found.rows) - 2 or (not told and _holds_passages(lines, found.rows)):
        return None
    return replace(found, title=Span(at, 0, 0), lines=found.rows)


def _holds_passages(lines: Sequence[Line], rows: Sequence[int]) -> bool:
    """Whether half of the rows or more hold a sentence: those of a table that sets passages of the documents beside their
    titles and pages."""
    cells = [_CELL_ENDS.split(row) for i in rows for row in _ROW_END.split(lines[i].text) if _TAGS.sub("", row).strip()]
    return 2 * sum(any("。" in c and len(c) > _REMARK for c in row) for row in cells) >= len(cells) - _HEAD


def _first_row(lines: Sequence[Line], at: int) -> str:
    """What the first row of the table says that begins in line `at`."""
    rows = (_TAGS.sub(" ", _ROW_END.split(line.text, 1)[0]) for line in lines[at : at + _LINES_ABOVE])
    return next((said for said in rows if said.strip()), "")


def _says_contents(row: str) -> bool:
    """Whether the first cell of a row is the heading of the list."""
    cells = [c for c in _CELLS.split(row.strip()) if c]
    return bool(cells) and HEADING.fullmatch(cells[0]) is not None


def is_row(line: Line) -> bool:
    """Whether a line is a row of a table, and no entry with its page behind a tab."""
    text = line.text
    if line.tabular:
        return True
    tagged = "<" in text and HTML_TABLE.search(text) is not None
    if not ("\t" in text or tagged or ("|" in text and _PIPES.match(text))):
        return False
    said = text[decor_of(text) :].strip(" 　*")
    cells = [c.strip() for c in said.split("\t")]
    numbered = len(cells) == 3 and (number_at(cells[0] + "　") or ANNEX.fullmatch(cells[0]))
    return not ((len(cells) == 2 or numbered) and paged(said))


def _known(row: str, end: int, prints: Prints) -> bool | None:
    """How the words of a cell of a row come again behind the table, as of `Prints.behind`."""
    cells = [c.strip() for c in re.split(r"\t|\||<[^<>]*>", row) if c.strip()]
    for before, cell in pairwise(("", *cells)):
        counted = before.replace(".", "").isdecimal() and cell[0].isalpha()  # beside its number an entry may be short
        if len(cell) >= (_SHORTEST if counted else JOINED):
            figure = _FIGURE.match(cell)  # 1 总则
            title = read_line(cell, Span(-1, 0, len(cell)), int(figure[0]) if figure else 0)
            found = prints.behind(title.key, end)
            if found is not None:
                return found
    return None
