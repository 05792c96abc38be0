"""Two headings in one line (第一章 总则　　第一条 为规范…, 第二编 … 第一章 …), a title and its document number: each gets a
line of its own. The lines of a letterhead (organs, and 文件 below them) become one."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.language import elements as el
from juanzong.language.numbering import heading_of
from juanzong.language.text import ends_sentence, number_of

_CN = r"[一二三四五六七八九十百千零〇两\d]{1,8}"
_UPPER = rf"[\s　#*]*第\s?{_CN}\s?(?P<upper>[编章节])"
# behind a short title without marks, after a blank: a heading of a lower level, a blank behind its number
_JOINED = re.compile(
    rf"{_UPPER}\s*[：:]?(?P<title>[^。，；：、]{{0,24}}?)[\s　]+"
    rf"(?=第\s?{_CN}\s?(?P<lower>[章节条])(?:之{_CN})?(?:[\s　]+|[：:]\s*)\S)"
)
# the same where no blank parts them, or none behind the number: then the article must count on with those around it
_STUCK = re.compile(
    rf"{_UPPER}[\s　]*(?P<title>\p{{Han}}(?:\p{{Han}}|、(?=\p{{Han}})){{1,15}}?)[\s　]*(?=第(?P<ordinal>{_CN})(?P<lower>条)[\s　]*\S)"
)
_ARTICLE = re.compile(rf"[\s　#*]*第\s?(?P<ordinal>{_CN})\s?条")
_CITES = re.compile("依照|按照|根据|违反|规定|所[称列]|[的和与及至、]$")  # in what is no chapter's title
_RANK = "编章节条"


def _is_text(line: Line) -> bool:
    """Whether a line is running text, also where a reader knows its paragraphs: no row, no caption."""
    return line.block is None or line.block.kind in ("paragraph", "heading")


def part_headings(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines, those of two headings parted."""
    out: list[Line] = []
    for k, line in enumerate(lines):
        while (
            _is_text(line)
            and line.text.count("第") > 1
            and (m := _JOINED.match(line.text) or _stuck(lines, k, line.text))
            and _below(m)
            and m["title"].strip()
        ):
            out.append(line.holding(line.traced[: m.end()]))
            line = line.holding(line.traced[m.end() :], blanks=0)
        out.append(line)
    return out


_BEFORE = re.compile(r"\s*(?P<number>\S[^。；]{2,40}?号)[\s　]+(?=\S.{6,100}\S\s*$)")  # 某府〔2021〕8号 某府关于…的通知


def _stuck(lines: Sequence[Line], k: int, text: str) -> re.Match[str] | None:
    """A chapter and its first article, no blank between, where the article below counts on."""
    m = _STUCK.match(text)
    if m is None or _CITES.search(m["title"]):
        return None
    below = next((a for x in lines[k + 1 : k + 1 + _FAR] if (a := _ARTICLE.match(x.text))), None)
    return m if below and number_of(below["ordinal"]) == (number_of(m["ordinal"]) or 0) + 1 else None


_FAR = 12  # lines of an article
_NUMBERED = re.compile(r"(?P<title>\S.{6,100}?\S)[\s　]+(?=\S+号[）)]?\s*$)")
_LAST = {"录": "目", "錄": "目", "次": "目", "号": "序", "件": "文"}
_MOST_ORGANS = 6  # that issue a document together


