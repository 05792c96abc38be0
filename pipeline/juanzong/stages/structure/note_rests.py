"""The rest of a note: that its page cut, at the foot of the next page above that page's own notes; that its line cut, in
the next line."""

from __future__ import annotations

from itertools import takewhile

from juanzong.language.formulas import opens_closing
from juanzong.language.openings import starts_anew
from juanzong.language.text import ends_sentence
from juanzong.stages.pieces.items import Item
from juanzong.stages.structure.build import Build, is_cut
from juanzong.stages.structure.notes import note_head

_MOST_LINES = 6  # of a note below its first
_WORDS = 6  # characters of what is no sentence of its own
_CLAUSE = 30  # characters of the end of a sentence
_MIDWAY = "，、；）》”"  # what begins no text
_CLOSED = 0.6  # share of a document's notes that end a sentence: then one that does not was cut


def take_rest_of_note(b: Build, item: Item) -> bool:
    """Whether the piece in hand goes on with the last note; then it is put there. The note broke off at the end of the
    page before, this piece ends its page, and where the running text broke off as well another piece is there for it;
    or the note broke off at the end of its line."""
    if not b.notes or starts_anew(item.s):
        return False
    note = b.notes[-1].note
    if ends_sentence(note.text.text):
        return False
    if not _follows(b, item) and not _goes_on_over_page(b, item, note.text.text):
        return False
    note.text = b.ledger.join(note.text, item.text, "cut-by-page")
    return True


def _follows(b: Build, item: Item) -> bool:
    """Whether the piece is a line below the note's own, which blank lines part from what stands around them all; the last
    of them ends a sentence."""
    first = b.note_at + 1
    if item.blanks or not b.items[b.note_at].blanks:
        return False
    rest = takewhile(lambda x: not x.blanks and note_head(x.s) is None, b.items[first : first + _MOST_LINES])
    lines = list(rest)
    return (
        b.at < first + len(lines)
        and ends_sentence(lines[-1].s)
        and not any(x.kind != "text" or starts_anew(x.s) for x in lines)
    )


def _goes_on_over_page(b: Build, item: Item, note: str) -> bool:
    """Whether the piece goes on with a note that broke off at the end of the page before."""
    if b.ending or not ends_sentence(item.s) or not _closes_notes(b):
        return False
    return _ends_page(b, item) or _is_fragment(b, item, note)


def _ends_page(b: Build, item: Item) -> bool:
    """Whether the piece stands alone at the foot of the next page, above that page's own notes or its end."""
    turned = sum(x.begins_page for x in b.items[b.note_at + 1 : b.at + 1])
    after = next((x for x in b.items[b.at + 1 :] if x.begins_page or note_head(x.s) is None), None)
    if turned != 1 or item.begins_page or after is None or not after.begins_page:
        return False
    return not is_cut(b) or (after.kind == "text" and not starts_anew(after.s))


def _is_fragment(b: Build, item: Item, note: str) -> bool:
    """Whether the piece at the head of the next page can be nothing but the note's end: the running text was whole, and
    the piece is a word or two, begins with a stop, or is short behind a note of several clauses, or the note stops where
    none stops."""
    first = b.at == b.note_at + 1 and item.begins_page
    few = len(item.s) <= _WORDS and not opens_closing(item.s)
    open_ended = note.rstrip().endswith(("，", "、", "的", "和", "与", "或", "及"))
    clause = "，" in note and len(item.s) <= _CLAUSE
    midway = item.s[0] in _MIDWAY
    return first and not is_cut(b) and (few or open_ended or clause or midway)


def _closes_notes(b: Build) -> bool:
    """Whether the document's other notes end in full sentences."""
    others = [n.note.text.text for n in b.notes[:-1]] + [
        x.s for x in b.items[b.at :] if x.kind == "text" and note_head(x.s) is not None
    ]
    return not others or sum(map(ends_sentence, others)) >= _CLOSED * len(others)
