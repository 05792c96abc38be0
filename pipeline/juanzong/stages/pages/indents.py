"""A tab that only leads a line, or ends it, or stands behind its number (第一条⇥为加强…) or its marks (##⇥总则), makes an
indent and no table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.language.dates import is_date
from juanzong.language.document_types import noun_of
from juanzong.language.form_lines import stands_over_table
from juanzong.language.numbering import heading_of
from juanzong.language.organs import LETTERHEAD, is_organ
from juanzong.language.text import ends_sentence
from juanzong.stages.pieces.record_heads import fills_in

_NUMBERED = re.compile(  # what no row of a table begins with: its serial numbers are bare figures
    r"[\s#*]*(?:第\s?[一二三四五六七八九十百零〇\d]{1,6}\s?[编章节条]"
    r"|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、])(?P<tab>[ 　]*\t\s*)(?=\S)"
)
_MARKED = re.compile(r"\s*(?:#(?=\s*\S{6})|#{2,6})(?P<tab>[ 　]*\t\s*)(?=\S)")  # a heading; a lone # may name a column
_CELL = 8  # characters: a sentence or title of more is no cell alone in its row
_TABS = re.compile(r"(?<=\S)\s*\t\s*(?=\S)")
_SPREAD = 4  # characters alone between tabs, from which on they may be a name set wide
_FAR = " " * 6  # between what stands over a table
_LONE = re.compile(r"\s*\p{Han}\s*")
_NAME = re.compile(r"\s*\p{Han}(?:[\p{Han}、/（）() ]{0,9}[\p{Han}）)])?\s*")  # of a column
_CONTACT = re.compile(
    r"(?:联\s*系|电\s*话|传\s*真|邮\s*[编箱]|邮政编码|地\s*址|通讯|手\s*机)(?:\s*\p{Han}){0,4}\s*[：:]\s*\S.*"
)
_LABEL = re.compile(r"\p{Han}[\p{Han}\s]{1,8}(?:[（(]\p{Han}{1,8}[）)])?\s*(?=[：:])")
_ATTACHED = re.compile(r"\s*附\s*件\s*[：:]\s*")
_PARTY = re.compile(  # who signs a contract
    r"(?:[甲乙丙丁]|(?:发包|承包|出租|承租|委托|受托|买|卖)(?=[方人]))[方人](?:[（(]\p{Han}{1,8}[）)])?\s*[：:].*"
)


def strip_tabs(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines without tabs at their ends, but for rows of a table whose first or last cells are empty."""
    headed, below = _headed(lines), _below_rows(lines)
    lines = [
        _without_inner_tabs(line, ledger) if "\t" in line.text and not headed[i] and not below[i] else line
        for i, line in enumerate(lines)
    ]
    lines = _without_lone_tabs(lines, ledger)
    inner = ["\t" in line.text.strip() for line in lines]
    lines = _outdented(lines, inner)
    texts = _texts_at_edges(lines, inner)
    out: list[Line] = []
    for i, line in enumerate(lines):
        text = line.text
        if line.block is not None or inner[i] or "\t" not in text or (_in_table(lines, inner, i) and not texts[i]):
            out.append(line)
            continue
        end = len(text.rstrip())
        out.append(line.holding(line.traced[len(text) - len(text.lstrip()) : end]))
    return out


def _below_rows(lines: Sequence[Line]) -> list[bool]:
    """For each line, whether it is led by several tabs and has as many as the row right above it: a row whose first cells
    are empty. A number set in as far (⇥⇥（一）⇥查验证件) is no row, unless it stands below one itself."""
    out: list[bool] = []
    for i, line in enumerate(lines):
        led = _led(line.text)
        rows = led > 1 and i > 0 and not line.blanks and lines[i - 1].text.count("\t") == line.text.count("\t")
        above = lines[i - 1].text if rows else ""
        out.append(rows and (out[-1] or _led(above) != led or _NUMBERED.match(above) is None))
    return out


