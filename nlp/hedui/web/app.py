"""A Datasette of one claims database, with our plugin, templates and settings."""

import secrets
from pathlib import Path

from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm

from hedui.messages import Language
from hedui.web import plugin
from hedui.web.metadata import metadata
from hedui.web.site import DATABASE, Site, found

_HERE = Path(__file__).parent

_SETTINGS = {
    "sql_time_limit_ms": 2000,
    "allow_download": False,  # a file that is being written to cannot be sent as it is
    "max_returned_rows": 1000,
    "default_page_size": 50,
    "suggest_facets": False,  # looks at every column of tables of a million rows
    "default_cache_ttl": 0,
}
_LOCAL = ("127.0.0.1", "localhost", "[::1]")


def application(path: Path, lang: Language, edit: bool = False, host: str = "127.0.0.1") -> Datasette:
    """A Datasette that shows the database at `path`; `edit` lets those write reviews who know the site's token.

    Raises sqlite3.Error where the file is no claims database.
    """
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
    found(served, Site(path, lang, frozenset({*_LOCAL, host}), token))
    if not pm.has_plugin("hedui"):
        pm.register(plugin, name="hedui")
    return served
