"""OFD files out of what a page draws. Places in millimetres from the top left."""

from __future__ import annotations

import io
import zipfile

OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd_text(x: float, y: float, text: str, size: float = 5.6, entries: str = "") -> str:
    steps = f'DeltaX="g {len(text) - 1} {size}"' if len(text) > 1 else ""
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {y} 100 10" Font="3" Size="{size}" {entries}><ofd:TextCode X="0" '
        f'Y="{0.86 * size}" {steps}>{text}</ofd:TextCode></ofd:TextObject>'
    )


def ofd_line(x0: float, y0: float, x1: float, y1: float) -> str:
    return (
        f'<ofd:PathObject ID="8" Boundary="{x0} {y0} {x1 - x0} {y1 - y0}"><ofd:AbbreviatedData>M 0 0 L {x1 - x0} '
        f"{y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def ofd_bytes(contents: list[str]) -> bytes:
    """A file with a page for each of the contents."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        root = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        archive.writestr("OFD.xml", f"<ofd:OFD {OFD}>{root}</ofd:OFD>")
        pages = "".join(f'<ofd:Page ID="{k}" BaseLoc="Pages/{k}.xml"/>' for k in range(len(contents)))
        area = "<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
        document = f"<ofd:Document {OFD}>{area}<ofd:Pages>{pages}</ofd:Pages></ofd:Document>"
        archive.writestr("Doc_0/Document.xml", document)
        for k, content in enumerate(contents):
            page = f"<ofd:Page {OFD}><ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>"
            archive.writestr(f"Doc_0/Pages/{k}.xml", page)
    return out.getvalue()
