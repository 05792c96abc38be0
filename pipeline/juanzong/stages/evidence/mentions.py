"""Texts -> where they name documents: a title in 《》 with what stands behind it, number and date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex as re

from juanzong.core import tree
from juanzong.core.traced import Traced
from juanzong.language.doc_numbers import number_at_end
from juanzong.language.document_types import number_start

_TITLE = r"《(?P<title>(?:[^《》]|《[^《》]*》)*)》"
_NUMBER = r"\p{Han}[\p{Han} ]{0,16}?\s?[〔\[（(［【]\s*(?:19|20)\d{2}\s*[〕\]）)］】]\s*(?:第\s*)?\d{1,5}\s*号"
_DATE = r"(?:19|20)\d{2}\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?"
_ACT = r"\s*(?:印发|发布|公布|颁布|下发|出台|通过|施行|实施|修订)?"
_BEHIND = (
    rf"(?:\s*[（(]\s*(?P<number>{_NUMBER})(?:\s*[，,、；;]\s*(?P<date>{_DATE}){_ACT})?\s*(?P<close>[）)])?"
    rf"|\s*[（(]\s*(?P<date2>{_DATE}){_ACT}(?:\s*[，,、；;]\s*(?P<number3>{_NUMBER}))?\s*[）)]"
    rf"|(?:的(?:通知|决定|公告|通告|函))?\s*(?P<number2>{_NUMBER}))?"
)
_MENTION = re.compile(_TITLE + _BEHIND)
_CALLED = r"(?:(?:以下|下)(?:统称|简称|称)|(?<=[（(])简称)(?:为)?[:：]?\s*[“「『\"]?"
_DEFINED = re.compile(rf"{_CALLED}$")
DEFINITION = re.compile(
    rf"\s*[（(]?[，,]?\s*{_CALLED}《?(?P<name>[^《》“”「」『』\"（()）]{{1,12}})》?[”」』\"]?\s*[）)]?"
)
SHORT = re.compile(
    r"(?:本|该)?(?:规划|纲要|方案|计划|行动计划|实施方案|措施|若干措施|意见|条例|办法|规定|通知|决定|细则|报告)(?:纲要|意见)?(?:[（(]?草案[）)]?)?"
)
_BACK = re.compile(
    r"(?:该|上述|前述)(?P<noun>规划|纲要|方案|行动计划|计划|措施|意见|条例|办法|规定|细则|章程|通知|决定)"
    r"(?=第|还|也|又|中|[\s，。；：、“]|提出|规定|明确|要求|指出|强调|确定|部署|印发|实施|施行)"
)
_REMARK = re.compile(r"(?:\s*[（(][^（）()]*[）)])+$")


@dataclass(eq=False)
class Mention:
    """text[start:end] of a document names a document."""

    carrier: tree.Document
    text: Traced
    start: int
    end: int
    title: str
    number: str | None = None
    date: str | None = None
    scope: str = "elsewhere"
    print: int = 1
    defined: bool = False  # it says what a short name stands for
    short: bool = False
    stands_for: tree.Document | None = None  # a short name's document
    refers: Mention | None = None  # of a short name that the text defines: what it stands for

    @property
    def span(self) -> Traced:
        return self.text[self.start : self.end]


def mentions_in(text: Traced, carrier: tree.Document, scope: str, print_: int = 1) -> Iterator[Mention]:
    """Every 《…》 of a text with the number and date behind it, in order."""
    plain = text.text
    if "《" not in plain:
        return
    for m in _MENTION.finditer(plain):
        title = m["title"].strip()
        if not title or "\n\n" in title:
            continue
        number = m["number"] or m["number2"] or m["number3"]
        end = m.end()
        if m["number"] and not m["close"]:  # （文号，以下简称…）: all up to the number
            end = m.end("date") if m["date"] else m.end("number")
        yield Mention(
            carrier,
            text,
            m.start(),
            end,
            title,
            number,
            m["date"] or m["date2"],
            scope,
            print_,
            defined=bool(_DEFINED.search(plain[max(0, m.start() - 12) : m.start()])),
            short=SHORT.fullmatch(title) is not None,
        )


def name_shorts(mentions: Sequence[Mention]) -> None:
    """The mentions of one text, in order: those by a name that the text defines behind another mention are short names of
    what that one names."""
    names: dict[str, Mention] = {}
    for m in mentions:
        if (named := names.get(m.title)) is not None or m.defined:
            m.short, m.refers = True, named
        if (told := DEFINITION.match(m.text.text, m.end)) is not None:
            names[told["name"].strip()] = m


def pointing_back(text: Traced, carrier: tree.Document, scope: str, said: Sequence[Mention]) -> list[Mention]:
    """What a text names in 《》 (`said`, in order), and the words that point back to the last of them, where its title ends in
    the same noun: 该方案, 上述条例."""
    found = list(said)
    for m in _BACK.finditer(text.text):
        last = next((x for x in reversed(said) if x.end <= m.start()), None)
        if last is not None and not last.defined and bare_noun(last.title).endswith(m["noun"]):
            back = Mention(carrier, text, m.start(), m.end(), m[0], scope=scope, short=True, refers=last)
            found.append(back)
    return sorted(found, key=lambda x: x.start)


def bare_noun(title: str) -> str:
    """A title without what stands in brackets behind its noun."""
    return _REMARK.sub("", title.strip())


def mention_without_marks(text: Traced, carrier: tree.Document, scope: str, print_: int = 1) -> Mention | None:
    """A whole entry or item that is a title with no marks round it, and maybe its number."""
    plain = text.text
    if "《" in plain:
        return None
    at = number_start(plain.rstrip())
    said = number_at_end(plain[at:])
    title, number = plain[:at].strip(), (said["value"] if said else plain[at:].strip().strip("（()） ")) or None
    if not title:
        return None
    start = len(plain) - len(plain.lstrip())
    return Mention(carrier, text, start, len(plain.rstrip()), title, number, None, scope, print_)
