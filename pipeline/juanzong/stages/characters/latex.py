"""Formulas that the transcriber wrote in LaTeX."""

from __future__ import annotations

import regex as re

from juanzong.stages.characters.rule import Change

FORMULA = re.compile(r"\$(?!\s*\^)([^$\n]{1,80})\$")
SUBSCRIPT = re.compile(
    r"(?<![A-Za-z0-9_])([A-Z][A-Za-z]{0,3}|[A-Z])\s?_\s?"
    r"(?:\{|(?<=(?<![A-Z])(?:[CFHNOPS]{1,3}|PM)\s?_\s?))\s?"  # A_1标段 is a name, QH_2022_03 a code
    r"(\d(?:\.\d)?+)(?:\s?\}(?![A-Za-z_])|(?![A-Za-z\d_]))"
    r"|(?<![A-Za-z0-9_])([A-Z][A-Za-z]{0,3})~(\d(?:\.\d)?|[A-Z]?[a-z]{1,2})~(?![a-z\d~])"  # Pandoc's: SO~2~
)
SUPERSCRIPT = re.compile(
    r"(?<=[A-Za-z0-9])\^([-−]?\d{1,2})\^(?![\d^])"  # Pandoc's: 10^4^
    r"|(?<=[A-Za-z0-9])\^\{\s?([-−]?[\d]{1,2})\s?\}|(?<=\b[kcdm]?m)\^([23])(?!\d)"
    # in a formula of its own, where no mark of a note can stand: 3×10$^4$, m$^3$
    r"|(?<=(?<![\d.,])10|\b[kcdm]?m)\$\s*\^\s*\{?\s?([-−]?\d{1,2})\s?\}?\s*\$"
)
_RAISED = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
# LaTeX commands for signs of Chinese running text (Unicode's names for them in unicode-math)
_APART = "\u2003"  # what a formula sets apart is no figure whose digits were read apart
_COMMANDS = {
    "geq": "≥",
    "ge": "≥",
    "geqslant": "≥",
    "leq": "≤",
    "le": "≤",
    "leqslant": "≤",
    "neq": "≠",
    "approx": "≈",
    "times": "×",
    "div": "÷",
    "pm": "±",
    "cdot": "·",
    "sim": "～",
    "mu": "μ",
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "Omega": "Ω",
    "degree": "°",
    "permil": "‰",
    "textperthousand": "‰",
    "rightarrow": "→",
    "to": "→",
    "surd": "√",
    "checkmark": "√",
    "square": "□",
    "Box": "□",
    "boxtimes": "☒",
    "blacksquare": "■",
    "circ": "○",
    "triangle": "△",
    "bigcirc": "○",
    "uparrow": "↑",
    "downarrow": "↓",
    "Delta": "Δ",
    "Phi": "Φ",
    "phi": "φ",
    "varphi": "φ",
    "pi": "π",
    "lambda": "λ",
    "infty": "∞",
    "lt": "<",
    "gt": ">",
    "dots": "…",
    "ast": "*",
    "prime": "′",
    "star": "★",
    "bigstar": "★",
    "bullet": "•",
    "ldots": "…",
    "cdots": "…",
    "quad": _APART,
    "qquad": _APART,
    "left": "",
    "right": "",
}
_WRAPPER = re.compile(
    r"\\(?:(?:math|text)(?:rm|bf|it|sf)|text|rm|operatorname|underline|boldsymbol|bm)\s*\{((?:[^{}]|\{[^{}]*\})*)\}"  # CO_{2} in it
    r"|\{\s*\\rm\s+([^{}]*)\}"
)
_NESTED = 2  # such commands one in the other: \\underline{\\text{…}}
_NEXT_WRAPPER = re.compile(r"(\\(?:" + "|".join(sorted(_COMMANDS, key=len, reverse=True)) + r"))(?=\\[A-Za-z])")
_TICKED = re.compile(r"\\boxed\s*\{\s*\\(?:checkmark|surd)\s*\}")
_FRACTION = re.compile(
    r"(?<!\d\s*)\\[dt]?frac\s*\{\s*(\d{1,4})\s*\}\s*\{\s*(\d{1,4})\s*\}(?!\s*\d)"
)  # of figures alone
_COMMAND = re.compile(r"\\([A-Za-z]+)\s?")
_FIGURES = re.compile(r"[\d.,%+\-=<>≥≤~～ ]+")
_UNIT = re.compile(
    r"\s*(?:(?:[\d.]+\s*)?[A-Za-zμ]{1,5}(?:/[A-Za-z\d]{1,5}){1,2}|[\d.]+\s*[A-Za-zμ]{1,5})\s*"
)  # mg/L, 0.5 t/d
_LEFTOVER = re.compile(r"[\\{}^_$]")


