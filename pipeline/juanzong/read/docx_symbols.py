"""Signs that Word sets in symbol fonts: boxes to tick, ticks, arrows."""

from __future__ import annotations

import regex as re

# Private-use codes of Word's symbol fonts (Wingdings, Symbol) that official forms use; others stay as they are.
_SYMBOLS = {
    0xF0FE: "☑", 0xF052: "☑", 0xF0FD: "☒", 0xF054: "☒", 0xF0A8: "□", 0xF06F: "□", 0xF0A3: "□", 0xF02A: "□", 0xF071: "□",
    0xF0FC: "✓", 0xF050: "✓", 0xF0FB: "✗", 0xF06C: "●", 0xF06E: "■", 0xF075: "◆", 0xF0D8: "➢", 0xF0B0: "°", 0xF0B1: "±",
    0xF0B4: "×", 0xF0B8: "÷", 0xF0B3: "≥", 0xF06D: "μ", 0xF057: "Ω", 0xF053: "Σ", 0xF0AE: "→",
    0xF0E0: "→", 0xF0B9: "≠", 0xF0BB: "≈", 0xF0D7: "·", 0xF061: "α", 0xF062: "β", 0xF067: "γ", 0xF044: "Δ", 0xF070: "π",
}  # fmt: skip
_WORD = re.compile("[A-Za-z]{3}")  # nobody means such to be signs
_OF_SIGNS = re.compile("wingdings|symbol", re.IGNORECASE)
_PRIVATE = 0xF000  # where Unicode programs put the codes of such fonts
# what the letters of the two fonts of signs look like, where forms use them
_LETTERS = {
    "wingdings": str.maketrans("þý¨oqüûlnuØà", "☑☒□□□✓✗●■◆➢→"),
    "wingdings2": str.maketrans("RST£*PO", "☑☒☒□□✓✗"),
}


def symbol(code: str, font: str) -> str:
    """The sign of a code in hexadecimal; programs write those of symbol fonts with and without F0.

    >>> symbol("F0A3", "Wingdings 2"), symbol("00A3", "Wingdings 2"), symbol("00A3", "Arial"), symbol("x", "")
    ('□', '□', '£', '')
    """
    if not re.fullmatch("[0-9A-Fa-f]{1,5}", code) or not int(code, 16):
        return ""
    number = int(code, 16)
    if number < 0x100 and _OF_SIGNS.match(font):
        number += _PRIVATE
    return _SYMBOLS.get(number, chr(number))


def in_font(text: str, font: str) -> str:
    """Text as the font shows it: in one of signs its letters and codes are signs.

    >>> in_font("£同意 R", "Wingdings 2"), in_font("£5", "Arial"), in_font("Report", "Wingdings 2")
    ('□同意 ☑', '£5', 'Report')
    >>> in_font("\uf0fe是 \uf0a8否", "Wingdings"), in_font("\uf0b15", "Symbol")
    ('☑是 □否', '±5')
    """
    if _OF_SIGNS.match(font):
        text = text.translate(_SYMBOLS)
    letters = _LETTERS.get("".join(font.lower().split()))
    return text.translate(letters) if letters and not _WORD.search(text) else text
