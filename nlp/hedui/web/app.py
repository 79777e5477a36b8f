"""A Datasette of one claims database, with our plugin, templates and settings."""

import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from weakref import WeakKeyDictionary

from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm
from datasette.utils import sqlite_timelimit
from datasette.views.base import DatasetteError

from hedui.messages import Language, say

DATABASE = "claims"  # its name in addresses, whatever the file is called
_HERE = Path(__file__).parent

T = TypeVar("T")

_SETTINGS = {
    "sql_time_limit_ms": 2000,
    "allow_download": False,  # a file that is being written to cannot be sent as it is
    "max_returned_rows": 1000,
    "default_page_size": 50,
    "suggest_facets": False,  # looks at every column of tables of a million rows
    "default_cache_ttl": 0,
}
_LOCAL = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Site:
    """What one served database is like: its file, the hosts it answers to, the token of those who may edit."""

    path: Path
    lang: Language
    hosts: frozenset[str]
    token: str | None = field(default=None, repr=False)


_sites: WeakKeyDictionary[Datasette, Site] = WeakKeyDictionary()


def site(datasette: Datasette) -> Site | None:
    """What is served by a Datasette; None where it is not one of ours."""
    return _sites.get(datasette)


async def ask(datasette: Datasette, question: Callable[[sqlite3.Connection], T], seconds: float = 10) -> T:
    """What a question finds in the database, in a thread of its own. Raises DatasetteError after `seconds`."""

    def asked(connection: sqlite3.Connection) -> T:
        with sqlite_timelimit(connection, int(1000 * seconds)):
            return question(connection)

    try:
        answer: T = await datasette.get_database(DATABASE).execute_fn(asked)
    except sqlite3.OperationalError as error:
        if str(error) != "interrupted":
            raise
        ours = site(datasette)
        raise DatasetteError(say("web.too_long", ours.lang if ours else "zh"), status=503) from error
    return answer


def application(path: Path, lang: Language, edit: bool = False, host: str = "127.0.0.1") -> Datasette:
    """A Datasette that shows the database at `path`; `edit` lets those write reviews who know the site's token.

    Raises sqlite3.Error where the file is no claims database.
    """
    from hedui.web import plugin
    from hedui.web.metadata import metadata

    served = Datasette(
        files=[],
        metadata=metadata(lang),
        settings=_SETTINGS,
        template_dir=str(_HERE / "templates" / "datasette"),
        static_mounts=[("hedui", str(_HERE / "static"))],
    )
    served.remove_database("_memory")
    served.add_database(Database(served, path=str(path), is_mutable=True), name=DATABASE)
    token = secrets.token_urlsafe(24) if edit else None
    _sites[served] = Site(path, lang, frozenset({*_LOCAL, host}), token)
    if not pm.has_plugin("hedui"):
        pm.register(plugin, name="hedui")
    return served
