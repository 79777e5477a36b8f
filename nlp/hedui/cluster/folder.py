"""The folder of Parquet files: a folder for each table, a file in it for each partition, and what is known of those.

OUT/claims/00017-3f2a9c4b71d0.parquet   rows of one partition; the second half of the name tells its inputs apart
OUT/items/items.parquet                 the tables that all documents share are one file
OUT/_hedui/00017.json                   the mark of a finished partition: its fingerprint, its inputs, what failed
OUT/_SUCCESS                            all partitions are finished and settled

Files are written under another name and renamed, the mark last: a partition without one is not there.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq
from fsspec.core import url_to_fs

TABLES = ("documents", "sources", "claims", "sentences", "others", "relations", "relation_claims", "findings")
SHARED = ("items", "metrics")  # rows that many documents refer to
OWN = "_hedui"  # readers of Parquet folders pass over what begins so
SUCCESS = "_SUCCESS"
LAYOUT = "layout"
READERS = 16  # files read at once: an object store answers slowly

Tables = Mapping[str, pa.Table]


class OtherLayout(ValueError):
    """The folder was begun with another number of partitions; `args` has that one."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is known of a finished partition: `read` documents were read; the others failed, each with its reason."""

    name: str
    fingerprint: str
    version: str
    paths: list[str] = field(hash=False)
    read: int
    failures: list[tuple[str, str]] = field(hash=False)


class Folder:
    """The folder at a path or URL. Methods raise what its file system raises, OSError for the most part."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.system, self._root = url_to_fs(url)

    def make(self) -> None:
        """Make what folders there have to be."""
        for name in (*TABLES, *SHARED, OWN):
            self.system.makedirs(self.path(name), exist_ok=True)

    def path(self, *parts: str) -> str:
        """A path inside, as its file system wants it."""
        return "/".join([self._root.rstrip("/"), *parts])

    def exists(self, *parts: str) -> bool:
        """Whether there is such a file."""
        self.system.invalidate_cache()  # others write here too
        return bool(self.system.exists(self.path(*parts)))

    def files(self, folder: str) -> list[str]:
        """The names of the files in one of the folders."""
        if not self.exists(folder):
            return []
        return sorted(
            str(path).rpartition("/")[2] for path in self.system.ls(self.path(folder), detail=False)
        )

    def remove(self, *parts: str) -> None:
        """Remove a file, if there is one."""
        if self.exists(*parts):
            self.system.rm_file(self.path(*parts))

    def write(self, data: bytes, *parts: str) -> None:
        """Write a file, whole or not at all."""
        with self.system.open(beside := self._beside(), "wb") as file:
            file.write(data)
        self.system.mv(beside, self.path(*parts))

    def write_table(self, table: pa.Table, *parts: str) -> None:
        """Write a Parquet file, whole or not at all."""
        with self.system.open(beside := self._beside(), "wb") as file:
            pq.write_table(table, file, compression="zstd")
        self.system.mv(beside, self.path(*parts))

    def read_table(self, *parts: str, columns: list[str] | None = None) -> pa.Table:
        """A Parquet file, or some columns of it."""
        with self.system.open(self.path(*parts), "rb") as file:
            return pq.read_table(file, columns=columns)

    def read_all(
        self, marks: Iterable[Mark], table: str, columns: list[str] | None = None
    ) -> Iterator[tuple[str, pa.Table]]:
        """The rows of each partition, with its name."""

        def one(mark: Mark) -> tuple[str, pa.Table]:
            return mark.name, self.read_table(*place(table, mark), columns=columns)

        with ThreadPoolExecutor(READERS) as threads:
            yield from threads.map(one, marks)

    def read_json(self, *parts: str) -> Any:
        """What a file of JSON holds; None where there is none."""
        try:
            with self.system.open(self.path(*parts), "rb") as file:
                return json.load(file)
        except FileNotFoundError:
            return None

    def layout(self, number: int | None, else_: int) -> int:
        """How many partitions there are: as many as the folder was begun with; else `number`, or `else_`.

        Raises OtherLayout where it was begun with another number than is asked for.
        """
        found = self.read_json(OWN, f"{LAYOUT}.json")
        if found is not None:
            begun = int(found["partitions"])
            if number not in (None, begun):
                raise OtherLayout(begun)
            return begun
        self.write(json.dumps({"partitions": number or else_}).encode(), OWN, f"{LAYOUT}.json")
        return number or else_

    def marks(self) -> dict[str, Mark]:
        """The marks of all finished partitions by their names."""
        names = [name for name in self.files(OWN) if _is_mark(name)]
        with ThreadPoolExecutor(READERS) as threads:
            found = [each for each in threads.map(partial(self.read_json, OWN), names) if each is not None]
        return {mark.name: mark for mark in (Mark(**each) for each in found)}

    def finish(self, mark: Mark, tables: Tables) -> None:
        """Write the files of a partition, its mark last."""
        for name, table in tables.items():
            self.write_table(table, *place(name, mark))
        self.write(json.dumps(asdict(mark), ensure_ascii=False).encode(), OWN, f"{mark.name}.json")

    def unmark(self, name: str) -> None:
        """Take it that a partition is not there."""
        self.remove(OWN, f"{name}.json")

    def sweep(self, marks: Iterable[Mark]) -> None:
        """Remove what belongs to no finished partition: files of inputs as they were, and of attempts that died."""
        kept = {place(table, mark)[1] for mark in marks for table in (*TABLES, *SHARED)}
        for folder in (*TABLES, OWN):
            for name in self.files(folder):
                if name.endswith((".parquet", ".part")) and name not in kept:
                    self.remove(folder, name)

    def _beside(self) -> str:
        return self.path(OWN, f"{uuid4().hex}.part")


def place(table: str, mark: Mark) -> tuple[str, str]:
    """Where the rows of a partition lie: the folder and the name of the file."""
    name = f"{mark.name}-{mark.fingerprint[:12]}"
    return (OWN, f"{name}.{table}.parquet") if table in SHARED else (table, f"{name}.parquet")


def _is_mark(name: str) -> bool:
    return name.endswith(".json") and name.removesuffix(".json").isdigit()
