"""Chunks for retrieval, each with its page and box: chunks.py clean/<id>"""

import sys

import juanzong
from juanzong.output.exports.chunks import chunks

for chunk in chunks(juanzong.load(sys.argv[1]), max_chars=800):
    for place in chunk["pages"] or [{"page": None, "bbox": None}]:
        print(chunk["id"], chunk["title"], " / ".join(chunk["path"]), place["page"], place["bbox"], len(chunk["text"]))
