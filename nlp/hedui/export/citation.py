"""What lies beside exported tables: a README with what they hold, and how to cite them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from hedui.messages import Language, say
from hedui.schemas.database import tables_as_markdown
from hedui.store.dictionary import Table
from hedui.store.migrations import VERSION
from hedui.version import __version__

MARK = "<!-- hedui export -->"  # by which a README that may be replaced is known


def readme(
    database: str,
    day: date,
    files: Mapping[str, tuple[str, int]],
    tables: Iterable[Table],
    notes: Iterable[str],
    lang: Language,
) -> Iterator[str]:
    """`files` are tables with the name of their file and their number of rows; `notes` what else to know."""
    yield f"{MARK}\n# {say('export.title', lang, database=database)}\n\n"
    yield say("export.made", lang, version=__version__, schema=VERSION, date=day.isoformat()) + "\n\n"
    for note in notes:
        yield note + "\n\n"
    yield f"| {say('export.file', lang)} | {say('export.rows', lang)} |\n| --- | ---: |\n"
    for name, count in files.values():
        yield f"| `{name}` | {count} |\n"
    yield f"\n## {say('export.citing', lang)}\n\n{citation(database, day, files, lang)}\n\n"
    yield from tables_as_markdown(tables, lang)


def citation(database: str, day: date, files: Mapping[str, tuple[str, int]], lang: Language) -> str:
    """One sentence to cite the data with."""
    counts = {
        name: files[name][1] for name in ("documents", "claims", "relations", "findings") if name in files
    }
    told = "; ".join(f"{name}: {count}" for name, count in counts.items())
    return say(
        "export.citation", lang, database=database, version=__version__, date=day.isoformat(), counts=told
    )


def cff(database: str, day: date, files: Mapping[str, tuple[str, int]], lang: Language) -> str:
    """The same for programs: a CITATION.cff (Citation File Format 1.2.0) whose authors are still to be named."""
    told = {
        "cff-version": "1.2.0",
        "message": say("export.cff", lang),
        "type": "dataset",
        "title": say("export.title", lang, database=database),
        "version": __version__,
        "date-released": day.isoformat(),
        "abstract": citation(database, day, files, lang),
        "authors": [{"name": say("export.authors", lang)}],
        "references": [
            {"type": "software", "title": "hedui", "version": __version__, "authors": [{"name": "hedui"}]}
        ],
    }
    # whatever is JSON is YAML, too
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in told.items())
