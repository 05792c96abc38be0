"""Items -> items: annex marks and lists of attachments brought to one form. An annex's mark and title that stand in one
line (附件1：某某表) are parted; 附件： alone above what it lists goes on with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

import regex as re

from juanzong.core.ledger import Ledger
from juanzong.language import elements as el
from juanzong.language.alike import skeleton
from juanzong.language.annex_marks import FILE_NAMED, MARK_NOTED, NUMERAL, counts_copies, names_in, ordinal_in
from juanzong.language.numbering import heading_of
from juanzong.language.text import ends_sentence, number_of, unbalanced
from juanzong.stages.documents.stands_over import names_below
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.notes import note_head

_MOST_SIGNATORIES = 8
_MOST_LISTED = 30  # attachments of one list
_LONGEST = 90
_LAST_NUMBER = re.compile(NUMERAL)
LONGEST_KNOWN = 130  # characters of a title that a list names
_FULL, _REST = 20, 24  # characters of a line that may wrap, at least; of what it wraps to, at most
_COUNTED = re.compile(
    rf"(?P<mark>\s*[【\[]?\s*(?:材\s*料|资\s*料|文\s*件|附)\s*(?P<number>{NUMERAL})\s*[】\]]?(?:\s*[:：、.．]|(?=\s))\s*)(?P<title>\S.{{1,90}})$"
)
_TITLED = re.compile(
    rf"(?P<mark>\s*[（(【\[]\s*附\s*(?:件|录)\s*(?P<number>{NUMERAL})?(?:[-—－]\d{{1,2}})?\s*[）)】\]]\s*[:：]?"
    rf"|\s*附\s*(?:[:：]|(?P<number>{NUMERAL})\s*[:：]|表\s*[:：]|(?:件|录)\s*(?P<number>{NUMERAL})?(?:[-—－]\d{{1,2}})?(?:\s*[:：]|(?=\s))))\s*"
    r"(?P<title>(?!\d{1,2}\s*[.．、](?!\d)|(?:下载|附后|后附|另附|如[上下]|见后)$)\S.{1,90})$"
)
# 附件2-7服务方案, where the line is set as a heading or begins a page
_STUCK = re.compile(
    r"(?P<mark>\s*附\s*[件录]\s*(?P<number>\d{1,2})(?:[-—－]\d{1,2})?)(?P<title>[《\p{Han}]\p{Han}{2}.{0,86})$"
)
# 附表2：某某表, in a text the caption of a table; what a signed text has behind its date are annexes
_TABLE_TITLED = re.compile(
    rf"(?P<mark>\s*附\s*表\s*(?P<number>{NUMERAL})(?:\s*[:：]|(?=\s))\s*)(?P<title>\S.{{2,90}})$"
)

_BRACKETED = re.compile(rf"\s*[（(【\[]\s*附\s*[件录]\s*{NUMERAL}\s*[）)】\]]")

_NUMBERED = re.compile(rf"\s*附\s*[件录]?\s*{NUMERAL}\s*[:：]?")


def part_annex_marks(items: Sequence[Item]) -> list[Item]:
    """Items in order; where an annex begins with mark and title in one line, two items. The lines of a list of
    attachments (附件说明) look alike: an annex begins a page, is set as a heading, follows what closes a text, bears
    a title that was listed before, or stands with its number in brackets behind text that is at an end."""
    out: list[Item] = []
    listed: set[str] = set()
    counted = _counted_parts(items) | _tables_behind_a_date(items)
    for k, item in enumerate(items):
        m = _COUNTED.match(item.s) or _TABLE_TITLED.match(item.s) if k in counted else _titled(item)
        if m is None:
            listed |= {skeleton(name) for _, name in listed_attachments(items, k)}
            out.append(item)
            continue
        before = next((x for x in reversed(out) if not x.rule), None)
        title = skeleton(m["title"])
        part = k in counted or el.PART_TITLED.match(item.s) is not None
        ends = before is not None and not item.begins_page and _counts_from(before, item, listed)
        file = FILE_NAMED.search(m["title"]) is not None  # a link to it, on a web page
        begins = part or _begins(item, before, title in listed) or _numbers_anew(items, k, before)
        begins = begins or (before is not None and before.kind == "table" and _counts_on(out, m))
        if not file and begins and not _goes_on(items, k) and not ends:
            out.append(item.holding(item.text[: m.end("mark")]))
            out.append(replace(item.holding(item.text[m.start("title") :]), blanks=0, page_break=False))
        else:
            listed.add(title)
            out.append(item)
    return out


def listed_attachments(items: Sequence[Item], k: int) -> Iterator[tuple[int, str]]:
    """The titles in the list of attachments that begins at item k (附件：1.某某表, 2.某某办法), each with the index of its
    item; nothing where none does."""
    if items[k].kind != "text" or "附" not in items[k].s[:8] or len(items[k].s) >= LONGEST_KNOWN:
        return
    m = el.ATTACHMENT_LIST.match(items[k].s)
    if m is None:
        if named := el.ATTACHMENT_NAMED.match(items[k].s):
            yield k, named["title"].rstrip("；;，,。 ")
        return
    last: tuple[int, ...] = ()
    for at, later in enumerate(items[k : k + _MOST_LISTED], k):
        text = m["first"] if at == k else later.s if later.kind == "text" else ""
        found = names_in(text) or ([((1,), text)] if at == k else [])
        if not found or (last and not el.counts_on(last, found[0][0])) or (last and len(text) >= LONGEST_KNOWN):
            return
        last = found[-1][0]
        yield from ((at, title) for _, title in found)


def _counts_from(before: Item, item: Item, listed: Collection[str]) -> bool:
    """Whether a line names the part that follows the one the line before lists (佐证材料2：… under 佐证材料1：…): parts of
    nothing but names are a list, whose last one has no text either."""
    above, here = el.PART_TITLED.match(before.s), el.PART_TITLED.match(item.s)
    if above is None or here is None or skeleton(above["title"]) not in listed:
        return False
    last, own = (number_of(_LAST_NUMBER.findall(m["mark"])[-1]) or 0 for m in (above, here))
    return own == last + 1


def _counted_parts(items: Sequence[Item]) -> set[int]:
    """The lines 材料一：…, 材料二：… that part a bundle: they count from one, and say mostly what documents say."""
    found: list[tuple[int, str]] = []
    for k, item in enumerate(items):
        m = _COUNTED.match(item.s) if item.is_text else None
        if m is not None and number_of(m["number"]) == len(found) + 1 and el.may_be_title(m["title"]):
            found.append((k, m["title"]))
    named = sum(el.noun_of(t) is not None or any(names_below(t, x.s) for x in items[k + 1 : k + 2]) for k, t in found)
    apart = all(b - a > 1 for (a, _), (b, _) in pairwise(found))  # what is to be handed in stands line below line
    return {k for k, _ in found} if len(found) > 1 and 2 * named >= len(found) and apart else set()


def _tables_behind_a_date(items: Sequence[Item]) -> set[int]:
    """The lines 附表1：…, 附表2：… that head tables, the first right behind the date that closes a text, each next one behind
    a table."""
    found: set[int] = set()
    number = 0  # of the last one
    for k, (before, item) in enumerate(pairwise(items), 1):
        m = _TABLE_TITLED.match(item.s) if item.is_text and item.s.lstrip()[:1] == "附" else None
        if m is None or k + 1 == len(items) or items[k + 1].kind != "table":
            continue
        own = number_of(m["number"]) or 0
        first = own == 1 and before.is_text and bool(el.is_date(before.s))
        if first or (number and own == number + 1 and before.kind == "table"):
            found.add(k)
            number = own
    return found


def join_attachment_labels(items: Sequence[Item], ledger: Ledger) -> list[Item]:
    """附件： alone in a line goes on with the first title under it where the titles are a list: they are numbered, or
    what follows them signs, dates or is an annex's own mark; where text follows, the line heads an annex."""
    out: list[Item] = []
    skip = False
    for k, item in enumerate(items):
        if skip:
            skip = False
            continue
        if item.is_text and el.BARE_MARK.match(item.s) and _names_nothing(items, k):
            ledger.drop_ranges(item.text, "label", category="format")
            continue
        if item.is_text and el.BARE_MARK.match(item.s) and _is_list(items, k):
            after = items[k + 1]
            text = ledger.join(item.text, after.text, "attachment-label")
            item = replace(item.holding(text), lines=[*item.lines, *after.lines])
            skip = True
        out.append(item)
    return out


