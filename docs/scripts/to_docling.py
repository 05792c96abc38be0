"""DoclingDocuments, and from them what docling-core writes: to_docling.py clean/<id>"""

import sys

import juanzong
from juanzong.output.exports.docling import docling_document

bundle = juanzong.load(sys.argv[1])
for document in bundle.documents:
    print(docling_document(bundle, document).export_to_markdown()[:200])
