"""Makes pipeline/juanzong/language/neighbours.txt: what characters that look alike stand beside in written Chinese.

    python docs/make_neighbours.py WORDS TEXTS

WORDS: a word list, "word frequency kind" a line (jieba's dict.txt, MIT, Sun Junyi). TEXTS: a folder of texts to learn from
(.md or .txt, each file a document: China's laws and regulations, which have no copyright). A line a character: the
character, what stands before it, what stands behind it. In a word of the list, or in several of the texts: two characters
that two texts have side by side may be a misprint of both.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import regex as re

from juanzong.stages.characters.lookalikes import LOOK_ALIKES

TABLE = Path(__file__).parent.parent / "pipeline" / "juanzong" / "language" / "neighbours.txt"
USUAL = 10  # times that the word list has seen a word, and texts that have two characters side by side
SHORTEST = 1500  # characters of a text: shorter ones are appendices and notes
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_BLANK = re.compile(r"[\s\u3000*#<>!-]+")


def _pairs(texts: Iterable[str]) -> set[str]:
    found = {a + b for text in texts for run in _HAN.findall(text) for a, b in pairwise(run)}
    return {pair for pair in found if not LOOK_ALIKES.isdisjoint(pair)}


def main() -> None:
    rows = (line.split(" ") for line in Path(sys.argv[1]).read_text("utf-8").splitlines())
    known = _pairs(word for word, times, *_ in rows if int(times) >= USUAL)
    texts: Counter[str] = Counter()
    for path in Path(sys.argv[2]).rglob("*.*"):
        text = path.read_text("utf-8") if path.suffix in (".md", ".txt") else ""
        if len(text) >= SHORTEST:
            texts.update(_pairs(_BLANK.sub("", line) for line in text.splitlines()))
    known |= {pair for pair, times in texts.items() if times >= USUAL}
    before: defaultdict[str, str] = defaultdict(str)
    behind: defaultdict[str, str] = defaultdict(str)
    for a, b in sorted(known):
        before[b] += a
        behind[a] += b
    TABLE.write_text("".join(f"{c}\t{before[c]}\t{behind[c]}\n" for c in sorted(LOOK_ALIKES)), encoding="utf-8")


if __name__ == "__main__":
    main()