def join_wrapped_attachments(items: Sequence[Item], ledger: Ledger) -> list[Item]:
    """The title of an attachment that breaks off in its line (附件：…拟录用人 / 员名单) goes on in the next."""
    out: list[Item] = []
    for item in items:
        before = out[-1] if out else None
        if before is not None and _breaks_off(before) and _ends_title(before, item):
            before.take_rest(item, "wrapped-attachment", ledger)
        else:
            out.append(item)
    return out


def _breaks_off(item: Item) -> bool:
    """Whether an item names an attachment in a full line that ends in no noun of a title, or in an open bracket."""
    listed = item.is_text and (el.ATTACHMENT_LIST.match(item.s) or el.ATTACHMENT_NAMED.match(item.s))
    if not listed or len(item.s) < _FULL or ends_sentence(item.s):
        return False
    return unbalanced(item.s) > 0 or el.type_of_title(item.s) is None


def _ends_title(item: Item, rest: Item) -> bool:
    """Whether the next line is the end of an attachment's title: short, no title by itself, and with it the title has its
    noun; or it closes the bracket that the title left open, be it on the next page."""
    if unbalanced(item.s) > 0:
        return rest.is_text and len(rest.s) <= _REST and unbalanced(item.s + rest.s) == 0 and not rest.level
    return (
        rest.is_text
        and not rest.begins_page
        and len(rest.s) <= _REST
        and not rest.level
        and "关于" not in rest.s
        and el.may_be_title(rest.s)
        and el.organs_in(rest.s) is None
        and el.type_of_title(item.s + rest.s) is not None
    )


