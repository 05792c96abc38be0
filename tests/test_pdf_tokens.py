"""Instructions of a PDF page, told whole: the same objects as pdfminer's own parser gives, plain or damaged."""

from __future__ import annotations

from typing import Any

import pytest
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psexceptions import PSEOF

from juanzong.read.pdf_tokens import ContentParser

STREAMS = [
    rb"BT /F1 12 Tf 1 0 0 1 90.5 -.7 Tm (a\(b\)\344\\) Tj [(x) -20 <0041>]TJ ET ",
    rb"(a(b)c) Tj (a\999) Tj (\8\xa) ' 1 2 (q) " + b'" ',
    b"(a\\\r\nb\\\nc) Tj ",
    b"/A#20b gs /\xff gs / gs true false null ",
    b"<4> <41 42> <zz> <<41>> [1 [2] /N << /K 1 >>] d [1 2 ",
    b"5. .5 -. + --5 12abc 1.2.3 12345678901234567890123 \0 7 %not read\n 8",
    b"q BI /W 4 /H 4 ID 0123456789 EI Q ] > } S ",
    b"(never ended Tj 1 2 m ",
]


def objects(kind: type[PDFContentParser], parts: list[bytes]) -> list[str]:
    parser = kind([PDFStream({}, part) for part in parts])
    out: list[Any] = []
    while True:
        try:
            found = parser.nextobject()[1]
        except PSEOF:
            return [*map(repr, out), parser._parse1.__name__]
        except Exception as error:
            return [*map(repr, out), type(error).__name__]
        out.append(found.get_data() if isinstance(found, PDFStream) else found)


@pytest.mark.parametrize("stream", STREAMS)
def test_the_objects_are_pdfminers(stream: bytes) -> None:
    for cut in range(len(stream)):
        parts = [stream[:cut], stream[cut:]] if cut else [stream]
        assert objects(ContentParser, parts) == objects(PDFContentParser, parts), cut
