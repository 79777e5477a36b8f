"""What a run did, and what stands in the database after it, in numbers."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hedui.corpus.outcome import Outcome
from hedui.messages import Language, say
from hedui.model import Failure
from hedui.store import Store

_DATABASE = {
    "status": "SELECT status, count(*) FROM sources GROUP BY status ORDER BY status DESC",
    "kind": "SELECT ifnull(kind, ''), count(*) FROM documents WHERE status = 'ok' GROUP BY 1 ORDER BY 2 DESC, 1",
    "year": "SELECT ifnull(fiscal_year, ''), count(*) FROM documents WHERE status = 'ok' GROUP BY 1 ORDER BY 1",
    "rule": "SELECT rule, count(*) FROM findings GROUP BY rule ORDER BY rule",
}


@dataclass(slots=True)
class Tally:
    """Counts the outcomes of a run, by status; those that failed, now or before, are kept with their reasons."""

    statuses: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Count one."""
        self.statuses[outcome.status] += 1
        if outcome.status in ("failed", "failed_before"):
            self.failures.append(Failure(outcome.source, outcome.reason))

    def count(self, status: str) -> int:
        """How many ended so."""
        return self.statuses[status]


def holdings(store: Store) -> dict[str, dict[str, int]]:
    """What the database holds: sources by status, documents by kind and year, findings by rule."""
    return {
        name: {str(key): count for key, count in store.connection.execute(sql)}
        for name, sql in _DATABASE.items()
    }


def as_dict(tally: Tally, seconds: float, held: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """The summary as JSON shows it."""
    names = ("read", "failed", "unchanged", "failed_before")
    return {
        "run": {name: tally.count(name) for name in names} | {"seconds": round(seconds, 1)},
        "database": {name: dict(counts) for name, counts in held.items()},
        "failures": [failure.to_dict() for failure in tally.failures],
    }


def as_text(tally: Tally, seconds: float, held: Mapping[str, Mapping[str, int]], lang: Language) -> list[str]:
    """The summary as lines for people."""
    done = tally.count("read") + tally.count("failed")
    rate = f"{done / seconds:.1f}" if seconds else "0"
    names = ("read", "failed", "unchanged", "failed_before")
    counts = {name: tally.count(name) for name in names}
    lines = [say("build.summary", lang, **counts, seconds=f"{seconds:.1f}", rate=rate)]
    if counts["failed_before"]:
        lines.append(say("build.failed_before", lang, count=counts["failed_before"]))
    for name, found in held.items():
        shown = " · ".join(f"{_name(name, key, lang)} {count}" for key, count in found.items())
        lines.append(f"  {say(f'build.by_{name}', lang)}: {shown or '—'}")
    return lines


def _name(group: str, key: str, lang: Language) -> str:
    """A status in words; what is not known as a dash; anything else as it is."""
    return say(f"build.status_{key}", lang) if group == "status" else key or "—"
