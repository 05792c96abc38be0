"""Speed and memory of the PDF and scan readers, against the bare libraries on the same pages in the same run.

    python bench/readers.py text FILE.pdf [--pages 1000]     text layer: ours / pdfplumber's own extraction
    python bench/readers.py scan FILE.pdf [--pages 6]        scans: ours / RapidOCR's own recognition; one process, two

Each measurement runs in its own process. FILE's pages are repeated until there are enough.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))


def repeated(source: Path, pages: int, target: Path) -> None:
    """A PDF of `pages` pages: those of `source`, over and over."""
    import pypdfium2

    with pypdfium2.PdfDocument(source) as pdf:
        out = pypdfium2.PdfDocument.new()
        while len(out) < pages:
            out.import_pages(pdf, list(range(min(len(pdf), pages - len(out)))))
        out.save(target)


def ours_text(path: Path) -> None:
    from juanzong.read import read

    read(path, record_as=path.name)


def pdfplumber_own(path: Path) -> None:
    """Text and tables of every page, as pdfplumber gives them, pages closed as its documentation advises."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_tables()
            page.close()


def ours_scan(path: Path, jobs: int) -> None:
    from juanzong.read import ReadOptions, read

    with tempfile.TemporaryDirectory() as cache:
        os.environ["JUANZONG_CACHE"] = cache
        read(path, record_as=path.name, options=ReadOptions(jobs=jobs))


def rapidocr_own(path: Path) -> None:
    """RapidOCR as it comes, one thread, on the same page images."""
    import pypdfium2
    from rapidocr import RapidOCR

    engine = RapidOCR(
        params={
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            engine(page.render(scale=200 / 72).to_numpy()[..., :3].copy())


WAYS = {
    "ours": ours_text,
    "pdfplumber": pdfplumber_own,
    "ours, 1 process": lambda p: ours_scan(p, 1),
    "ours, 2 processes": lambda p: ours_scan(p, 2),
    "rapidocr": rapidocr_own,
}


def measured(way: str, path: Path) -> tuple[float, float]:
    """(seconds, peak memory in MB) of one way in a process of its own; memory is the process's, its children aside."""
    done = subprocess.run(
        [sys.executable, __file__, "measure", str(path), "--way", way], capture_output=True, text=True, check=True
    )
    seconds, megabytes = json.loads(done.stdout.splitlines()[-1])
    return seconds, megabytes


def compare(ways: list[str], path: Path, pages: int) -> dict[str, float]:
    """Measure all, print pages per second and memory; returns the seconds."""
    seconds = {}
    for way in ways:
        seconds[way], megabytes = measured(way, path)
        print(f"{way:20s} {pages / seconds[way]:8.2f} pages/s {megabytes:8.0f} MB")
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=["text", "scan", "measure"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--pages", type=int)
    parser.add_argument("--way", choices=list(WAYS))
    args = parser.parse_args()
    if args.kind == "measure":
        begun = time.perf_counter()
        WAYS[args.way](args.file)
        print(json.dumps([time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
        return
    pages = args.pages or (1000 if args.kind == "text" else 6)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pages.pdf"
        repeated(args.file, pages, path)
        if args.kind == "text":
            seconds = compare(["pdfplumber", "ours"], path, pages)
            print(f"ours / pdfplumber    {seconds['ours'] / seconds['pdfplumber']:8.2f}")
        else:
            seconds = compare(["rapidocr", "ours, 1 process", "ours, 2 processes"], path, pages)
            print(f"ours / rapidocr      {seconds['ours, 1 process'] / seconds['rapidocr']:8.2f}")
            print(
                f"two processes        {seconds['ours, 1 process'] / seconds['ours, 2 processes']:8.2f} times as fast"
            )


if __name__ == "__main__":
    main()
