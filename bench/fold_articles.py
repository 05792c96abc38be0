"""A copy of an output folder in which an article's number (第X条) stands in its first paragraph.

    python bench/fold_articles.py CLEAN COPY

FORMAT.md makes an article a section with a number; the scorer of PDF bundles reads number and paragraph as one. The copy
is for that scorer alone: its trace no longer fits.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

Json = dict[str, Any]


def folded(blocks: list[Json]) -> list[Json]:
    out: list[Json] = []
    for block in blocks:
        children = folded(block.get("children", []))
        article = block["kind"] == "section" and not block.get("title") and block.get("number", "").endswith("条")
        if article and children and children[0]["kind"] == "paragraph":
            out += [{**children[0], "text": block["number"] + children[0]["text"]}, *children[1:]]
        else:
            out.append({**block, "children": children} if "children" in block else block)
    return out


def main() -> None:
    clean, copy = Path(sys.argv[1]), Path(sys.argv[2])
    shutil.copytree(clean, copy)
    for path in (copy / "documents").iterdir():
        document = json.loads(path.read_text(encoding="utf-8"))
        document["body"] = folded(document["body"])
        path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
