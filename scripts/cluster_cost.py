"""What a document costs on a cluster: processor seconds, bytes of Parquet and bytes of database, by kind of file.

python scripts/cluster_cost.py build/txt build/html build/docx build/pdf

Each folder is built by a cluster of one worker on this machine and loaded into a database; a row of a Markdown table
tells the means of its documents. Processor seconds are those of the worker and all its processes, what it takes to
start them apart.
"""

import argparse
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psutil
from distributed import Client

from hedui.cluster.build import build
from hedui.cluster.connect import connected
from hedui.cluster.folder import OWN, Folder
from hedui.cluster.load import load
from hedui.cluster.piece import Settings
from hedui.cluster.task import Job
from hedui.corpus.outcome import Outcome
from hedui.corpus.work import examine
from hedui.inputs import Places, gather
from hedui.store import Store


@dataclass(frozen=True)
class Cost:
    """Of the documents of one folder, all together; `seconds` of processor, the rest in bytes but `claims`."""

    documents: int
    given: int
    claims: int
    seconds: float
    parquet: int
    database: int

    def row(self, name: str) -> str:
        """The means as a row of a Markdown table."""
        means = [number / self.documents for number in (self.given, self.parquet, self.database)]
        given, parquet, database = (f"{mean / 1000:.0f}" for mean in means)
        claims, seconds = self.claims / self.documents, self.seconds / self.documents
        return (
            f"| {name} | {self.documents} | {given} | {claims:.0f} | {seconds:.2f} | {parquet} | {database} |"
        )


def consumed() -> float:
    """Processor seconds of this process and all that it has begun."""
    own = psutil.Process()
    return sum(sum(process.cpu_times()[:4]) for process in (own, *own.children(recursive=True)))


def cost(folder: Path, warm: Path, engine: str, scratch: Path) -> Cost:
    """Build a folder, and load what comes of it. `warm` is built first and not counted."""
    with connected("local", 1) as client:
        _run(gather([str(warm)]), scratch / "warm", engine, client)
        before = sum(client.run(consumed).values())
        outcomes = _run(gather([str(folder)]), scratch / "out", engine, client)
        seconds = sum(client.run(consumed).values()) - before
    read = [outcome for outcome in outcomes if outcome.status == "read"]
    database = scratch / "claims.db"
    with Store(database) as store:
        for _ in load(Folder(str(scratch / "out")), store):
            pass
        store.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    files = [path for path in (scratch / "out").rglob("*.parquet") if OWN not in path.parts]
    return Cost(
        len(read),
        sum(Path(outcome.source).stat().st_size for outcome in read),
        sum(outcome.claims for outcome in read),
        seconds,
        sum(path.stat().st_size for path in files),
        database.stat().st_size,
    )


def _run(places: Places, out: Path, engine: str, client: Client) -> list[Outcome]:
    job = Job(str(out), os.getcwd(), Settings("en", engine, 600, 2_000_000_000, examine))
    told = build(places, Folder(str(out)), client, job, number=1)
    return [each for each in told if isinstance(each, Outcome)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--pdf-engine", choices=["pdfminer", "pdfium"], default="pdfminer")
    chosen = parser.parse_args()
    print("| | documents | given, kB | claims | processor, s | Parquet, kB | database, kB |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for folder in chosen.folders:
        warm = next(path for path in sorted(folder.iterdir()) if path.is_file())
        with tempfile.TemporaryDirectory() as scratch:
            print(cost(folder, warm, chosen.pdf_engine, Path(scratch)).row(folder.name), flush=True)


if __name__ == "__main__":
    main()
