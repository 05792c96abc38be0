"""Makes pipeline/juanzong/language/pinyin.txt from pypinyin's table of single characters (MIT, Huang Huang and others).

    python docs/make_pinyin.py

A line a syllable, without tones, with all characters whose first reading it is.
"""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

os.environ["PYPINYIN_NO_PHRASES"] = "true"
from pypinyin import lazy_pinyin
from pypinyin.pinyin_dict import pinyin_dict

TABLE = Path(__file__).parent.parent / "pipeline" / "juanzong" / "language" / "pinyin.txt"


def main() -> None:
    characters: defaultdict[str, str] = defaultdict(str)
    for code in sorted(pinyin_dict):
        characters[lazy_pinyin(chr(code))[0]] += chr(code)
    TABLE.write_text("".join(f"{s} {c}\n" for s, c in sorted(characters.items())), encoding="utf-8")


if __name__ == "__main__":
    main()
