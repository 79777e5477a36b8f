"""What is served: the database behind a Datasette, its hosts and its token, and a way to ask it."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from weakref import WeakKeyDictionary

from datasette.app import Datasette
from datasette.utils import sqlite_timelimit
from datasette.views.base import DatasetteError

from hedui.messages import Language, say

DATABASE = "claims"  # its name in addresses, whatever the file is called

T = TypeVar("T")


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


def found(datasette: Datasette, site: Site) -> None:
    """Note what a Datasette serves, for as long as it lives."""
    _sites[datasette] = site


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
