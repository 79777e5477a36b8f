"""Measure `hedui serve` under load: many documents, many readers; print a Markdown table.

python scripts/load_pages.py --documents 10000 --readers 20 --real ../shared/corpus --out docs/load.md

Some hundreds of generated documents and the real ones are read once; altered copies of them, of other bodies and years,
fill the database (in --folder, where it stays for the next time). Readers ask over the loopback, each one request after
the other, for one page at a time. Exit code 1 where an aim is missed: the median of the start page at most twice that
of Datasette's own page of a table, of the longest document at most three times; no page larger than 1.5 MB.
"""

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import quote

import hedui
from corpus.generate import generate
from hedui.inputs import Input
from hedui.model import Report
from hedui.store import Store

CHECKOUT = Path(__file__).resolve().parent.parent
TABLE = "/claims/findings"
LARGEST = 1_500_000  # bytes of a page
AIMS = {"start": 2.0, "longest document": 3.0}  # times the median of Datasette's page
YEARS = 9
SEED = 808


@dataclass(frozen=True, slots=True)
class Measured:
    """What readers waited for one page: seconds of the first request, and of all others at once; bytes."""

    name: str
    path: str
    first: float
    seconds: Sequence[float]
    size: int

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def main() -> int:
    """Run; 1 where an aim is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--different", type=int, default=200, help="generated documents to copy from")
    parser.add_argument("--real", type=Path, help="folder of further documents to copy from")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--requests", type=int, default=10, help="of each reader for each page")
    parser.add_argument("--folder", type=Path, default=CHECKOUT / "build" / "load", help="of the database")
    parser.add_argument("--out", type=Path, help="a Markdown file")
    options = parser.parse_args()
    path: Path = options.folder / f"{options.documents}.db"
    if not path.is_file():
        fill(path, options.documents, options.different, options.real)
    with served(path) as port:
        found = []
        for page in pages(path):
            found.append(measure(port, *page, options.readers, options.requests))
            print(f"{found[-1].name}: {1000 * found[-1].median:.0f} ms", file=sys.stderr, flush=True)
    told = f"# Pages under load\n\n`scripts/load_pages.py {' '.join(sys.argv[1:])}`: {options.documents:,} documents, "
    told += f"{path.stat().st_size / 1e9:.1f} GB, {options.readers} readers at once, {os.cpu_count()} processors.\n\n"
    told += "\n".join(table(found)) + "\n"
    print(told)
    if options.out:
        options.out.write_text(told, "utf8")
    return 1 if any(missed(each, found[0]) for each in found) else 0


def fill(path: Path, documents: int, different: int, real: Path | None) -> None:
    """Make the database; nothing stands at its place until it is whole."""
    originals = list(read(different, real))
    path.parent.mkdir(parents=True, exist_ok=True)
    growing = path.with_suffix(".growing")
    growing.unlink(missing_ok=True)
    with Store(growing) as store:
        for number, (report, fingerprint) in enumerate(islice(cycle(originals), documents)):
            store.add(altered(report, number, len(originals)), fingerprint)
            if number % 500 == 0:
                print(f"{number:,} of {documents:,} documents", file=sys.stderr, flush=True)
    growing.rename(path)


def read(different: int, real: Path | None) -> Iterator[tuple[Report, str | None]]:
    """The reports to copy: the real ones first, with fingerprints, then the generated, a third with contradictions."""
    for file in sorted([*real.resolve().glob("*.txt"), *real.resolve().glob("*.pdf")]) if real else ():
        yield hedui.check(file), Input(str(file), file.read_bytes()).fingerprint()
    for errors, count in ((0, different * 2 // 3), (3, different - different * 2 // 3)):
        for made in generate(count, SEED, errors=errors):
            report = hedui.check(text=made.page.text)
            yield replace(report, document=replace(report.document, source=f"{errors}/{made.name}.txt")), None


def altered(report: Report, number: int, originals: int) -> Report:
    """A copy as of another body and year: the first round of copies is as it was read."""
    times = number // originals
    if not times:
        return report
    document = report.document
    body = f"{document.publisher or '某局'}{times // YEARS}"
    source = f"{number}/{Path(document.source).name}"
    year = 2015 + times % YEARS
    made = replace(document, id=f"{number:016x}", source=source, publisher=body, fiscal_year=year)
    return replace(report, document=made)


def pages(path: Path) -> Iterator[tuple[str, str]]:
    """The pages to ask for, by name; Datasette's own first."""
    with closing(Store(path)) as store:
        ((longest,),) = store.db.execute("SELECT id FROM documents ORDER BY characters DESC LIMIT 1")
        ((body,),) = store.db.execute(
            """
            SELECT publisher FROM documents WHERE publisher IS NOT NULL
            GROUP BY publisher ORDER BY count(*) DESC LIMIT 1
            """
        )
        printed = store.db.execute(
            """
            SELECT documents.id FROM documents JOIN sources ON sources.document = documents.id
            WHERE sources.fingerprint IS NOT NULL AND documents.pages > 1 ORDER BY documents.pages DESC LIMIT 1
            """
        ).fetchone()
    yield "Datasette's page of a table", TABLE
    yield "start", "/"
    yield "longest document", f"/document/{longest}"
    if printed:  # the real documents hold a PDF
        yield "PDF, its pages as pictures", f"/document/{printed[0]}?show=pages"
        yield "picture of a page", f"/document/{printed[0]}/page/1.webp"
    yield "search", "/search?q=" + quote("公务接待")
    yield "search for what is everywhere", "/search?q=" + quote("支 出")
    yield "body", "/body?name=" + quote(body)
    yield "plots", "/plots"
    yield "findings with facets", "/claims/findings_reviewed?_facet=rule&_facet=certainty&_facet=fiscal_year"
    yield "documents with facets", "/claims/documents?_facet=fiscal_year&_facet=kind"
    yield "claims", "/claims/claims"


