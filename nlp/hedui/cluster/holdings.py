"""What a folder of Parquet files holds, in numbers, as the summary of a build tells it."""

from collections import Counter

import pyarrow.compute as pc

from hedui.cluster.folder import Folder


def holdings(folder: Folder) -> dict[str, dict[str, int]]:
    """Sources by status, documents by kind and year, findings by rule; the names are those of the summary."""
    marks = folder.marks().values()
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("status", "kind", "year", "rule")}
    for _, sources in folder.read_all(marks, "sources", ["status"]):
        counts["status"].update(sources["status"].to_pylist())
    for _, documents in folder.read_all(marks, "documents", ["status", "kind", "fiscal_year"]):
        ok = documents.filter(pc.equal(documents["status"], "ok"))
        counts["kind"].update(kind or "" for kind in ok["kind"].to_pylist())
        counts["year"].update(str(year or "") for year in ok["fiscal_year"].to_pylist())
    for _, findings in folder.read_all(marks, "findings", ["rule"]):
        counts["rule"].update(findings["rule"].to_pylist())
    by_name = {name: dict(sorted(counts[name].items())) for name in ("year", "rule")}
    return {
        "status": dict(sorted(counts["status"].items(), reverse=True)),
        "kind": dict(sorted(counts["kind"].items(), key=lambda pair: (-pair[1], pair[0]))),
        **by_name,
    }
