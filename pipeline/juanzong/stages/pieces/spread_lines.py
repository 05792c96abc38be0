"""Lines in which blanks spread the words and part no columns."""

from __future__ import annotations

from collections.abc import Sequence

import regex as re

from juanzong.core.lines import Line
from juanzong.language import elements as el
from juanzong.language.annex_marks import marks_annex
from juanzong.language.numbering import BOX, FIGURE_CAPTION, RANK, TABLE_CAPTION, UNNUMBERED, heading_of
from juanzong.language.openings import meeting_label, names_parts
from juanzong.stages.tables.printed import printed_rows

_LABELLED = re.compile(  # 联系人：… 电话：…; 甲方（盖章）：… 乙方（盖章）：…
    r"(?:\p{Han}(?:\s*\p{Han}){0,7}\s*(?:[（(][^（）()\s]{1,8}[）)]\s*)?[：:](?:\s*(?:\p{Han}\s{1,4}\p{Han}(?!\S)|[^\s：:]+))?\s*){2,}"
)
_OPTIONS = re.compile(r"[AＡ]\s*[．.、:：)）]\s*\S.*\s[BＢ]\s*[．.、:：)）]\s*\S")  # of a question
_BLANK_DATE = re.compile(r"(?:^|\s)年\s+月\s*日$")
# places that a form leaves to be filled in within a sentence: 自20　　年　　月　　日起, ______校区______楼______室
_TO_FILL = re.compile(r"年\s{2,}月\s{2,}日|[_＿]{2,}\s*\p{Han}[^_＿]*[_＿]{2,}\s*\p{Han}")
_SIGNED = re.compile(  # 投标人：　　　　（盖单位章）; 法定代表人或其委托代理人：　　　（签字）
    r"\S.*[：:]\s{2,}(?:\S.*\s)?[（(](?:\p{Han}{0,6}(?:签|盖|章)\p{Han}{0,6})[）)]$"
)
_TO_SEAL = re.compile(r"\p{Han}{2,12}\s?[（(]\p{Han}{0,4}[签章]\p{Han}{0,2}[）)][：:]?")  # 项目法人（盖章）
_SPREAD_LABEL = re.compile(r"(?:\d{1,2}(?:[.．]\d{1,2})*[.．、]?\s?)?\p{Han}\s{2,}\p{Han}[：:]")
_NUMBER_APART = re.compile(r"\d{1,2}(?:[.．]\d{1,2}){1,3}\s+\p{Han}\S*(?: \S+)*$")  # 2.1　课程一览表: a heading
_MOST_SIGNERS = 12  # lines over a date
_GAP = re.compile(r"\s{2,}")
_FIGURED = re.compile(r"\d{1,2}(?:[.．]\d{1,2}){0,3}[.．、]?\s{2,}[\p{Han}、，“”]{2,30}")  # 1  总则
_ONE_WORD = re.compile(r"\p{Han}(?:\s{2,}\p{Han}){1,3}")
_CLAUSE = re.compile("[，。；]")
_MOST_GAPS = 2  # wide blanks in the name of an organ that signs, its characters or words apart
_PROSE = 20  # characters of a line of a paragraph


def is_spread(text: str) -> bool:
    """Blanks in a line that is no row: a heading or caption, the mark of an annex, an imprint, organs that sign, a letterhead,
    numbers of a joint letter,
    a label spread out (组  长：), labels with their values, a seal beside a date to be filled in (盖章　　年　月　日)."""
    text = text.strip("*_")
    forms = (BOX, TABLE_CAPTION, FIGURE_CAPTION, el.PRINTED_ON, _SPREAD_LABEL, _NUMBER_APART)
    return (
        names_organs(text)
        or is_chapter(text)
        or UNNUMBERED.match(text) is not None
        or names_parts(text)
        or any(p.match(text) for p in forms)
        or any(
            all(map(said, _GAP.split(text))) for said in (el.is_date, el.is_doc_number, _TO_SEAL.fullmatch)
        )  # when they signed, where they do
        or el.signed_number(text) is not None
        or (text.endswith("件") and _is_letterhead(text))
        or el.is_approval(text)
        or el.is_date("".join(text.split()))
        or bool(_LABELLED.fullmatch(text) or _OPTIONS.match(text) or _BLANK_DATE.search(text) or _SIGNED.match(text))
        or _TO_FILL.search(text) is not None
        or meeting_label(text) > 0
        or el.is_label(text)
        or marks_annex(text)
        or any(p.match(text) for p in (el.ATTACHMENT_LIST, el.ATTACHMENT_NAMED))  # 附件：1.甲表　　2.乙表
    )


def names_organs(text: str) -> bool:
    """Whether a line names organs that sign, side by side, or one, its characters or words apart."""
    parts = _GAP.split(text)
    return all(map(el.is_organ, parts)) or (el.is_signatory(text) and len(parts) <= _MOST_GAPS + 1)


def heads_form(lines: Sequence[Line], i: int) -> bool:
    """Whether line i, which names an organ behind other words, is a row of a form: the line right below stands in the same
    two columns, and names none."""
    if i + 1 == len(lines) or lines[i + 1].blanks or not names_organs(lines[i].text.strip()):
        return False
    above, below = (printed_rows([line])[0].cells for line in lines[i : i + 2])
    aligned = len(above) > 1 and [c.at for c in above[:2]] == [c.at for c in below[:2]]
    return aligned and not is_spread(lines[i + 1].text.strip())


def is_word(text: str) -> bool:
    """Whether a line is a single word, its characters wide apart (致  谢, 承  诺  书)."""
    return _ONE_WORD.fullmatch(text) is not None


def _is_letterhead(text: str) -> bool:
    """Whether a line says who issues and, apart from it, 文件: no names of columns."""
    whose, *word = re.split(r"\s{2,}|　+", text.strip())
    return ["".join(w.split()) for w in word] == ["文件"] and el.is_organ(whose)


def is_chapter(text: str) -> bool:
    """Whether a line is the title of a chapter, however its characters are spread (第一章　总　　则), or marked by ##."""
    bare = text.lstrip("*_")
    head = heading_of(bare) if bare[:1] == "第" else None
    return text.startswith("##") or (head is not None and head.rank <= RANK["节"])


def heads_prose(lines: Sequence[Line], i: int) -> bool:
    """Whether line i is a number and a few words, wide apart, over a paragraph and under no columns: 1.2  总体要求."""
    text = lines[i].text.strip()
    if not text[:1].isdecimal() or i + 1 == len(lines) or _FIGURED.fullmatch(text) is None:
        return False
    below = lines[i + 1].text.strip()
    prose = len(below) >= _PROSE and _CLAUSE.search(below) is not None and _GAP.search(below) is None
    return prose and (i == 0 or _GAP.search(lines[i - 1].text.strip()) is None)


def signs_above_date(lines: Sequence[Line], i: int) -> bool:
    """Whether a line says who signs, and such lines and nothing else stand from there to a date."""
    for k in range(i, min(i + _MOST_SIGNERS, len(lines))):
        if el.is_date(lines[k].text):
            return k > i
        if not el.is_signatory(lines[k].text):
            return False
    return False