def join_letterheads(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines, those of organs right above a line 文件 in one with it, and the two of 目录, 序号 or …文件 that one
    character alone ends."""
    out: list[Line] = []
    for line in lines:
        if line.text.strip() in _LAST and _is_text(line) and out and _ends_below(out[-1], line):
            line = out[-1].holding(ledger.join(out[-1].traced.strip(), line.traced.strip(), "printed-line"))
            del out[-1]
        elif "文" in line.text and "".join(line.text.split()) == "文件" and _is_text(line):
            first = len(out)
            while first and len(out) - first < _MOST_ORGANS and _stands_over(out[first - 1], line):
                first -= 1
            for organ in reversed(out[first:]):
                line = organ.holding(ledger.join(organ.traced.strip(), line.traced.strip(), "printed-line"))
            del out[first:]
        out.append(line)
    return out


def _ends_below(above: Line, line: Line) -> bool:
    """Whether a character alone in its line ends the word above: 目 / 录, the 序 / 号 of a narrow column, or 文 / 件 behind
    an organ."""
    said, last = above.text.strip(), line.text.strip()
    if not _is_text(above) or said[-1:] not in _LAST[last]:
        return False
    return (last in "录錄次" and len(said) == 1) or (
        line.blanks == 0 and (len(said) == 1 if last == "号" else el.is_organ(said.removesuffix("文")))
    )


# what an organ's name may go on with in the next line
_RESTS = re.compile(r"(?:办公室|指挥部|领导小组|工作组|委员会|联席会议|专班|总队|支队)")
_OF_NAME = re.compile(r"\s*\p{Han}[\p{Han}（）()]{3,29}\s*$")


def join_signers(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines, the two of an organ's name that broke over a line end in one: a date stands below, and the first line
    alone names no organ."""
    out: list[Line] = []
    for k, line in enumerate(lines):
        above = out[-1] if out else None
        if (
            above is not None
            and _is_text(line)
            and _is_text(above)
            and _RESTS.match(line.text.strip())
            and k + 1 < len(lines)
            and el.is_date(lines[k + 1].text)
            and _OF_NAME.match(above.text)
            and not el.is_organ(above.text)
            and el.is_organ(above.text.strip() + line.text.strip())
            and (len(out) < 2 or ends_sentence(out[-2].text))
        ):
            out[-1] = above.holding(ledger.join(above.traced.strip(), line.traced.strip(), "printed-line"))
            continue
        out.append(line)
    return out


def _stands_over(above: Line, line: Line) -> bool:
    return _is_text(above) and not above.tabular and line.blanks <= 1 and el.is_organ(above.text)


_HEADED = re.compile(r"\s*\S.{2,40}文\s?件[\s　]{2,}(?=\S+号\s*$)")  # a letterhead with the number behind it
_NEAR = 2  # lines below, in which the addressees stand


def part_numbers(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines, those of a letterhead or a title with the number behind it parted; a title where the addressees stand
    below: elsewhere it is an entry of a list, or cites."""
    out: list[Line] = []
    for k, line in enumerate(lines):
        m = _NUMBERED.match(line.text) if line.text.rstrip("）) 　").endswith("号") and _is_text(line) else None
        if m and _is_titled(m["title"], line.text[m.end() :]) and _addressed(lines[k + 1 : k + 1 + _NEAR]):
            out.append(line.holding(line.traced[: m.end("title")]))
            line = line.holding(line.traced[m.end() :], blanks=0)
        elif (
            _is_text(line)
            and "号" in line.text
            and (m := _BEFORE.match(line.text))
            and _is_titled(line.text[m.end() :].strip(), m["number"])
            and _addressed(lines[k + 1 : k + 1 + _NEAR])
        ):
            out.append(line.holding(line.traced[m.end() :]))
            line = line.holding(line.traced[: m.end("number")], blanks=0)
        elif (
            "文" in line.text and _is_text(line) and (m := _HEADED.match(line.text)) and _is_headed(line.text, m.end())
        ):
            out.append(line.holding(line.traced[: m.end()]))
            line = line.holding(line.traced[m.end() :], blanks=0)
        out.append(line)
    return out


def _is_headed(text: str, at: int) -> bool:
    return bool(el.LETTERHEAD.match(text[:at])) and el.is_doc_number(text[at:])


def _is_titled(title: str, number: str) -> bool:
    found = el.noun_of(title)
    return found is not None and found[1] == "strong" and heading_of(title) is None and el.is_doc_number(number)


def _addressed(below: Sequence[Line]) -> bool:
    return any(el.is_addressee(line.text) for line in below)


def _below(m: re.Match[str]) -> bool:
    return _RANK.index(m["lower"]) > _RANK.index(m["upper"])
