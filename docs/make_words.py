"""Makes pipeline/juanzong/language/words.txt: words of two characters.

    python docs/make_words.py WORDS

WORDS: a word list, "word frequency kind" a line (dict.txt of jieba 0.42.1, MIT, Sun Junyi). A line a character: the character, and
what stands behind it in a word that the list has seen often enough.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import regex as re

TABLE = Path(__file__).parent.parent / "pipeline" / "juanzong" / "language" / "words.txt"
USUAL = 5  # times that the list has seen a word
_WORD = re.compile(r"[\u4e00-\u9fff]{2}")


def main() -> None:
    behind: defaultdict[str, str] = defaultdict(str)
    for line in sorted(Path(sys.argv[1]).read_text("utf-8").splitlines()):
        word, times, *_ = line.split(" ")
        if int(times) >= USUAL and _WORD.fullmatch(word):
            behind[word[0]] += word[1]
    TABLE.write_text("".join(f"{c}\t{rest}\n" for c, rest in sorted(behind.items())), encoding="utf-8")


if __name__ == "__main__":
    main()
