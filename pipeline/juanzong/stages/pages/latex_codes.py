r"""The commands of LaTeX that say no word, each known once: what rules a table, what frames one, what only sets words in a
place or in a size."""

RULE = r"\\(?:hline|toprule|midrule|bottomrule)(?![A-Za-z])|\\c(?:line|midrule)\s*(?:\([^)\n]*\))?\s*\{[^{}\n]*\}"
TABLE = r"tabular[*x]?|tabulary|longtable|supertabular"
FLOAT = r"table\*?|threeparttable"
PLACE = r"center|flush(?:left|right)"
_SIZE = "tiny|scriptsize|footnotesize|small|normalsize|large|Large|LARGE|huge|Huge|bfseries|itshape"
SETTING = (
    rf"\\(?:noindent|centering|raggedleft|raggedright|hfill|indent|par|(?:big|med|small)skip|{_SIZE})(?![A-Za-z])"
    r"|\\[hv]space\*?\s*\{[^{}\n]{0,20}\}"
)
