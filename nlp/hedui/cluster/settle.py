"""What no partition can know by itself: which of several tells a document that all of them have read, and the tables
that all documents share.

One text at several sources is one document, told from the least of them, as in the database. Which partition that
falls to is only known once all are read; the others then leave the document out, and a row of `sources` stays.
"""

from collections.abc import Iterable, Mapping
from itertools import chain

import pyarrow as pa
import pyarrow.compute as pc

from hedui.cluster.folder import SHARED, TABLES, Folder, Mark, place
from hedui.store.arrow import as_table
from hedui.store.schema import metrics


def amiss(folder: Folder, marks: Mapping[str, Mark]) -> tuple[dict[str, list[str]], set[str]]:
    """The documents, by partition, that it tells although another one has to; and the partitions that have left out
    a document which they have to tell now, as another one has it no more."""
    told, owners = _told(folder, marks), _owners(folder, marks)
    keys = ["id", "partition"]
    twice: dict[str, list[str]] = {}
    for row in told.join(owners, keys, join_type="left anti").to_pylist():
        twice.setdefault(row["partition"], []).append(row["id"])
    untold = owners.join(told, keys, join_type="left anti")
    return twice, set(untold["partition"].to_pylist())


def leave_out(url: str, mark: Mark, documents: list[str]) -> None:
    """Take documents out of the files of a partition. Done again after a crash it goes on: their own rows go last."""
    folder = Folder(url)
    ids = pa.array(documents, pa.string())
    relations = folder.read_table(*place("relations", mark), columns=["id", "document"])
    gone = relations.filter(pc.is_in(relations["document"], ids))["id"].combine_chunks()
    columns = {"documents": ("id", ids), "relation_claims": ("relation", gone)}
    for name in reversed([name for name in TABLES if name != "sources"]):
        column, without = columns.get(name, ("document", ids))
        rows = folder.read_table(*place(name, mark))
        folder.write_table(rows.filter(pc.invert(pc.is_in(rows[column], without))), *place(name, mark))


def write_shared(folder: Folder, marks: Mapping[str, Mark]) -> None:
    """Write the tables that all documents share, each row once."""
    named = {"items": [], "metrics": metrics()}
    for name in SHARED:
        found = chain.from_iterable(table.to_pylist() for _, table in folder.read_all(marks.values(), name))
        rows = {row["id"]: row for row in chain(found, named[name])}
        folder.write_table(as_table(name, [rows[key] for key in sorted(rows)]), name, f"{name}.parquet")


def _told(folder: Folder, marks: Mapping[str, Mark]) -> pa.Table:
    """`id` of a document and `partition`, for each that a partition tells."""
    return _concatenated(folder.read_all(marks.values(), "documents", ["id"]))


def _owners(folder: Folder, marks: Mapping[str, Mark]) -> pa.Table:
    """`id` of a document and the one `partition` that has to tell it."""
    found = _concatenated(folder.read_all(marks.values(), "sources", ["document", "source"]))
    order = [(name, "ascending") for name in ("document", "source", "partition")]
    first = found.sort_by(order).group_by("document", use_threads=False).aggregate([("partition", "first")])
    return first.rename_columns({"document": "id", "partition_first": "partition"})


def _concatenated(tables: Iterable[tuple[str, pa.Table]]) -> pa.Table:
    """Tables by partition as one, with a column that names it."""
    return pa.concat_tables(
        table.append_column("partition", pa.repeat(pa.scalar(name), table.num_rows)) for name, table in tables
    )