def _headed(lines: Sequence[Line]) -> list[bool]:
    """For each line, whether names of columns stand above it (节次⇥课程) and rows of as many tabs between: it is a row, though
    its first cell is a number that headings have, too (第一节⇥语文)."""
    out: list[bool] = []
    for i, line in enumerate(lines):
        tabs = line.text.count("\t")
        rows = tabs > 0 and i > 0 and not line.blanks and lines[i - 1].text.count("\t") == tabs
        out.append(rows and (out[-1] or _names_columns(lines[i - 1].text)))
    return out


def _names_columns(text: str) -> bool:
    cells = text.split("\t")
    if not all(map(_NAME.fullmatch, cells)):
        return False
    bare = "".join(text.split())
    return heading_of(bare) is None and not _is_prose(bare) and not all(map(is_organ, cells))


def _outdented(lines: Sequence[Line], inner: Sequence[bool]) -> list[Line]:
    """The lines; where a tab leads a line of text and all that stands below it, rows of a table among them, it sets them
    in, and the rows have no empty first cell."""
    out: list[Line] = []
    for led, run in groupby(
        zip(lines, inner, strict=True), lambda x: x[0].block is None and x[0].text.startswith("\t")
    ):
        found = list(run)
        first = found[0][0].text.strip()
        of_text = led and not found[0][1] and (ends_sentence(first) or heading_of(first) is not None)
        outdents = of_text and any(row for _, row in found)
        out += [x.holding(x.traced[1:]) if outdents else x for x, _ in found]
    return out


def _texts_at_edges(lines: Sequence[Line], inner: Sequence[bool]) -> list[bool]:
    """For each line, whether it is one of several led by tabs that are text right above or below a table: they have rows
    on one side alone, and one is numbered, announces something or signs. Where lines led by tabs stand between rows and
    tell nothing of the kind, the first cells of rows are empty, and none is."""
    out: list[bool] = []
    for led, run in groupby(range(len(lines)), lambda i: not inner[i] and lines[i].text.startswith("\t")):
        found = list(run)
        above, below = found[0] > 0 and inner[found[0] - 1], found[-1] + 1 < len(lines) and inner[found[-1] + 1]
        said = [lines[i].text.strip() for i in found]
        tells = any(heading_of(s) or s.endswith(("：", ":")) or is_organ(s) for s in said) if led else False
        if led and above and below and not tells:
            return [False] * len(lines)
        out += [tells and above != below] * len(found)
    return out


def _without_inner_tabs(line: Line, ledger: Ledger) -> Line:
    """The line with blanks for the tab behind its number, where it has no other (一、⇥总体要求), and for those between
    organs or parties that sign side by side, who signs and the date, ways to reach one (联系人：…⇥电话：…), what stands over
    a table or below it (表1 收支⇥单位：万元, 填表人：…⇥审核人：…), or a label and the first attachment."""
    if line.block is not None:
        return line
    parts = [part for part in line.text.split("\t") if part.strip()]
    if len(parts) >= _SPREAD and all(_LONE.fullmatch(part) for part in parts) and _hides(parts):
        tabs = [(m.start(), m.end(), "") for m in _TABS.finditer(line.text.rstrip())]
        return line.holding(ledger.replace_all(line.traced, tabs, "tab-in-text"))
    fields = _fields(parts)
    by_table = stands_over_table(parts) or fills_in("  ".join(parts))
    beside = all(map(is_organ, parts)) or all(map(_CONTACT.match, fields)) or _sign(fields) or by_table
    signed = len(parts) == 2 and (_ATTACHED.fullmatch(parts[0]) or (is_organ(parts[0]) and is_date(parts[1])))
    if len(parts) > 1 and (beside or signed):
        text = line.text.rstrip()
        wide = _FAR if by_table else "  "
        behind_label = wide if text.endswith("：") else " "  # labels without values stand apart
        tabs = [(*m.span(), behind_label if line.text[m.start() - 1] in "：:" else wide) for m in _TABS.finditer(text)]
        return line.holding(ledger.replace_all(line.traced, tabs, "tab-in-text"))
    m = _MARKED.match(line.text) or _NUMBERED.match(line.text)
    if m is None or "\t" in line.text[m.end("tab") :].rstrip():
        return line
    return line.holding(ledger.replace(line.traced, *m.span("tab"), " ", "tab-in-text"))


