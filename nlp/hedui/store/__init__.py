"""The claims database: what its tables are, the rows of a report, writing and searching them."""

from hedui.store.database import Seen as Seen
from hedui.store.database import Source as Source
from hedui.store.database import Store as Store
from hedui.store.migrations import NewerSchema as NewerSchema
from hedui.store.rows import fen as fen
from hedui.store.rows import gap_fen as gap_fen
from hedui.store.rows import rows as rows
