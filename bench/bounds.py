"""Small inputs that once hung or swelled: each must end within 10 processor seconds and 1 GB, in an output or a clear line.

python bench/bounds.py [NAME ...] [--texts]

Printed as a table: processor seconds and the most memory of the whole process and of those it starts, the exit code and
what was told. `--texts`: also the texts of bench/growth.py, at full size. A scan takes what its pages take to be recognised,
about half a second each: of those, only what is not recognition is bounded. Exit status 1 where a bound is passed.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import resource
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from growth import KINDS

MOST_SECONDS, MOST_MB = 10.0, 1024
_PATIENCE = 12  # times the bound, then the process is ended
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = "松城市绿化方案\n\n各县区：\n\n"


class Input(NamedTuple):
    """`make()` is the file; `bounded` is false where the pages are recognised."""

    ending: str
    make: Callable[[], bytes]
    bounded: bool = True


def letters(n: int, k: int = 0) -> str:
    """n Chinese characters, other ones for another k."""
    return "".join(chr(0x4E00 + ((i + 31 * k) * 7919 + k // 3000 * i * 17) % 3000) for i in range(n))


def zipped(parts: Iterable[tuple[str, bytes | str]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, part in parts:
            file.writestr(name, part)
    return out.getvalue()


def swollen_zip(name: str, megabytes: int, piece: bytes) -> bytes:
    """A zip of one part of so many megabytes, written without holding it."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file,
        file.open(name, "w", force_zip64=True) as part,
    ):
        block = (piece * (1_000_000 // len(piece) + 1))[: 1_000_000 // len(piece) * len(piece)]
        for _ in range(megabytes):
            part.write(block)
    return out.getvalue()


def docx(body: str) -> bytes:
    target = f'<Relationship Id="r" Type="{_RELATED}/officeDocument" Target="word/document.xml"/>'
    return zipped(
        [
            ("_rels/.rels", f'<Relationships xmlns="{_PACKAGE}">{target}</Relationships>'),
            ("word/document.xml", f"<w:document {_WORD}><w:body>{body}</w:body></w:document>"),
        ]
    )


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def xlsx(rows: int, columns: int, sheets: int = 1) -> bytes:
    def sheet(k: int) -> str:
        out = []
        for r in range(rows):
            cells = "".join(
                f"<c><v>{(r * 31 + c * 7 + k) % 9973}</v></c>"
                if c
                else f'<c t="inlineStr"><is><t>{letters(4, r)}</t></is></c>'
                for c in range(columns)
            )
            out.append(f'<row r="{r + 1}">{cells}</row>')
        return f'<worksheet xmlns="{_SHEET}"><sheetData>{"".join(out)}</sheetData></worksheet>'

    names = range(1, sheets + 1)
    book = "".join(f'<sheet name="表{k}" sheetId="{k}" r:id="r{k}"/>' for k in names)
    links = "".join(
        f'<Relationship Id="r{k}" Type="{_RELATED}/worksheet" Target="worksheets/sheet{k}.xml"/>' for k in names
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{k}.xml" ContentType="{kind}.worksheet+xml"/>' for k in names
    )
    return zipped(
        [
            (
                "[Content_Types].xml",
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
                'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
                f'PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>{types}</Types>',
            ),
            (
                "_rels/.rels",
                f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" Type="{_RELATED}/officeDocument" '
                'Target="xl/workbook.xml"/></Relationships>',
            ),
            ("xl/workbook.xml", f'<workbook xmlns="{_SHEET}" xmlns:r="{_RELATED}"><sheets>{book}</sheets></workbook>'),
            ("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{_PACKAGE}">{links}</Relationships>'),
            *((f"xl/worksheets/sheet{k}.xml", sheet(k)) for k in names),
        ]
    )


_FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts "
    "[<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) "
    "/Supplement 2 >> /DW 1000 /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 "
    "/FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 752 /Descent -271 /CapHeight 737 /StemV 58 >> >>] >>"
)


def show(x: float, y: float, text: str, size: float = 12) -> str:
    return f"BT /F1 {size} Tf 1 0 0 1 {x:.1f} {y:.1f} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"


def pdf(
    pages: Iterable[bytes | str], objects: Iterable[bytes | str] = (), resources: str = "", catalog: str = ""
) -> bytes:
    """A PDF of these pages' instructions; bytes are Flate streams already. `objects` are 4, 5, …"""
    bodies: list[bytes] = [b"", b"", _FONT.encode(), *(o if isinstance(o, bytes) else o.encode() for o in objects)]
    kids = []
    for page in pages:
        packed = page if isinstance(page, bytes) else zlib.compress(page.encode(), 1)
        bodies.append(b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed))
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(bodies)} 0 R /Resources << /Font "
            f"<< /F1 3 0 R >> {resources} >> >>".encode()
        )
        kids.append(f"{len(bodies)} 0 R")
    bodies[0] = f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode()
    bodies[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    out, places = bytearray(b"%PDF-1.7\n"), []
    for n, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1) + b"".join(b"%010d 00000 n \n" % p for p in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)
    return bytes(out)


