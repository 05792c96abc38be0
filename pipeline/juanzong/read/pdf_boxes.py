"""Where a PDF's glyphs stand: the arithmetic of pdfminer's LTChar, without the object it makes of each of them."""

from __future__ import annotations

from pdfminer.pdffont import PDFFont
from pdfminer.utils import Matrix, apply_matrix_rect

from juanzong.read.printed import Box

Displaced = float | tuple[float | None, float]  # how far a glyph is moved: a pair where text runs down


def em_box(font: PDFFont, fontsize: float, rise: float, adv: float, disp: Displaced) -> Box:
    """The box that a glyph takes on its line, as pdfminer's LTChar has it."""
    if font.is_vertical():
        assert isinstance(disp, tuple)
        right = fontsize * 0.5 if disp[0] is None else disp[0] * fontsize * 0.001
        down = (1000 - disp[1]) * fontsize * 0.001
        return (-right, down + rise + adv, -right + fontsize, down + rise)
    descent = font.get_descent() * fontsize
    return (0, descent + rise, adv, descent + rise + fontsize)


def drawn_box(matrix: Matrix, box: Box) -> Box:
    """What bounds a box when it is drawn; most are set upright.

    >>> drawn_box((2, 0, 0, 1, 5, 0), (0, -1, 3, 4)) == apply_matrix_rect((2, 0, 0, 1, 5, 0), (0, -1, 3, 4))
    True
    """
    a, b, c, d, e, f = matrix
    if b or c:
        return apply_matrix_rect(matrix, box)
    x0, x1, y0, y1 = a * box[0] + e, a * box[2] + e, d * box[1] + f, d * box[3] + f
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
