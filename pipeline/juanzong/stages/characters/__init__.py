"""Rules for characters: each a small pure function from a text to changes, gathered here in the order they run."""

from __future__ import annotations

from collections.abc import Iterable

from juanzong.stages.characters import language, latex, marks, punctuation, widths
from juanzong.stages.characters.rule import Change, Rule, mend, patched
from juanzong.stages.characters.spaces import LABELS, space_rules
from juanzong.stages.characters.traditional import traditional_rules

__all__ = ["Change", "Rule", "mend", "patched", "rules_for"]

_DATES = frozenset({"date"})
_PROSE = frozenset({"body", "footnote"})
_FIRST = (
    Rule("invisible-character", widths.INVISIBLE, widths.drop_invisible, signs=widths.INVISIBLE_SIGNS),
    Rule("radical", widths.RADICAL, widths.unify_radicals, signs=widths.RADICAL_SIGNS),
    Rule("html-tag", marks.TAG, marks.drop_tags, markup=True, signs=frozenset("<")),
    Rule("html-entity", marks.ENTITY, marks.decode_entities, markup=True, signs=frozenset("&")),
    Rule("markdown-link", marks.LINK, marks.unlink, skips=frozenset({"figure"}), markup=True, signs=frozenset("[")),
    Rule("latex", latex.FORMULA, latex.read_formulas, signs=frozenset("$")),
    Rule("subscript", latex.SUBSCRIPT, latex.lower_subscripts, signs=frozenset("_~")),
    Rule("exponent", latex.SUPERSCRIPT, latex.raise_exponents, signs=frozenset("^")),
    Rule("list-dash", marks.DASH, marks.drop_list_dash, markup=True, signs=frozenset("-*•")),
    Rule("bold-mark", marks.BOLD, marks.drop_bold_marks, markup=True, signs=frozenset("*")),
    Rule("bold-mark", marks.UNDERSCORES, marks.drop_underscores, markup=True, signs=frozenset("_")),
    Rule("heading-mark", marks.HASHES, marks.drop_heading_marks, markup=True, signs=frozenset("#")),
    Rule(
        "foreign-conjunction",
        language.CONJUNCTION,
        language.translate_conjunctions,
        category="content",
        signs=frozenset("awo"),
        note="an English conjunction between Chinese characters is not printed in Chinese text",
    ),
)
_WIDE_FIGURES = Rule("full-width-figure", widths.WIDE_FIGURE, widths.narrow_figures)
# a number is what other programs look for: there they are half-width even where all of the print is full-width
_WIDE_NUMBER = _WIDE_FIGURES._replace(only=frozenset({"doc_number"}))
_PUNCTUATION = (
    Rule("half-width-stop", punctuation.STOP, punctuation.widen_stops, skips=_DATES, signs=frozenset(",;:?!")),
    Rule("half-width-bracket", punctuation.BRACKET, punctuation.widen_brackets, skips=_DATES, signs=frozenset("()")),
    Rule("straight-quote", punctuation.QUOTE, punctuation.curl_quotes, skips=LABELS, signs=frozenset('"＂')),
    Rule(
        "half-width-final-stop", punctuation.FINAL_DOT, punctuation.widen_final_dot, only=_PROSE, signs=frozenset(".")
    ),
)


def rules_for(source: str, titles: Iterable[str]) -> list[Rule]:
    """All rules for one bundle, in order: `source` is its text, `titles` its headings, contents entries and titles."""
    wide = sum(map(source.count, "０１２３４５６７８９"))
    half = sum(map(source.count, "0123456789")) if wide else 0
    return [
        *_FIRST,
        *([_WIDE_FIGURES if wide * 4 < half else _WIDE_NUMBER] if wide else []),
        *traditional_rules(source),
        *_PUNCTUATION,
        *space_rules(titles, source),
    ]
