"""Speed and memory of gip-lint as ratios: reports a second, one cold file, peak memory.

    python benchmarks/run.py [--reports 2000] [--against 'autocorrect --lint --threads 1']

The reports are made by the generator of the test suite, about 7 KB each, in all layouts. Numbers of one machine say
little about another: the ratio of a cold run to `python -c pass`, and of a whole run to the command given with
`--against` on the same files, say more.
"""

from __future__ import annotations

import argparse
import gc
import logging
import math
import os
import random
import resource
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

REPORT_BYTES = 7_000
LONG_LAYOUTS = ("drawn", "tagged")  # two or three times that, most of it lines and tags
COLD_RUNS = 15
PASSES = 7
WORD_FILES = 10


def write_reports(folder: Path, count: int) -> int:
    """Write that many correct reports of about 7 KB, lengthened with prose; the total of their bytes."""
    from clean_drafts import clean_draft
    from layouts import LAYOUTS

    layouts = [layout for layout in LAYOUTS if layout.family not in LONG_LAYOUTS]
    filler = "\n相关栏目按季度检查，发现的问题及时整改，群众反映较好。"
    total = 0
    for number in range(count):
        rng = random.Random(number)
        text = layouts[number % len(layouts)].render(clean_draft(rng), rng)
        missing = REPORT_BYTES - len(text.encode())
        if missing > 0:
            text = text.replace("\n五、", filler * (missing // len(filler.encode())) + "\n五、", 1)
        data = text.encode()
        total += len(data)
        (folder / f"report-{number:04}.txt").write_bytes(data)
    return total


def seconds(command: Sequence[str]) -> float:
    """Wall time of one run; the exit code does not matter."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def median(command: Sequence[str], runs: int) -> float:
    """The median wall time after one run that warms the caches."""
    seconds(command)
    return statistics.median(seconds(command) for _ in range(runs))


def processor_seconds() -> float:
    """The processor time taken so far, that of ended child processes included: PDF files are read in such."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def time_each(read: Callable[[bytes], object], files: Sequence[bytes]) -> float:
    """Processor seconds for one of the files, the best of several runs over all of them."""
    best = math.inf
    for _ in range(PASSES):
        gc.collect()  # what another library left behind is not this one's to clear away
        start = processor_seconds()
        for data in files:
            read(data)
        best = min(best, processor_seconds() - start)
    return best / len(files)


def print_web_pages(pages: int) -> None:
    """The reader of web pages against lxml.html: only parsing, and with the text of every cell and paragraph."""
    import lxml.html

    from clean_drafts import clean_draft
    from gip_lint.readers.web import read
    from web_rendition import WEB_LAYOUTS

    def extracted(data: bytes) -> object:
        root = lxml.html.document_fromstring(data)
        rows = [[cell.text_content() for cell in row.iter("td", "th")] for row in root.iter("tr")]
        return rows, [paragraph.text_content() for paragraph in root.iter("p")]

    for layout in WEB_LAYOUTS:
        assert layout.write is not None
        files = [layout.write(clean_draft(random.Random(n)), random.Random(n)) for n in range(pages)]
        own = time_each(lambda data: read(data, "page.html"), files)
        parsing, extracting = time_each(lxml.html.document_fromstring, files), time_each(extracted, files)
        print(
            f"web page       {own * 1000:6.2f} ms  ratio {own / parsing:.1f} to lxml.html parsing only, "
            f"{own / extracting:.1f} to lxml.html extracting cells and paragraphs   ({layout.variant}, "
            f"{sum(map(len, files)) / len(files) / 1000:.0f} KB)"
        )


def print_word_files() -> None:
    """The reader of Word files against python-docx giving out the text of all paragraphs and cells, row by row.

    That is its cheap way, through `table.cell` it takes a hundred times as long.
    """
    from clean_drafts import clean_draft
    from gip_lint.readers.word import read
    from word_rendition import Habits, render

    files = [render(clean_draft(random.Random(n)), Habits(), random.Random(n)) for n in range(WORD_FILES)]
    own = time_each(lambda data: read(data, "report.docx"), files)
    try:
        import docx
    except ImportError:
        print(f"Word file      {own * 1000:6.2f} ms  (python-docx is not installed: nothing to compare with)")
        return

    def extracted(data: bytes) -> object:
        document = docx.Document(BytesIO(data))
        texts = [paragraph.text for paragraph in document.paragraphs]
        return texts, [cell.text for table in document.tables for row in table.rows for cell in row.cells]

    print(f"Word file      {own * 1000:6.2f} ms  ratio {own / time_each(extracted, files):.2f} to python-docx")


def print_pdf_files(others: Sequence[Path]) -> None:
    """The reader of PDF files against pdfplumber giving out the tables and the text of every page."""
    from clean_drafts import clean_draft
    from gip_lint.readers.pdf import read
    from pdf_rendition import Ruled, Style, pdf_of

    made = [pdf_of(clean_draft(random.Random(n)), Style(ruled=ruled)) for n, ruled in enumerate(Ruled)]
    for files, name in ((made, "generated"), *(([path.read_bytes()], path.name) for path in others)):
        own = time_each(lambda data: read(data, "report.pdf"), files)
        try:
            import pdfplumber
        except ImportError:
            print(
                f"PDF file       {own * 1000:6.2f} ms  (pdfplumber is not installed: nothing to compare with)   ({name})"
            )
            continue
        logging.disable()  # it warns of every font without a box

        def extracted(data: bytes) -> object:
            with pdfplumber.open(BytesIO(data)) as document:
                return [(page.extract_tables(), page.extract_text()) for page in document.pages]

        print(
            f"PDF file       {own * 1000:6.2f} ms  ratio {own / time_each(extracted, files):.2f} to pdfplumber   ({name})"
        )


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--against", default="", help="a command to compare with; the folder is appended")
    parser.add_argument("--pages", type=int, default=10, help="web pages of each kind (10)")
    parser.add_argument("--pdf", type=Path, nargs="*", default=[], help="more PDF files to time")
    arguments = parser.parse_args()
    # An installed package has its bytecode.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    lint = [os.path.join(os.path.dirname(sys.executable), "gip-lint")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        total = write_reports(folder, arguments.reports)
        print(f"{arguments.reports} reports, {total / arguments.reports:,.0f} bytes each, one process")
        whole = median([*lint, name], 3)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"whole run      {whole:6.2f} s   {arguments.reports / whole:5.0f} reports/s   peak {peak:.0f} MiB")
        if arguments.against:
            other = median([*shlex.split(arguments.against), name], 3)
            print(f"compared with  {other:6.2f} s   ratio {whole / other:.2f}   ({arguments.against})")
        bare = median([sys.executable, "-c", "pass"], COLD_RUNS)
        cold = median([*lint, str(folder / "report-0000.txt")], COLD_RUNS)
        print(f"one cold file  {cold * 1000:6.0f} ms  ratio {cold / bare:.1f} to python -c pass ({bare * 1000:.0f} ms)")
    print_web_pages(arguments.pages)
    print_word_files()
    print_pdf_files(arguments.pdf)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