def flate(megabytes: int, piece: bytes) -> bytes:
    """A Flate stream that swells to so many megabytes."""
    packer = zlib.compressobj(1)
    block = piece * (1_000_000 // len(piece))
    return b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()


def form(content: bytes, names: str = "") -> bytes:
    """A form of a PDF."""
    head = f"<< /Type /XObject /Subtype /Form /BBox [0 0 500 500] {names} /Length {len(content)} >>\nstream\n"
    return head.encode() + content + b"\nendstream"


def scattered() -> bytes:
    """Words anywhere on 20 pages, 400 on each."""
    rng = random.Random(1)
    pages = (
        "".join(show(rng.uniform(20, 570), rng.uniform(20, 820), letters(4, k * 400 + i)) for i in range(400))
        for k in range(20)
    )
    return pdf(pages)


def picture(ending: str, width: int, height: int, frames: int = 1) -> bytes:
    """An image (of bars) or a TIFF of so many frames."""
    from PIL import Image

    out = io.BytesIO()
    some = []
    for k in range(frames):
        image = Image.new("L", (width, height), 255)
        image.paste(0, (k % 7, 0, width // 2, max(1, height // 3)))
        some.append(image)
    some[0].save(
        out,
        "TIFF" if ending == "tif" else ending,
        **({"save_all": True, "append_images": some[1:]} if frames > 1 else {}),
    )
    return out.getvalue()


def text(made: str) -> Callable[[], bytes]:
    return (_HEAD + made).encode


def csv(rows: int, columns: int, quote: str = "") -> bytes:
    """Names and figures, as a spreadsheet saves them."""
    head = ",".join(["序号", *(f"指标{c}" for c in range(1, columns))]) + "\n"
    return (
        head
        + "".join(
            f"{r}," + quote + ",".join(f"{letters(2, r)}{(r * 31 + c) % 997}" for c in range(1, columns)) + "\n"
            for r in range(1, rows + 1)
        )
    ).encode()


INPUTS: dict[str, Input] = {
    "docx, 20,000 paragraphs": Input(
        "docx", lambda: docx("".join(paragraph(f"{letters(30, k)}。") for k in range(20_000)))
    ),
    "docx, table of 5,000 rows": Input(
        "docx",
        lambda: docx(
            "<w:tbl>"
            + "".join("<w:tr>" + f"<w:tc>{paragraph(letters(4, r))}</w:tc>" * 6 + "</w:tr>" for r in range(5_000))
            + "</w:tbl>"
        ),
    ),
    "docx, 100 tables nested": Input(
        "docx",
        lambda: docx("<w:tbl><w:tr><w:tc>" * 100 + paragraph("甲") + "</w:tc></w:tr></w:tbl>" * 100),
    ),
    "docx, a part of 2 GB": Input("docx", lambda: swollen_zip("word/document.xml", 2000, b"<w:p></w:p>")),
    "xlsx, 20,000 rows of 6": Input("xlsx", lambda: xlsx(20_000, 6)),
    "xlsx, 50,000 rows of 6": Input("xlsx", lambda: xlsx(50_000, 6)),
    "xlsx, 100 sheets of 200 rows": Input("xlsx", lambda: xlsx(200, 6, 100)),
    "xlsx, a part of 2 GB": Input("xlsx", lambda: swollen_zip("xl/worksheets/sheet1.xml", 2000, b"<row></row>")),
    "csv, 50,000 rows of 6": Input("csv", lambda: csv(50_000, 6)),
    "csv, 300,000 ragged cells": Input(
        "csv",
        lambda: "".join(",".join(f"{k * j % 97}" for j in range(1 + k % 11)) + "\n" for k in range(50_000)).encode(),
    ),
    "csv, a quote left open": Input("csv", lambda: csv(20_000, 6, '"')),
    "csv, one quote left open": Input("csv", lambda: csv(10, 6, '"')[:120] + csv(20_000, 6)),
    "txt, a table of ragged rows": Input(
        "txt", text("".join("\t".join(f"{k * j % 97}" for j in range(1 + k % 11)) + "\n" for k in range(50_000)))
    ),
    "txt, 10,000 bare titles": Input("txt", text("".join(f"关于{letters(6, k)}的通知\n\n" for k in range(10_000)))),
    "txt, 10,000 titles, one line each": Input(
        "txt", text("".join(f"关于{letters(6, k)}的报告\n" for k in range(10_000)))
    ),
    "txt, 10,000 Markdown heads": Input("txt", text("".join(f"# {letters(6, k)}\n\n" for k in range(10_000)))),
    "txt, 10,000 numbered heads": Input(
        "txt", text("".join(f"{k}.{j} {letters(6, k)}\n\n" for k in range(1, 1001) for j in range(1, 11)))
    ),
    "txt, 10,000 heads of documents": Input(
        "txt", text("".join(f"松城市水务局文件\n\n松水发〔2021〕{k}号\n\n" for k in range(10_000)))
    ),
    "txt, YAML head of 20,000 keys": Input(
        "txt",
        lambda: (
            "---\n" + "".join(f"key{k}: 值{k}\n" for k in range(20_000)) + "---\n" + _HEAD + "请节水。\n"
        ).encode(),
    ),
    "txt, YAML head left open": Input(
        "txt", lambda: ("---\n" + "".join(f"key{k}: 值{k}\n" for k in range(20_000))).encode()
    ),
    "txt, 65,534 × 1,000 on 48 rows": Input(
        "txt", text("<table>" + '<tr><td colspan="65534" rowspan="1000">甲</td><td>乙</td></tr>' * 48 + "</table>\n")
    ),
    "txt, one line of 10 million": Input("txt", lambda: (letters(3000) * 3334).encode()),
    "html, 20,000 paragraphs": Input(
        "html",
        lambda: (
            "<html><body>" + "".join(f"<p>{letters(30, k)}。</p>" for k in range(20_000)) + "</body></html>"
        ).encode(),
    ),
    "html, 100,000 nested": Input("html", lambda: ("<html><body>" + "<div>" * 100_000 + "甲").encode()),
    "html, 100,000 cells unclosed": Input("html", lambda: ("<html><body><table>" + "<td>甲" * 100_000).encode()),
    "html, 500 tables nested": Input("html", lambda: ("<html><body>" + "<table><tr><td>甲" * 500).encode()),
    "html, 10,000 bold left open": Input("html", lambda: ("<html><body>" + "<p><b>甲" * 10_000).encode()),
    "pdf, words scattered on 20 pages": Input("pdf", scattered),
    "pdf, a catalog that refers to itself": Input(
        "pdf",
        lambda: pdf(
            [show(90, 700, "通知")], catalog="/Outlines 1 0 R /Names 1 0 R /AcroForm 1 0 R /StructTreeRoot 1 0 R"
        ),
    ),
    "pdf, pages that hold themselves": Input(
        "pdf", lambda: pdf([show(90, 700, "通知")]).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")
    ),
    "pdf, forms that draw themselves": Input(
        "pdf",
        lambda: pdf(
            [show(90, 700, "通知") + "/X Do " * 50],
            [form(b"/X Do " * 50, "/Resources << /XObject << /X 4 0 R >> >>")],
            "/XObject << /X 4 0 R >>",
        ),
    ),
    "pdf, forms that draw two each": Input(
        "pdf",
        lambda: pdf(
            [show(90, 700, "通知") + "/X Do "],
            [form(b"/X Do /X Do ", f"/Resources << /XObject << /X {k + 5} 0 R >> >>") for k in range(40)] + [form(b"")],
            "/XObject << /X 4 0 R >>",
        ),
    ),
    "pdf, a stream of 2 GB": Input("pdf", lambda: pdf([flate(2000, b"0 0 m 9 9 l S ")])),
    "pdf, a stream of 60 MB": Input("pdf", lambda: pdf([flate(60, b"0 0 m 9 9 l S ")])),
    "pdf, an image of 2 GB": Input(
        "pdf",
        lambda: pdf(
            ["q 500 0 0 500 0 0 cm /X Do Q"],
            [
                b"<< /Type /XObject /Subtype /Image /Width 40000 /Height 50000 /ColorSpace /DeviceGray /BitsPerComponent 8 "
                b"/Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(image := flate(2000, b"\0")), image)
            ],
            "/XObject << /X 4 0 R >>",
        ),
    ),
    "zip, 300 MB of text": Input("zip", lambda: swollen_zip("a.txt", 300, f"{letters(30)}。\n".encode())),
    "zip, 2 GB": Input("zip", lambda: swollen_zip("a.txt", 2_000, b"0")),
    "zip, 20,000 parts": Input("zip", lambda: zipped((f"{k}.dat", b"") for k in range(20_000))),
    "image, 3 pixels high": Input("png", lambda: picture("png", 4000, 3)),
    "image, 3 pixels wide": Input("png", lambda: picture("png", 3, 4000)),
    "image, 30,000 × 30,000": Input("png", lambda: picture("png", 30_000, 30_000)),
    "TIFF of 1,000 frames, 3 pixels high": Input("tif", lambda: picture("tif", 300, 3, 1000)),
    "TIFF of 1,000 frames": Input("tif", lambda: picture("tif", 200, 200, 1000), bounded=False),
    "json, 20,000 deep": Input("json", lambda: b"[" * 20_000 + b"]" * 20_000),
    "json, 100,000 blocks": Input(
        "json",
        lambda: (
            "["
            + ",".join(f'{{"type":"text","text":"{letters(8, k)}","page_idx":{k // 30}}}' for k in range(100_000))
            + "]"
        ).encode(),
    ),
}


class Ran(NamedTuple):
    seconds: float
    megabytes: float
    code: int
    told: str


def _bound() -> None:
    most = int(_PATIENCE * MOST_SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))


def ran(file: Path, folder: str) -> Ran:
    """One whole run, from a process of its own, so that it alone counts."""
    command = [sys.executable, "-m", "juanzong", "run", str(file), "--out", f"{folder}/out", "--quiet", "--jobs", "1"]
    environment = os.environ | {"JUANZONG_CACHE": f"{folder}/cache"}
    child = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, preexec_fn=_bound
    )
    told = child.stderr.read().decode(errors="replace") if child.stderr else ""
    _, status, usage = os.wait4(child.pid, 0)
    line = told.strip().splitlines()[-1] if told.strip() else ""
    return Ran(
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss / 1024,
        os.waitstatus_to_exitcode(status),
        line.replace(folder, "").strip("/"),
    )


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    options.add_argument("names", nargs="*", help="parts of the inputs' names")
    options.add_argument("--texts", action="store_true")
    given = options.parse_args()
    texts = {f"text: {name}, {kind.full:,}": Input("txt", text(kind.make(kind.full))) for name, kind in KINDS.items()}
    bad = 0
    print("| input | s | MB | exit | told |\n| --- | ---: | ---: | ---: | --- |")
    for name, made in {**INPUTS, **(texts if given.texts else {})}.items():
        if given.names and not any(part in name for part in given.names):
            continue
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, f"a.{made.ending}")
            file.write_bytes(made.make())
            r = ran(file, folder)
        failed = r.code not in (0, 2) or r.megabytes > MOST_MB or (made.bounded and r.seconds > MOST_SECONDS)
        bad += failed
        print(
            f"| {name} | {r.seconds:.1f} | {r.megabytes:.0f} | {r.code} | {r.told[:150]} |{' <--' if failed else ''}",
            flush=True,
        )
    return int(bad > 0)


if __name__ == "__main__":
    raise SystemExit(main())
