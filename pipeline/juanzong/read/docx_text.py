"""A paragraph of Word -> its printed text: runs, symbols, fields, formulas; what is deleted, moved away or hidden is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import regex as re

from juanzong.read.docx_math import formula_text
from juanzong.read.docx_parts import GONE, Element, is_on, value_of, whole_number
from juanzong.read.docx_styles import Styles
from juanzong.read.docx_symbols import in_font, symbol
from juanzong.read.glyphs import raised_text

_PROPERTIES = re.compile(
    r".*Pr|proofErr|bookmark(?:Start|End)|.*Range(?:Start|End)|commentReference|annotationRef|rt|delInstrText"
)
_EQ = re.compile(r"\s*EQ\b", re.IGNORECASE)
_SWITCH = re.compile(r"\\\*\s*(?:\"[^\"]*\"|\S+)\s*")
_COMMAND = re.compile(r"\\[a-z]+\s*\d*", re.IGNORECASE)
_WITHIN = re.compile(r"(?<=[，、])\s*\f\s*(?=\S)")  # the end of a page: a comma says that the sentence goes on
_RINGS = "○□△◇〇"
_WHITE = "FFFFFF"
_BEHIND = ("shd", "highlight", "pBdr")  # what may colour the ground under letters


@dataclass
class _Field:
    """A field that has not ended: its code, what other fields print within it, and whether its own result has begun."""

    code: str = ""
    within: str = ""
    result: bool = False


@dataclass
class Inline:
    """Reads the inside of paragraphs. What a reader of the print does not see is gathered in `gone`; text boxes that hang
    on a paragraph in `boxes`; the notes that it refers to, as (kind, id), in `notes`."""

    styles: Styles
    marker: Callable[[str, str], str]  # what a reference to a note is printed as
    gone: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    drawings: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    marks: dict[tuple[str, str], str] = field(default_factory=dict)  # of notes, where they are written out
    on_paper: bool = True  # what is read stands on the page itself, not in a cell or a box that may be filled
    _fields: list[_Field] = field(default_factory=list)
    _codes: list[_Field] = field(default_factory=list)  # of these, those whose results have not begun
    _paragraph: Element | None = None

    def text(self, element: Element) -> str:
        """The printed text of a paragraph; a form feed where a page or a column ends in it, but for within a sentence."""
        self._paragraph = element
        shown = "".join(self._inside(element))
        for begun in self._codes:  # a code ends with its paragraph at the latest: nothing behind it is lost
            shown += begun.within
            begun.result = True
        self._codes.clear()
        return _WITHIN.sub("", shown) if "\f" in shown else shown

    def _inside(self, element: Element) -> Iterator[str]:
        for child in element:
            yield from self._one(child)

    def _printed(self, run: Element) -> Iterator[str]:
        """What a run prints; what a field prints within the code of another one belongs to that code."""
        for child in run:
            for text in self._one(child):
                if not self._codes:
                    yield text
                else:
                    self._codes[-1].code += text
                    self._codes[-1].within += text

    def _one(self, child: Element) -> Iterator[str]:
        tag = child.tag
        if tag == "r":
            yield from self._run(child)
        elif tag in GONE:
            self._lose(child)
        elif tag == "m-oMath":
            yield formula_text(child)
        elif tag == "mc-AlternateContent":
            chosen = child.find("mc-Choice")
            chosen = chosen if chosen is not None and len(chosen) else child.find("mc-Fallback")
            if chosen is not None:
                yield from self._inside(chosen)
        elif tag == "txbxContent":
            self.boxes.append(child)
        elif tag == "dgm-relIds":
            self.drawings.append(child)
        elif tag == "ruby":
            self.gone += [all_letters(child.find("rt"))]
            yield from self._inside(child)
        elif tag == "checkBox":
            yield (
                "☑" if is_on(child, "checked") or (is_on(child, "checked") is None and is_on(child, "default")) else "□"
            )
        elif isinstance(tag, str) and not _PROPERTIES.fullmatch(tag):
            yield from self._leaf(child)

    def _run(self, run: Element) -> Iterator[str]:
        properties = run.find("rPr")
        if self.styles.is_hidden(run, self._paragraph) or (self.on_paper and self._is_white(properties)):
            self._lose(run)
            return
        fonts = properties.find("rFonts") if properties is not None else None
        known = len(self.notes)
        text = in_font("".join(self._printed(run)), fonts.get("ascii") or "" if fonts is not None else "")
        own = next((note for note in self.notes[known:] if not self.marker(*note)), None)
        raised = own is not None or value_of(properties, "vertAlign") == "superscript"
        if own is not None:
            self.marks[own] = text.strip()
        yield raised_text(text.strip()) if raised and text.strip() else text

    def _is_white(self, properties: Element | None) -> bool:
        """Whether letters are set in the paper's white, with nothing behind them, and no shade behind the paragraph."""
        if (value_of(properties, "color") or "").upper() != _WHITE:
            return False
        own = self._paragraph.find("pPr") if self._paragraph is not None else None
        return not any(p is not None and p.find(behind) is not None for p in (properties, own) for behind in _BEHIND)

    def _leaf(self, child: Element) -> Iterator[str]:
        tag = child.tag
        if tag == "t":
            yield child.text or ""
        elif tag in ("tab", "ptab"):
            yield "\t"
        elif tag in ("br", "cr"):
            yield "\f" if child.get("type") in ("page", "column") else "\n"
        elif tag == "noBreakHyphen":
            yield "-"
        elif tag == "sym":
            yield symbol(child.get("char") or "", child.get("font") or "")
        elif tag == "instrText":
            if self._fields and not self._fields[-1].result:
                self._fields[-1].code += child.text or ""
        elif tag == "fldChar":
            yield from self._field(child)
        elif art := word_art(child):
            yield f"\n{art}\n"
        elif tag in ("footnoteReference", "endnoteReference"):
            kind, number = tag.removesuffix("Reference"), child.get("id", "")
            self.notes.append((kind, number))
            yield self.marker(kind, number)
        else:
            yield from self._inside(child)

    def _field(self, mark: Element) -> Iterator[str]:
        what = mark.get("fldCharType")
        if what == "begin":
            data = mark.find("ffData")
            if data is not None:
                yield from (text for box in data.iter("checkBox") for text in self._one(box))
                yield from (chosen(entries) for entries in data.iter("ddList"))
            self._fields.append(_Field())
            self._codes.append(self._fields[-1])
        elif what == "separate" and self._codes and self._codes[-1] is self._fields[-1]:
            self._codes.pop().result = True
        elif what == "end" and self._fields:
            done = self._fields.pop()
            if not done.result:
                self._codes.pop()
            self.gone += filter(str.strip, [done.within])
            found = _EQ.match(done.code) if not done.result else None
            if found:
                yield equation(done.code[found.end() :])

    def _lose(self, element: Element) -> None:
        text = all_letters(element)
        if text.strip():
            self.gone.append(text)


