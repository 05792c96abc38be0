"""Where a page cut a paragraph in two: whether two pieces are one, and how they are put together."""

from __future__ import annotations

from dataclasses import dataclass

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.core.terms import Evidence
from juanzong.core.traced import Traced
from juanzong.language.annex_marks import FILE_NAMED
from juanzong.language.dates import is_date
from juanzong.language.doc_numbers import is_doc_number
from juanzong.language.form_lines import is_field, names_field
from juanzong.language.numbering import heading_of
from juanzong.language.openings import meeting_label, parts_labelled, starts_anew, tells_revision
from juanzong.language.personal_names import names_officer, names_people
from juanzong.language.rows import are_rows
from juanzong.language.text import BARE_FIGURES, CLOSING, ends_sentence, unbalanced
from juanzong.stages.pieces.alone import is_translated
from juanzong.stages.pieces.items import Item
from juanzong.stages.pieces.page_widths import print_width
from juanzong.stages.structure.cut_figures import cuts_date, cuts_figure
from juanzong.stages.structure.cuts import LEAST_WIDTH, Cuts, fills_last_line, print_length
from juanzong.stages.structure.fields import GOES_ON, SENTENCE, are_entries, is_whole_field

_LONGEST_REPEAT = 2  # characters a transcriber is known to read twice across a cut
_SHORT_OF = 6  # columns: what a figure or word that could not be parted may leave at the margin
_SHORT = 0.75  # of a line's width: so far from the margin nothing breaks off
_NAME = 0.6  # of a line's width, at most
_HAN = re.compile(r"\p{Han}+$")
_GREETS = re.compile(r"\s*(?:尊敬|敬爱|亲爱|各位|同[志学]们|朋友们|女士们|您好|你好)")
_PICTURE = re.compile(r"!\[|<img\b|<!--\s*image", re.IGNORECASE)
_LONGEST_MARK = 600  # characters of a picture's mark and what is round it
_LEAST_CLAUSE = 8  # characters of one
_NAMES_LAW = re.compile(r"(?:(?:本|该|上述)(?:法|条例|办法|规定|细则|规则|章程|制度)|》|依照|按照|依据|根据|违反)\s*$")
_ARTICLE = r"第[一二三四五六七八九十百\d]{1,5}条"
_OF_ARTICLE = re.compile(
    rf"\s*{_ARTICLE}(?:[、至和及或]{_ARTICLE}){{0,9}}(?:第[^。；，]{{1,12}}[款项])?(?:的?规定|所[称列指])"
)
_BEFORE_DATE = re.compile(r"[于至自从到截在期间的和与及、，（(：:—–-]\s*$|\p{Han}期\s*$")  # what goes on with a date
_REST_OF_NAME = re.compile(r"\s*\p{Han}{0,3}(?:[、，]|等)")
_MARK = re.compile("[。；，！？：、,;:]")
_SIGN = re.compile(r"[•●■◆▲★◎►▶]\s*\p{Han}|【[^【】]{1,24}】")  # an item, a label: 【本期要目】


