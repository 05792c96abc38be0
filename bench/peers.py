"""Against other programs on the same text, in the same run: Docling (text, PDF) and pdfplumber (PDF).

python bench/peers.py [FILE] [--rounds 5] [--pages 200] [--docling PYTHON]

FILE (by default the bundle in raw/) is read as text, and typeset as a PDF of so many pages (bench/typeset.py; needs
reportlab). Each measurement is a whole process; the programs take turns, and the medians of their processor seconds are
printed, with ratios. Docling reads the text as Markdown, which is its reader of text; it needs an interpreter of its own
(`python -m venv /tmp/d; /tmp/d/bin/pip install docling; --docling /tmp/d/bin/python`) and is left out without. pdfplumber's
own extraction is text and tables of every page, against our reader of PDFs.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).parent
_DOCLING = "import sys; from docling.document_converter import DocumentConverter as C; C().convert(sys.argv[1]).document.export_to_dict()"
_PDFPLUMBER = (
    "import sys, readers; from pathlib import Path; readers.pdfplumber_own(Path(sys.argv[1]))"  # bench/readers.py
)
_OUR_READER = "import sys, readers; from pathlib import Path; readers.ours_text(Path(sys.argv[1]))"
# an installed program has its bytecode
_AS_INSTALLED = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def seconds(command: Sequence[str], folder: Path) -> float:
    """Processor seconds of a whole process."""
    child = subprocess.Popen(command, cwd=folder, env=_AS_INSTALLED, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, error = b"", child.stderr.read() if child.stderr else b""
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command[:3])[:80]} failed: {error.decode(errors='replace')[-300:]}")
    return usage.ru_utime + usage.ru_stime


def compared(name: str, commands: Mapping[str, Sequence[str]], rounds: int, folder: Path) -> None:
    """Print the medians of the commands, which take turns, as ratios to the first."""
    found: dict[str, list[float]] = {who: [] for who in commands}
    for command in commands.values():
        seconds(command, folder)  # once unmeasured: files are read from the disk, bytecode is made
    for _ in range(rounds):
        for who, command in commands.items():
            found[who].append(seconds(command, folder))
    base = statistics.median(next(iter(found.values())))
    for who, some in found.items():
        print(f"| {name} | {who} | {statistics.median(some):.2f} | {statistics.median(some) / base:.2f} |", flush=True)


def typeset(text: Path, pdf: Path, pages: int) -> None:
    """The text as a PDF of so many pages at most."""
    import pypdfium2

    whole = pdf.with_suffix(".whole.pdf")
    subprocess.run([sys.executable, str(HERE / "typeset.py"), str(text), str(whole)], check=True)
    with pypdfium2.PdfDocument(whole) as source:
        out = pypdfium2.PdfDocument.new()
        out.import_pages(source, list(range(min(pages, len(source)))))
        out.save(pdf)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    options.add_argument("file", nargs="?", type=Path, default=next(iter(Path("raw").glob("*.txt")), None))
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--pages", type=int, default=200)
    options.add_argument("--docling", metavar="PYTHON")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        text, pdf = folder / "bundle.txt", folder / "bundle.pdf"
        text.write_bytes(given.file.read_bytes())
        markdown = folder / "bundle.md"
        markdown.write_bytes(text.read_bytes())
        typeset(text, pdf, given.pages)
        ours = [sys.executable, "-m", "juanzong", "run"]
        print("| input | program | processor s | times ours |\n| --- | --- | ---: | ---: |")
        docling = {"Docling": [given.docling, "-c", _DOCLING, str(markdown)]} if given.docling else {}
        compared("text", {"juanzong": [*ours, str(text), "--quiet"], **docling}, given.rounds, folder)
        path = f"import sys; sys.path.insert(0, {str(HERE)!r}); "
        readers = {
            "juanzong's reader": [sys.executable, "-c", path + _OUR_READER, str(pdf)],
            "pdfplumber": [sys.executable, "-c", path + _PDFPLUMBER, str(pdf)],
        }
        docling = {"Docling": [given.docling, "-c", _DOCLING, str(pdf)]} if given.docling else {}
        compared(f"PDF, {given.pages} pages", readers, given.rounds, folder)
        if docling:
            whole = {"juanzong": [*ours, str(pdf), "--quiet"], **docling}
            try:
                compared(f"PDF, {given.pages} pages, whole run", whole, 1, folder)
            except SystemExit as failure:  # its models for pages are not in its package
                print(f"PDF with Docling: not measured; {failure}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
