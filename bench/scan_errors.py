"""Character errors of a scan bundle: what comes out of juanzong against what RapidOCR alone reads on the same pages.

    python bench/scan_errors.py SCAN.pdf OUTPUT GOLD

OUTPUT is the bundle's output folder (its source.txt is compared), GOLD/pages.json the truth, line by line. Each true line
of prose is compared with that piece of the text that is nearest to it, spaces and width aside, so that neither reading
order nor page furniture counts for or against anyone.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from pathlib import Path

import numpy as np

PROSE = {"body", "cont", "heading", "box_title", "title"}


def bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def errors(line: str, text: np.ndarray) -> int:
    """Least number of edits between `line` and any piece of `text` (Sellers 1980: free begin and end)."""
    row = np.zeros(len(text) + 1, dtype=np.int32)
    places = np.arange(len(text) + 1)
    for n, c in enumerate(line, 1):
        new = np.minimum(row[1:] + 1, row[:-1] + (text != ord(c)))
        new = np.concatenate(([n], new))
        row = np.minimum.accumulate(new - places) + places
    return int(row.min())


def rapidocr_text(path: Path) -> str:
    """RapidOCR's own reading, page by page, lines in its order."""
    import pypdfium2
    from rapidocr import RapidOCR

    engine = RapidOCR(params={"Global.log_level": "critical"})
    out: list[str] = []
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            out += engine(page.render(scale=200 / 72).to_numpy()[..., :3].copy()).txts or ()
    return "".join(out)


def main() -> None:
    scan, output, gold = (Path(a) for a in sys.argv[1:4])
    lines = [
        bare(x["text"])
        for p in json.loads((gold / "pages.json").read_text(encoding="utf-8"))
        for x in p["lines"]
        if x["role"] in PROSE
    ]
    total = sum(map(len, lines))
    rates = {}
    ours = (output / "source.txt").read_text(encoding="utf-8").replace("^", "")  # our sign for a raised mark, not read
    for name, text in (("juanzong", ours), ("rapidocr", rapidocr_text(scan))):
        codes = np.array([ord(c) for c in bare(text)], dtype=np.int32)
        rates[name] = sum(errors(line, codes) for line in lines) / total
        print(f"{name:10s} character error rate {rates[name]:.5f} over {total} characters")
    print(f"ratio      {rates['juanzong'] / rates['rapidocr']:.2f}" if rates["rapidocr"] else "no errors to compare")


if __name__ == "__main__":
    main()