@contextmanager
def served(path: Path) -> Iterator[int]:
    """The port at which `hedui serve` shows a database, in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "hedui", "serve", str(path), "--port", str(port)]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                ask(port, "/check")
                break
            except OSError:
                time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def ask(port: int, path: str) -> tuple[float, int]:
    """Seconds until a page was there, and its bytes. Raises RuntimeError for any answer but 200."""
    begun = time.perf_counter()
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=300)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return time.perf_counter() - begun, len(body)


def measure(port: int, name: str, path: str, readers: int, requests: int) -> Measured:
    """One request alone, then those of all readers at once."""
    first, size = ask(port, path)
    with ThreadPoolExecutor(readers) as pool:
        waited = list(pool.map(lambda _: ask(port, path)[0], range(readers * requests)))
    return Measured(name, path, first, waited, size)


def missed(page: Measured, datasettes: Measured) -> bool:
    """Whether a page is too slow beside Datasette's own, or too large."""
    return page.size > LARGEST or page.median > AIMS.get(page.name, float("inf")) * datasettes.median


def table(found: Sequence[Measured]) -> Iterator[str]:
    """The lines of a Markdown table."""
    yield "| page | first ms | median ms | 95 % ms | × Datasette's | aim | kB |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for page in found:
        slow = statistics.quantiles(page.seconds, n=20)[-1]
        aim = f"≤ {AIMS[page.name]:g}" if page.name in AIMS else ""
        times = [f"{1000 * seconds:.0f}" for seconds in (page.first, page.median, slow)]
        ratio = f"{page.median / found[0].median:.2f}"
        row = (page.name, *times, ratio, aim, f"{page.size / 1000:.0f}")
        yield f"| {' | '.join(row)} |{' missed' if missed(page, found[0]) else ''}"


if __name__ == "__main__":
    sys.exit(main())
