"""What is noted without arithmetic between figures, and whom a remark speaks of."""

from dataclasses import dataclass

from hedui.model import Certainty, Remark
from hedui.relations.ledger import Value, item_key


@dataclass(frozen=True, slots=True)
class Observation:
    """Something that no arithmetic decides: a rule, the place, what the message needs, how sure it is.

    Without a `certainty` the rule's own holds.
    """

    rule: str
    start: int
    end: int
    values: tuple[Value, ...]
    fields: dict[str, str]
    certainty: Certainty | None = None


def about(value: Value, remark: Remark) -> bool:
    """Whether the remark speaks of the value's quantity; a remark without a metric speaks of what is near."""
    if remark.metric is not None and remark.metric != value.claim.metric:
        return False
    if remark.item is not None and item_key(remark.item) != value.quantity.item:
        return False
    return remark.scope is None or value.claim.scope is None or remark.scope == value.claim.scope
