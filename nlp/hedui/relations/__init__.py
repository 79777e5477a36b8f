"""Which claims belong together and what ought to hold between them: by quantity, never by wording."""

from hedui.relations import (
    balances,
    changes,
    containment,
    enumerations,
    items,
    orders,
    priors,
    ratios,
    repeats,
    shares,
    table_names,
    table_sums,
    tables,
    together,
    totals,
    unchanged,
    words,
)
from hedui.relations.candidate import Candidate, Reading
from hedui.relations.ledger import Ledger, Quantity, Value
from hedui.relations.observation import Observation

__all__ = ["Candidate", "Ledger", "Observation", "Quantity", "Reading", "Value", "candidates", "observations"]


def candidates(ledger: Ledger) -> list[Candidate]:
    """Every relation that ought to hold in the document, in a fixed order."""
    finders = (
        changes.find,
        ratios.find,
        shares.find,
        totals.find,
        containment.find,
        together.find,
        balances.find,
        enumerations.find,
        items.find,
        repeats.find,
        orders.find,
        unchanged.find,
        priors.find,
        tables.find,
        table_sums.find,
        table_names.find,
    )
    return [candidate for find in finders for candidate in find(ledger)]


def observations(ledger: Ledger) -> list[Observation]:
    """What is to be noted without arithmetic, in a fixed order."""
    return list(words.observe(ledger))
