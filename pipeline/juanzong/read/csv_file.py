"""Tables as text, cells parted by commas, semicolons or tabs (.csv, .tsv) -> Source: one sheet, cells named as in Excel."""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO
from pathlib import Path

import regex as re

from juanzong.core.errors import JuanzongError
from juanzong.core.source import Source
from juanzong.read.decoding import decode
from juanzong.read.hashes import file_hash
from juanzong.read.options import ReadOptions
from juanzong.read.printed import PrintedPage
from juanzong.read.sheet import SheetCell, blocks_of_sheet
from juanzong.read.sheet_rows import own_cells
from juanzong.read.writing import write_pages

SEPARATORS = ",;\t|"
LIKE_CSV = 0.8  # of the lines have the most frequent number of cells
LEAST_LINES = 3
WIDTH, HEIGHT = 60.0, 14.0  # points of a cell on the imagined sheet
LARGEST = 60_000_000  # bytes
_MOST_STRAY = 20  # quotation marks that nothing closes
_ENTITY = re.compile(
    r"&(?:[A-Za-z]{2,8}|#\w{2,6});"
)  # &emsp; leads the lines of web pages: its semicolon parts no cells
# the places that a model writes behind its text: (120,80),(880,110)
_PLACE = re.compile(r"(?:,?[(\[]\d+(?:\.\d+)?(?:,\s?\d+(?:\.\d+)?)+[)\]])+")
_AS_TEXT = re.compile(r'="([^"]*)"')  # ="001", which Excel shows as 001 and not as 1
_SEPARATOR = re.compile(r'"?sep=([,;\t|])"?[ \t]*\n', re.IGNORECASE)
_CLOSING = ("。", "！", "？", "：", ":")
_FEW_SENTENCES = 0.3  # of the lines: the last column of a table may hold some


def looks_like_csv(text: str) -> bool:
    """Whether lines are rows of one number of cells, two at least, parted by one of SEPARATORS (tabs aside: the text
    reader knows them).

    >>> looks_like_csv("县区,面积\\n甲县,12\\n乙县,\\"1,300\\"\\n"), looks_like_csv("他说,好。\\n然后走了。\\n")
    (True, False)
    >>> looks_like_csv("某院<box>(12,8),(88,11)</box>\\n" * 3)  # what a model writes of a scan
    False
    >>> looks_like_csv("|1|甲公司|2,891|63|\\n" * 9)  # rows of Markdown
    False
    """
    lines = [_PLACE.sub("", _ENTITY.sub("", line)) for line in text.split("\n")[:50] if line.strip()]
    sentences = sum(line.rstrip().endswith(_CLOSING) for line in lines)
    ruled = sum(line.lstrip().startswith("|") for line in lines)  # rows of Markdown, with figures such as 2,891,179
    if len(lines) < LEAST_LINES or sentences > _FEW_SENTENCES * len(lines) or 2 * ruled > len(lines):
        return False
    for separator in ",;":
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator))
        except csv.Error:
            continue
        width, many = widths.most_common(1)[0]
        if width > 1 and many >= LIKE_CSV * sum(widths.values()):
            return True
    return False


def read_csv(path: Path, record_as: str, options: ReadOptions) -> Source:
    """Raises JuanzongError for a file that is no text or beyond all bounds."""
    if path.stat().st_size > LARGEST:
        raise JuanzongError(
            f"{path}: {path.stat().st_size:,} bytes, more than the limit of {LARGEST:,}; split the table"
        )
    decoded = decode(path.read_bytes(), str(path))
    text = decoded.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    told = _SEPARATOR.match(text)  # what Excel is told, and does not show
    text = text[told.end() :] if told else text
    separator = told[1] if told else max(SEPARATORS, key=lambda s: (_even(text, s), text.count(s)))
    try:
        csv.field_size_limit(LARGEST)
        rows = _rows(text, separator)
    except csv.Error as error:
        raise JuanzongError(f"{path}: the table cannot be read ({error}); save it again as .xlsx") from None
    names = [letters(c) for c in range(1, max(map(len, rows), default=0) + 1)]
    cells = [
        _cell(value, r, c, name)
        for r, row in enumerate(rows, 1)
        for c, (value, name) in enumerate(zip(row, names, strict=False), 1)
        if value and not value.isspace()
    ]
    page = PrintedPage(1, WIDTH * max((len(row) for row in rows), default=1), HEIGHT * max(1, len(rows)))
    page.sheet = path.stem
    page.blocks = blocks_of_sheet(own_cells(cells, page))
    return Source(
        path=record_as,
        sha256=file_hash(path),
        media_type="text/csv",
        encoding=decoded.encoding,
        is_text=False,
        readers=("csv",),
        **{**write_pages([page]).fields(), "reports": (*decoded.reports, *page.reports)},
    )


def _rows(text: str, separator: str) -> list[list[str]]:
    """The cells of each row. A quotation mark that nothing closes opens no cell: all rows below it would stand in that.

    >>> _rows('甲,"1\\n2"\\n乙,"3\\n丙,4\\n', ",")
    [['甲', '1\\n2'], ['乙', '"3'], ['丙', '4']]
    """
    lines = list(StringIO(text))
    rows: list[list[str]] = []
    at = 0
    for _ in range(_MOST_STRAY):
        reader = csv.reader(lines[at:], delimiter=separator)
        begun = end = at  # the lines of the row read last
        for row in reader:
            begun, end = end, at + reader.line_num
            rows.append(row)
        if end - begun < 2 or "".join(lines[begun:end]).count('"') % 2 == 0:
            break
        rows[-1] = next(csv.reader([lines[begun]], delimiter=separator, quoting=csv.QUOTE_NONE))
        at = begun + 1
    return rows


def _even(text: str, separator: str) -> int:
    """How many of the first lines have the most frequent number (not none) of this separator."""
    counts = Counter(line.count(separator) for line in text.split("\n")[:50] if separator in line)
    return max(counts.values(), default=0)


def _cell(value: str, row: int, column: int, name: str) -> SheetCell:
    """`name`: of the column."""
    text = value.strip()
    if text[0] == "=" and (quoted := _AS_TEXT.fullmatch(text)):
        text = quoted[1].strip()
    if "\n" in text:
        text = "\n".join(line.strip() for line in text.split("\n"))
    box = (WIDTH * (column - 1), HEIGHT * (row - 1), WIDTH * column, HEIGHT * row)
    return SheetCell(text, row, column, 1, 1, box, f"{name}{row}")


def letters(column: int) -> str:
    """A column's letters, as in formulas.

    >>> letters(1), letters(27)
    ('A', 'AA')
    """
    out = ""
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out
