"""What each sign of a title is worth, and a title with its signs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

# What a sign is worth; a title needs START in all. Set on the made-up bundles, the annotated parts of the real one and
# made-up notices, laws and replies.
START = 4.0
DOUBTFUL = 0.75  # a title whose second-best reading is nearer than that may be none
WORTH = {
    "known": 5.0,  # the bundle names it: its contents list, a notice that issues it, a list of annexes
    "nearly known": 4.0,  # ... but for a slip
    "noun": 2.0,
    "weak noun": -1.0,  # a noun that headings end in as well
    "no noun": -2.0,
    "tail line": 0.5,  # what ends it in brackets stands in a line of its own
    "page": 1.5,  # a page or two blank lines before it
    "marked": 1.0,  # Markdown, bold, centred, the tool's own label
    "heads sheet": 3.0,  # a sheet of a workbook (or a Word file) begins with it, and a table is below
    "closed": 1.5,  # what stands before ends a text
    "signed off": 1.5,  # ... with a date or a seal
    "gap": 1.0,  # a blank line before it, where few lines have one
    "gaps part": 3.0,  # ... and many do, all where documents begin
    "gap parts": 2.5,  # ... and those that do begin documents
    "set as titles": 2.0,  # a tool sets it as titles before it, and no numbered heading
    "posted": 5.0,  # Markdown or a tool sets it above all else, and the labels of a web page's head follow
    "form follows": 1.0,  # a label and its value
    "kind opens": 3.0,  # what follows opens a text of the kind that it names: 甲方：, 会议时间：
    "form again": 5.0,  # a label and its value, as under other prints of the same title
    "other part": 3.0,  # ... under which, in brackets, another year or part stands
    "sibling": 3.0,  # it says what a title before it does, but for a number, or for whose it is
    "imprint follows": -4.0,  # what ends a document: it is a stray line
    "labelled": -4.0,  # a label with its value: 日期：…, 甲方：…
    "in force": 1.0,  # ... by the clause that puts it into force, and Markdown or the reader's tool marks the line
    "head follows": 3.0,  # number, addressees, who adopted it, date, organ, contents list
    "writers follow": 6.0,  # who wrote a paper, and its abstract
    "adopted": 2.0,  # ... and it is who adopted it, which stands under titles alone
    "translated": 2.0,  # the same in English below
    "numbering restarts": 2.0,
    "fresh page": 2.0,  # a page begins with it, and the numbering with what follows
    "bare kind": 1.0,  # nothing but what the document is: 证明, 聘书
    "whose": 0.5,  # a page begins with it, and it with the name of a place, a company, a school
    "alone": 2.0,  # a line between two paragraphs, it says whose paper it is, and no headings stand so
    "alone on its page": 3.5,  # ... and two blank lines before it, where its noun is weak
    "annex mark": 5.0,
    "head before": 3.0,
    "letterhead": 1.5,  # ... and it is a whole head: whose letter, and its number
    "of standard": 6.0,  # whose standard it is, and its number: what stands on the cover above the name
    "first": 2.0,  # no title before it
    "top": 2.0,  # nothing at all before it, and it names no organ
    "told": 1.0,  # ... and Markdown or the reader's tool marks it
    "text follows": 2.0,  # right under the top a paragraph
    "cut before": -4.0,
    "table follows": -1.0,
    "in turn": 2.5,  # above stand nothing but tables of the same owner, each under a title
    "table alone": 1.0,  # ... that has its pages for itself, and the title begins them
    "prose": -5.0,
    "in series": -3.0,  # under a heading or box
    "numbered": -4.0,  # a figure stands before it as before headings
    "letter follows": 3.0,  # ... and number or addressee stand below, as under no heading; without a figure both of them
    "numbers below": -4.0,  # ... and those under it, or the next of its kind, follow: 1 over 1.1, 6.2 behind 6.1
    "organ": -4.0,  # nothing but an organ's name
    "among organs": -4.0,  # it begins with one of a list of organs
    "among cells": -6.0,  # of a table that was printed one cell a line
    "again": -6.5,  # the title of the document it stands in, and nothing begins anew
    "letter": -6.0,  # it opens as sentences of a letter do
    "rest": -4.0,  # it closes what it did not open, or is a character or two
    "clauses": -4.0,  # commas part it, and it ends in no noun
    "open": -1.5,  # brackets or quotes without their other half
    "unfinished": -4.0,  # it breaks off: 关于印发《…》
    "concerns": -2.0,  # 关于…, and the noun that ends such a title is still to come
    "in each section": -6.0,  # set below other headings, and so again in other sections
    "lower level": -2.5,  # Markdown or the tool sets it deeper than the title before it
    "goes on": -3.0,  # a full line, and the next one ends it
    "table goes on": -8.0,  # the caption of the table above, once more before its next page
    "numbering goes on": -9.0,  # the numbering before it counts on behind it
    "annex goes on": -8.0,  # the title of the plan, and under it what of the plan the annex is
}


def worth_of(signs: Iterable[str]) -> float:
    return sum(WORTH[s] for s in signs)


# of the signs that are found behind a title's lines; what opens its kind is worth no more, nor a numbering with a form
MOST_BEHIND = worth_of(("head follows", "adopted", "translated"))


def most_between(*, begins_page: bool, told: bool) -> float:
    """What those signs are worth at most that a title's lines and what stands behind make together with what is before.
    `told`: Markdown or the reader's tool marks the line."""
    return worth_of((*(("fresh page", "bare kind", "whose") if begins_page else ()), *(("in force",) if told else ())))


@dataclass
class Title:
    """items[start:end] print a title."""

    start: int
    end: int
    text: str
    signs: list[str] = field(default_factory=list)
    margin: float = 9.0  # how much less the best other reading of its lines is worth
    listed: str = ""  # what the contents list calls it: a sheet above it says so, or it is misread in print

    @property
    def worth(self) -> float:
        return worth_of(self.signs)

    def moved(self, by: int) -> Title:
        """The same title, where `by` items stand before those that it was counted in."""
        return replace(self, start=self.start + by, end=self.end + by)