def _names_nothing(items: Sequence[Item], k: int) -> bool:
    """Whether the label at items[k] stands over who signs and the date: what it named is not printed (a link of a web
    page)."""
    if items[k].begins_page or not items[k].s.rstrip().endswith(("：", ":")) or k + 2 >= len(items):
        return False
    organ, day = items[k + 1 : k + 3]
    return organ.is_text and day.is_text and el.is_organ(organ.s) and bool(el.is_date(day.s))


def _is_list(items: Sequence[Item], k: int) -> bool:
    """Whether the mark at items[k] heads a list of attachments that are printed elsewhere."""
    later = list(islice(items, k + 1, k + 2 + _MOST_LISTED))
    if not later or not _may_be_listed(later[0]) or not items[k].s.rstrip().endswith(("：", ":")):
        return False
    if FILE_NAMED.search(later[0].s):
        return True
    number = el.ATTACHMENT_ITEM.match(later[0].s)
    n, last = 1, el.attachment_number(number) if number else ()
    while number and n < len(later):
        after = el.ATTACHMENT_ITEM.match(later[n].s) if _may_be_listed(later[n]) else None
        if after is None or not el.counts_on(last, el.attachment_number(after)):
            break
        n, last = n + 1, el.attachment_number(after)
    while not number and n + 1 < len(later) and _may_be_listed(later[n]) and not el.is_signatory(later[n].s):
        n += 1
    if not number and n > 1:  # titles without numbers: who signs, and when, must follow
        return el.is_signatory(later[n].s) and n + 1 < len(later) and el.is_date(later[n + 1].s)
    behind = later[n] if n < len(later) else None
    if behind is None or behind.kind != "text":
        return behind is None and n >= 1 and bool(number)
    closes = (
        el.is_date(behind.s)
        or el.is_signatory(behind.s)
        or bool(el.ANNEX_MARK.match(behind.s) or _TITLED.match(behind.s))
    )
    return closes or el.is_of_imprint(behind.s)


def _may_be_listed(item: Item) -> bool:
    if not item.is_text or len(item.s) > _LONGEST or ends_sentence(item.s):
        return False
    return bool(el.ATTACHMENT_ITEM.match(item.s)) or el.may_be_title(item.s)


def _titled(item: Item) -> re.Match[str] | None:
    if not item.is_text:
        return None
    m = _TITLED.match(item.s) or el.PART_TITLED.match(item.s)
    m = _STUCK.match(item.s) if m is None and (item.level or item.begins_page) else m
    named = m is not None and not (
        ends_sentence(m["title"]) or counts_copies(m["title"]) or MARK_NOTED.match(m["title"])
    )
    return m if m and named and el.may_name_annex(m["title"]) else None


def _begins(item: Item, before: Item | None, listed: bool) -> bool:
    return (
        listed
        or item.level > 0
        or item.begins_page
        or before is None
        or (before.kind == "text" and el.closes(before.s))
        or (_BRACKETED.match(item.s) is not None and (before.kind != "text" or ends_sentence(before.s)))
    )


def _counts_on(above: Sequence[Item], m: re.Match[str]) -> bool:
    """Whether a mark has the number behind that of the last annex's mark above, which stands alone in its line."""
    last = next((x.s for x in reversed(above) if x.is_text and el.ANNEX_MARK.match(x.s)), "")
    own = number_of(m.groupdict().get("number") or "") or 0
    return own > 1 and ordinal_in(last) == own - 1


def _numbers_anew(items: Sequence[Item], k: int, before: Item | None) -> bool:
    """Whether a mark with its number and title stands behind text at its end, and right below it numbers begin anew, or a
    table stands."""
    after = items[k + 1] if k + 1 < len(items) else None
    if before is None or after is None or not _NUMBERED.match(items[k].s):
        return False
    head = heading_of(after.s) if after.is_text else None
    anew = after.kind == "table" or (head is not None and head.ordinal == 1)
    return anew and before.is_text and ends_sentence(before.s)


def _goes_on(items: Sequence[Item], k: int) -> bool:
    """Whether the next line counts on, signs, or is an annex's own mark: then this is a line of a list."""
    later = (x for x in islice(items, k + 1, None) if not x.rule and not (x.is_text and _says_nothing(x.s)))
    ahead = list(islice(later, _MOST_SIGNATORIES))
    if not ahead or ahead[0].kind != "text":
        return not ahead
    closing = next((x for x in ahead if x.kind != "text" or not el.is_signatory(x.s)), ahead[0])
    signed = closing is not ahead[0] and el.is_date(closing.s)
    return (
        signed
        or (ahead[0].blanks <= items[k].blanks and _titled(ahead[0]) is not None)
        or el.is_date(ahead[0].s)
        or bool(el.ANNEX_MARK.match(ahead[0].s))
    )


def _says_nothing(text: str) -> bool:
    """Whether a line is no text of an annex: a note's or the label of notes, or what a page says of itself."""
    notes = note_head(text) is not None or el.CLOSING_NOTES.match(text) is not None
    return notes or el.is_label(text) or el.ABOUT.match(text) is not None