@dataclass
class Seams:
    """What decides about a seam: the bundle's text, what the document teaches about its cuts, whether the
    transcription shows where pages end, and whether blank lines part paragraphs."""

    source: str
    cuts: Cuts
    pages_shown: bool
    parted: bool = False

    def joins(self, text: Traced, before: Item, after: Item, page_seen: bool, ledger: Ledger) -> bool:
        """Whether `after` is the rest of `text`: judged by the earlier piece; where paragraphs are indented, by the
        margin. What only a person can decide is suggested."""
        if _are_apart(text.text, before, after) or after.bullet or before.n in self.cuts.phrases:
            return (
                False  # an item that Markdown lists begins anew, and nothing goes on with the last of a list of phrases
            )
        judgement, sure = self.cuts.at_stop.get((before.n, after.n), (None, 0.5))
        if not ends_sentence(text.text):
            if not page_seen and (_heads_text(text.text, before, after) or _ends_names(before.s, after.s)):
                return False
            if before.width or (
                print_length(before.s) >= LEAST_WIDTH - 2
                and (page_seen or not self.pages_shown)
                and (not self.cuts.wraps or self._fills(text, after))
            ):
                return True
            if self._wraps(text, before, after) or _is_open_clause(before.s, after.s) or _cites_on(before.s, after.s):
                return True
            if _is_cut_short(before.s, after.s) and (page_seen or self._parts_picture(text, after.text)):
                return True
            # it fills no printed line, or no page ended here: the print may break so, where it is no mere label
            midway = print_length(before.s) >= LEAST_WIDTH - 2 or SENTENCE.search(before.s) is not None
            judgement = "suggest" if midway else None
        elif _goes_on_behind_stop(text.text, before, after, page_seen):
            return True
        elif after.width and after.flush and before.width:
            # but a chart's label, or a reference's number ([1] …), after a full sentence
            other = BARE_FIGURES.fullmatch(after.s) or after.s.startswith(("[", "［"))
            return not other and not _breaks_off(after)
        if judgement == "suggest":
            ledger.join(text, after.text, "cut-by-page", confidence=sure, status="suggested")
        return judgement == "join"

    def _wraps(self, text: Traced, before: Item, after: Item) -> bool:
        """Whether a line end, and no page, cut a paragraph: the next line follows without the blank line that parts
        paragraphs, or a bracket is still open, or a closing mark comes first."""
        figure = text.text[-1:].isdigit() and after.s[0].isdigit()
        midway = text.text.endswith(("，", "、")) or after.s[0] in CLOSING + "，。；、" or figure
        if after.lines[0].n != before.lines[-1].n + 1 or starts_anew(after.s):
            return False
        if cuts_date(text.text, after.s):
            return True
        if print_length(before.s) < LEAST_WIDTH - 2 or not SENTENCE.search(before.s):
            clause = text.text.endswith("，") and heading_of(after.s) is None
            short = self.parted and (midway or _is_cut_short(before.s, after.s))
            opened = unbalanced(text.text) > 0 and not unbalanced(text.text + after.s)  # 根据《某通 / 知》，
            return (clause or short or opened) and ends_sentence(after.s)
        return self.parted or midway or unbalanced(text.text) > 0

    def _parts_picture(self, text: Traced, rest: Traced) -> bool:
        """Whether a picture's mark stands between two pieces, which is no part of the text."""
        between = self.source[text.ranges[-1][1] : rest.ranges[0][0]]
        return len(between) <= _LONGEST_MARK and _PICTURE.search(between) is not None

    def _fills(self, text: Traced, after: Item) -> bool:
        """Whether the paragraph so far leaves no room in its last printed line; where that cannot be told, it may."""
        return self.cuts.width is None or fills_last_line(text.text, self.cuts.width, after.s)

    def join(self, text: Traced, rest: Traced, before: Item, after: Item, ledger: Ledger) -> Traced:
        """The two pieces as one; characters read twice across the cut go where that mends the word."""
        sure = 0.99 if not ends_sentence(text.text) else self.cuts.at_stop.get((before.n, after.n), ("join", 0.95))[1]
        repeat = self._repeat(text.text, rest.text)
        if repeat:
            n, found = repeat
            a, b = rest[:n].ranges[0][0], rest[:n].ranges[-1][1]
            evidence = Evidence(
                source=(found, found + 2 * n + 2),
                text=self.source[max(0, found - 4) : found + 8],
                note="the same words stand elsewhere without the repeat",
            )
            ledger.drop(a, b, "repeat-across-cut", category="layout", confidence=0.95, evidence=[evidence])
            rest = rest[n:]
        return ledger.join(text, rest, "cut-by-page", confidence=sure)

    def _repeat(self, head: str, tail: str) -> tuple[int, int] | None:
        """(how many characters stand twice, where the bundle has the words without the repeat), or None."""
        for n in range(_LONGEST_REPEAT, 0, -1):
            if len(head) <= n + 1 or len(tail) <= n + 1 or head[-n:] != tail[:n] or not _HAN.search(head[-n:]):
                continue
            if self.source.find(head[-n - 1 :] + tail[: n + 1]) >= 0:
                continue  # the doubled word stands elsewhere: it is right
            found = self.source.find(head[-n - 1 :] + tail[n : n + 1])
            if found >= 0:
                return n, found
        return None


def _are_apart(text: str, before: Item, after: Item) -> bool:
    """Whether two pieces are none of one paragraph, whatever stands between them: by an indent, as entries, names, or the
    translation of one, as the tool before us tells, or since the later one is an item by its sign, a document's number,
    tells of a meeting or when the text was adopted."""
    return (
        bool(after.width and after.indent >= 2 and before.width)
        or are_entries(before.s, after.s)
        or is_translated(text, after.s)
        or _told_apart(before, after)
        or _are_names(before, after)
        or (names_officer(before.s) and names_officer(after.s))
        or FILE_NAMED.search(before.s) is not None
        or is_doc_number(after.s)
        or _SIGN.match(after.s) is not None
        or (is_date(after.s) and _BEFORE_DATE.search(text) is None)
        or (after.s.rstrip().endswith(("：", ":")) and names_field(after.s.strip()) and names_people(before.s))
        or meeting_label(after.s) > 0
        or tells_revision(after.s)
        or parts_labelled(before.s, after.s)
        or (before.bold and is_whole_field(before.s) and "。" in after.s)
        or (not ends_sentence(text) and are_rows(before.lines[-1].text, after.lines[0].text))
    )


def _told_apart(before: Item, after: Item) -> bool:
    """Whether a tool that saw the page took the two for paragraphs of their own on it, or both are a workbook's cells."""
    a, b = before.lines[-1], after.lines[0]
    if a.in_sheet:
        return True
    known = a.block is not None and b.block is not None and a.block is not b.block
    return known and a.mark is not None and b.mark is not None and a.mark.page == b.mark.page