def _without_lone_tabs(lines: Sequence[Line], ledger: Ledger) -> list[Line]:
    """The lines without the tab that parts a sentence in two, where a tab sets the line in and no row stands beside it: a
    table has more rows."""
    rows = [line.block is None and "\t" in line.text.strip() for line in lines]
    out = list(lines)
    for i, line in enumerate(lines):
        if not rows[i] or _led(line.text) != 1 or any(rows[k] for k in (i - 1, i + 1) if 0 <= k < len(lines)):
            continue
        tabs = list(_TABS.finditer(line.text.rstrip()))
        said = line.text.strip()
        whole = len(tabs) == 1 and said.endswith("。") and "。" not in said[:-1]
        if whole and (heading_of(said) is None or line.text[tabs[0].start() - 1] in "，、"):
            out[i] = line.holding(ledger.replace(line.traced, *tabs[0].span(), "", "tab-in-text"))
    return out


def _fields(parts: Sequence[str]) -> list[str]:
    """The labels in a line that tabs part, each with the value that a tab parts from it.

    >>> _fields(["联系人：", "王某", "电话：0591"]), _fields(["甲方：", "乙方："])
    (['联系人：王某', '电话：0591'], ['甲方：', '乙方：'])
    """
    out: list[str] = []
    for part in map(str.strip, parts):
        if out and out[-1].endswith(("：", ":")) and not part.endswith(("：", ":")):
            out[-1] += part
        else:
            out.append(part)
    return out


def _sign(fields: Sequence[str]) -> bool:
    """Whether fields are those of the parties to a contract: each names one, or the same label stands for two (法定代表人：)."""
    labels = [m[0] if (m := _LABEL.match(field)) else "" for field in fields]
    return all(map(_PARTY.match, fields)) or (len(fields) > 1 and bool(labels[0]) and len(set(labels)) == 1)


def _hides(parts: Sequence[str]) -> bool:
    """Whether characters that tabs part are a letterhead, an organ, a chapter or a title."""
    bare = "".join("".join(parts).split())
    head = heading_of(bare)
    return (head is not None and head.rank <= 2) or is_organ(bare) or LETTERHEAD.match(bare) is not None


def _in_table(lines: Sequence[Line], inner: Sequence[bool], i: int) -> bool:
    """Whether rows with tabs between their cells stand right above or below, lines with tabs at their ends between; a
    title is no row, nor a sentence, but right below one, or where it has as many tabs as the row above it, and more than
    one of them leads it: its first cells are empty, and so may be those of lines between."""
    if _is_prose(lines[i].text):
        if _between_rows(lines, inner, i):
            return True
        led, k = _led(lines[i].text), i - 1
        while k >= 0 and not (inner[k] or lines[k + 1].blanks) and led > 1 and _led(lines[k].text) == led:
            k -= 1
        if k < 0 or not inner[k] or lines[k + 1].blanks:
            return False
        cells = led > 1 and lines[k].text.count("\t") == lines[i].text.count("\t")
        return cells or (k == i - 1 and ends_sentence(lines[i].text.strip()))
    for step in (-1, 1):
        k = i
        while 0 <= k + step < len(lines) and not lines[max(k, k + step)].blanks and "\t" in lines[k + step].text:
            k += step
            if inner[k]:
                return True
            if _is_prose(lines[k].text):
                break
    return False


def _between_rows(lines: Sequence[Line], inner: Sequence[bool], i: int) -> bool:
    """Whether line i begins with several empty cells and has as many tabs as the rows right above it, on the page before
    perhaps, and right below it: the rest of a row that a page cut."""
    tabs = lines[i].text.count("\t")
    return (
        _led(lines[i].text) > 1
        and 0 < i < len(lines) - 1
        and inner[i - 1]
        and inner[i + 1]
        and lines[i - 1].text.count("\t") == tabs == lines[i + 1].text.count("\t")
        and not lines[i + 1].blanks
    )


def _led(text: str) -> int:
    """How many tabs lead a line."""
    return len(text) - len(text.lstrip("\t"))


def _is_prose(text: str) -> bool:
    bare = text.strip()
    noun = noun_of(bare)
    return (ends_sentence(bare) and len(bare) > _CELL) or (
        noun is not None and noun[1] == "strong" and len(bare) > _CELL
    )