def chosen(entries: Element) -> str:
    """What a list to choose from shows: the chosen entry, else that set beforehand, else the first."""
    said = [entry.get("val", "") for entry in entries.iterfind("listEntry")]
    n = whole_number(value_of(entries, "result") or value_of(entries, "default"))
    return said[n] if 0 <= n < len(said) else ""


def word_art(element: Element) -> str:
    """What word art says, "" of other elements: letterheads are set so, and what stands behind pages."""
    tag = element.tag
    return (element.get("string") or "").strip() if isinstance(tag, str) and tag.endswith("}textpath") else ""


def equation(code: str) -> str:
    r"""What an EQ field prints: Word writes enclosed characters, old readings and fractions so.

    >>> equation(r" \o\ac(○,1)"), equation(r' \* jc2 \* "Font:宋体" \o\ad(\s\up 9(zhong),中)'), equation(r" \f(1,2)")
    ('①', '中', '1/2')
    """
    code = _SWITCH.sub("", code).strip()
    begin = code.find("(")
    if begin < 0 or not code.endswith(")"):
        return _COMMAND.sub("", code).strip()
    command, parts, depth = code[:begin].replace(" ", "").lower(), [""], 0
    for c in code[begin + 1 : -1]:
        depth += (c == "(") - (c == ")")
        if c in ",;，" and depth == 0:
            parts.append("")
        else:
            parts[-1] += c
    if command.startswith("\\f") and len(parts) == 2:
        return f"{equation(parts[0])}/{equation(parts[1])}"
    if command.startswith("\\o"):
        last = equation(parts[-1])
        ringed = parts[0].strip() in _RINGS and last.isdecimal() and 1 <= int(last) <= 20
        return chr(0x245F + int(last)) if ringed else last
    return "".join(equation(part) for part in parts)


def all_letters(element: Element | None) -> str:
    """All letters in an element, as they stand."""
    return (
        "".join(t.text or "" for t in element.iter() if t.tag in ("t", "delText", "m-t")) if element is not None else ""
    )