def _are_names(before: Item, after: Item) -> bool:
    """Whether two printed lines are words alone that end far from the margin, as names one under the other are."""
    return all(
        item.width and 0 < print_width(item.lines[-1].text) < _NAME * item.width and not SENTENCE.search(item.s)
        for item in (before, after)
    )


def _ends_names(before: str, after: str) -> bool:
    """Whether a label and its names are whole, and a sentence that tells of something else stands below.

    >>> _ends_names("委员：马晓东、何丽娟", "委员会下设办公室，设在院感科。"), _ends_names("委员：马晓东、何丽", "娟、钱伟，共三人。")
    (True, False)
    """
    return names_people(before) and SENTENCE.search(after) is not None and _REST_OF_NAME.match(after) is None


def _is_cut_short(before: str, after: str) -> bool:
    """Whether a page cut in mid sentence a piece that is too short for a printed line: a clause stands in it, or it ends in
    the midst of a list (、), and what follows ends it.

    >>> _is_cut_short("新增岗位800个，扶持创", "业带头人40名。"), _is_cut_short("联系人：陈某，电话", "请按时报送。")
    (True, False)
    """
    clause = SENTENCE.search(before) is not None and not is_field(before)
    return (
        (clause or before.endswith("、"))
        and ends_sentence(after)
        and heading_of(after) is None
        and not starts_anew(after)
    )


def _is_open_clause(before: str, after: str) -> bool:
    """Whether a piece breaks off behind a comma, whatever stood between, a picture perhaps, and what follows ends its
    sentence; a greeting ends so as well. So where what follows begins with the comma.

    >>> _is_open_clause("为规范渡口管理，", "提高质量，制定本办法。"), _is_open_clause("尊敬的各位乘客朋友，", "欢迎乘坐。")
    (True, False)
    >>> _is_open_clause("每日检测水质", "，结果向社会公布。")
    True
    """
    clause = before.endswith(("，", "、")) or after.startswith(("，", "、", "；"))
    clause = clause and (len(before) >= _LEAST_CLAUSE or after[0] in "，、；") and _GREETS.match(before) is None
    return clause and ends_sentence(after) and heading_of(after) is None and not starts_anew(after)


def _cites_on(before: str, after: str) -> bool:
    """Whether a piece breaks off at the name of a law, and what follows is the article of it that is cited.

    >>> _cites_on("违反本办法", "第三条规定的，处罚款。"), _cites_on("为实施本办法", "第三条 销售渡船应当登记。")
    (True, False)
    """
    return _NAMES_LAW.search(before) is not None and _OF_ARTICLE.match(after) is not None


def _goes_on_behind_stop(text: str, before: Item, after: Item, page_seen: bool) -> bool:
    """Whether what ends as a sentence does goes on: a quotation, or a figure behind its point."""
    follows = page_seen or after.lines[0].n == before.lines[-1].n + 1
    return (
        (page_seen and _quotes_on(text, after.s))
        or _closes_quotation(text, after.s)
        or (follows and cuts_figure(text, after.s))
    )


def _quotes_on(text: str, rest: str) -> bool:
    """Whether a piece that ends as a sentence does goes on with a quotation: one that it has opened is closed by the
    `rest`, or its colon announces the one that the rest begins with.

    >>> _quotes_on("《甲规划》要求：“统筹推进。", "分类施策。”与此一致。"), _quotes_on("《甲规划》要求：", "“统筹推进。”与此一致。")
    (True, True)
    >>> _quotes_on("《甲规划》要求统筹推进。", "分类施策。“十四五”时期，")
    False
    """
    if text.rstrip().endswith(("：", ":")):
        return rest.lstrip().startswith("“")
    mark = re.search("[“”]", rest)
    return mark is not None and mark[0] == "”" and text.count("“") > text.count("”")


def _closes_quotation(text: str, rest: str) -> bool:
    """Whether a piece begins with the mark that closes the quotation which the text before it opened: a line was broken
    behind the stop before it."""
    return rest.startswith("”") and text.count("“") > text.count("”")


def _heads_text(text: str, before: Item, after: Item) -> bool:
    """Whether a printed piece is a few words alone that end far from the margin, above a line that begins a sentence of its
    own: what an article is about (第二条 学士学位授予条件), set above its text."""
    if not before.width or len(before.lines) > 1:
        return False
    width = print_width(before.lines[0].text)
    if width >= _SHORT * before.width or width >= 2 * (LEAST_WIDTH - 2):
        return False  # before the text is looked through, which grows with each line of a long paragraph
    ends = _MARK.search(text) is None and not unbalanced(text) > 0 and not cuts_date(text, after.s)
    return ends and not text.endswith(GOES_ON) and not after.s.startswith(GOES_ON)


def _breaks_off(item: Item) -> bool:
    """Whether a printed line ends short of the margin and ends no sentence: a name, a mark, a title."""
    return (
        len(item.lines) == 1 and not ends_sentence(item.s) and print_width(item.lines[0].text) < item.width - _SHORT_OF
    )
