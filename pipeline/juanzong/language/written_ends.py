r"""Line ends that a program wrote out, as \n or \r\n, when it saved a text as one string or set several lines in a cell."""

from __future__ import annotations

import regex as re

# \nu is a letter of a formula, \new a folder of a path; one in quotation marks or behind a drive's name is spoken of
WRITTEN_END = re.compile(r"(?<![\\“‘`])(?<![A-Za-z]:)(?:\\r)?\\n(?![a-z])")
_TAB = re.compile(r"(?<!\\)\\t(?![a-z])")
_LEAST = 2  # of lines in each page that show the habit


def with_line_ends(text: str) -> str:
    r"""A text that was saved as one string, or each of its pages as one, with its line ends; another one as it is.

    >>> with_line_ends(r"甲办法\n\n第一条 略。\n"), with_line_ends(r"$\nu = \nabla$，\n"), with_line_ends(r"'甲\n乙\n'")
    ('甲办法\n\n第一条 略。\n', '$\\nu = \\nabla$，\\n', '甲\n乙\n')
    """
    pages = [line for line in text.split("\n") if line.strip()] if "\\n" in text else []
    if not pages or any(len(WRITTEN_END.findall(page)) < _LEAST for page in pages):
        return text
    return "\n".join(map(_plain, text.split("\n")))


def _plain(page: str) -> str:
    bare = page.strip()
    if len(bare) > 1 and bare[0] == bare[-1] == "'" and "'" not in bare[1:-1].replace("\\'", ""):  # as Python prints it
        page = bare[1:-1]
    return _TAB.sub("\t", WRITTEN_END.sub("\n", page)).replace('\\"', '"')