def _plain(formula: str) -> str | None:
    """The formula in plain characters; None where it says more than they can.

    >>> [_plain(s) for s in (r"3.6\\%", r"\\geq 90\\%", r"PM_{2.5}", r"m^{3}", r"25^{\\circ}\\mathrm{C}", r"1 0 ^ { 4 } \\mathrm { m }")]
    ['3.6%', '≥90%', 'PM2.5', 'm³', '25℃', '10⁴ m']
    >>> _plain(r"35\\ \\mu\\mathrm{g}/\\mathrm{m}^{3}")
    '35 μg/m³'
    >>> _plain(r"\\underline{\\text{季度}}")
    '季度'
    >>> _plain(r"\\frac{a}{b}"), _plain(r"20\\quad 30"), _plain(r"\\frac{1}{3}"), _plain(r"2\\frac{1}{3}")
    (None, '20 30', '1/3', None)
    """
    formula = _NEXT_WRAPPER.sub(r"\1 ", formula)  # \mu\mathrm{g}: the letter is no part of the command
    text = formula
    for _ in range(_NESTED):
        text = _WRAPPER.sub(lambda m: (m[1] or m[2] or "").strip(), text)
    text = _TICKED.sub("☑", text)
    text = _FRACTION.sub(r"\1/\2", text)
    text = re.sub(r"\^\s*\{?\s*\\circ\s*\}?\s*C", "℃", text)
    text = re.sub(r"\^\s*\{?\s*\\circ\s*\}?", "°", text)
    text = re.sub(r"\\([%#&$_])", lambda m: m[1].replace("_", "\0"), text)
    if any(m[1] not in _COMMANDS for m in _COMMAND.finditer(text)):
        return None
    text = _COMMAND.sub(lambda m: _COMMANDS[m[1]], text)
    text = re.sub(r"(?:\\[,;:! ]|~| )+", " ", text)
    text = re.sub(r"_\s*\{\s*([\w.]+)\s*\}|_\s*(\w)", lambda m: m[1] or m[2], text)
    text = re.sub(r"\s*\^\s*\{\s*([-−]?\d+)\s*\}|\s*\^\s*(\d)", lambda m: (m[1] or m[2]).translate(_RAISED), text)
    text = re.sub(r"\s*([×÷±≥≤≈～~])\s*", r"\1", text)
    text = text.replace("{", "").replace("}", "") if text.count("{") == text.count("}") else text
    text = re.sub(r"(?<=\d) (?=[\d.%])|(?<=[.]) (?=\d)", "", text)
    return None if _LEFTOVER.search(text) else text.replace("\0", "_").replace(_APART, " ").strip()


def read_formulas(text: str) -> list[Change]:
    """Figures with a percent sign and small formulas came as LaTeX. A raised footnote marker is left alone.

    >>> [c.after for c in read_formulas(r"占比$3.6\\%$，不低于$\\geq 90\\%$")]
    ['3.6%', '≥90%']
    >>> read_formulas("见注$^{①}$"), read_formulas("US$5 到 US$6"), [c.after for c in read_formulas("其中$C$为成本")]
    ([], [], ['C'])
    >>> [c.after for c in read_formulas("单位为$ mg/L $，从US$5/t到$6/t")]
    ['mg/L']
    """
    out = []
    for m in FORMULA.finditer(text):
        plain = _plain(m[1])
        behind_figure = text[: m.start()][-1:].isdigit()
        letter = len(m[1]) == 1 and m[1].isalpha() and not behind_figure
        if (
            plain
            and not (behind_figure and "frac" in m[1])
            and (letter or re.search(r"[\\^_{]", m[1]) or _FIGURES.fullmatch(m[1]) or _UNIT.fullmatch(m[1]))
        ):
            out.append(Change(*m.span(), plain))
    return out


def lower_subscripts(text: str) -> list[Change]:
    """PM2.5 and CO2 with their subscript still marked, outside dollar signs.

    >>> from juanzong.stages.characters.rule import mend
    >>> mend("PM_{2.5}年均、（PM _{2.5} ）", lower_subscripts)
    'PM2.5年均、（PM2.5 ）'
    >>> mend("减少CO~2~、控制PM_{2.5}", lower_subscripts)
    '减少CO2、控制PM2.5'
    >>> mend("SO~2~、COD~Cr~、H~2~O", lower_subscripts), lower_subscripts("A~B~C、5~10~15")
    ('SO2、CODCr、H2O', [])
    >>> lower_subscripts("file_1、SO_x、A_1标段、QH_2022_03、HS_2022"), mend("CO_2排放", lower_subscripts)
    ([], 'CO2排放')
    """
    return [Change(m.start(), m.end(), (m[1] or m[3]) + (m[2] or m[4])) for m in SUBSCRIPT.finditer(text)]


def raise_exponents(text: str) -> list[Change]:
    """Exponents that were written with a caret.

    >>> from juanzong.stages.characters.rule import mend
    >>> mend("10^{4}m^3，10^4^个", raise_exponents), raise_exponents("经费^③，经费^1^")
    ('10⁴m³，10⁴个', [])
    """
    return [Change(*m.span(), next(filter(None, m.groups())).translate(_RAISED)) for m in SUPERSCRIPT.finditer(text)]
