"""Which item of the classification a name means where it stands: short and shared names, names of projects, codes."""

from collections.abc import Sequence
from dataclasses import replace

from hedui.claims.discourse import Discourse, Quantity
from hedui.claims.lexing import Token
from hedui.claims.subjects import Found
from hedui.classification import ECONOMIC, ItemMention, chart, item_names, link
from hedui.model import Claim, Item

PROJECTS = ("project_expenditure", "gpb_project")
PROJECT_MONEY = ("performance_amount",)
LABEL = (
    "text",
    "light",
    "word",
    "pause",
    "and",
    "item",
)  # types of words that the name of a project is made of
CLASS, GROUP = 3, 5  # digits of the code of a class, of a group


def item_of(quantity: Quantity, year: int | None, state: Discourse) -> Item | None:
    """The item of a quantity; of a name that many groups share, the one below the class or group told before it."""
    mention = quantity.mention
    if mention is None:
        return None
    levels = mention.levels if any(mention.levels) else None
    economic = quantity.metric == "economic_item" and not levels
    item = link(mention.names, mention.codes, year, levels, "economic" if economic else None)
    if item.match != "none" or len(mention.names) > 1:
        return item
    if state.above and not levels:
        path = (*(_upper(state, mention.names, year) or state.above), *mention.names)
        return replace(link(path, (), year), printed="/".join(path))
    if state.parents:
        # Named by its lowest level only: below the group of the item before it.
        return replace(link((*state.parents, *mention.names), (), year), printed=item.printed)
    return item


def metric_of_item(quantity: Quantity, item: Item | None) -> str:
    """The metric of a quantity in the light of its item: a code tells the chart that the item is of."""
    if quantity.metric == "function_item" and item and item.code and chart(item.code) in ECONOMIC:
        return "economic_item"
    return quantity.metric


def told_above(claim: Claim, quantity: Quantity) -> tuple[str, ...]:
    """The class, or the class and the group, that a claim is about; empty where it is about anything else."""
    item = claim.item
    if item is None or item.code is None or claim.metric != "function_item" or quantity.mention is None:
        return ()
    if len(item.code) == CLASS:
        return quantity.mention.names
    return tuple((item.path or "").split("/")) if len(item.code) == GROUP else ()


def _upper(state: Discourse, names: tuple[str, ...], year: int | None = None) -> tuple[str, ...]:
    """The group told last, or else its class, below which a bare name is an item; empty where it is below neither."""
    above = (state.above[:levels] for levels in range(len(state.above), 0, -1))
    return next((path for path in above if link((*path, *names), (), year).match != "none"), ())


def in_class(found: Found, state: Discourse) -> Quantity | None:
    """The item that a short name means behind its class; only there does it mean one."""
    name = found.words.lstrip("、")
    unknown = found.quantity is None or found.quantity.metric == "other"
    if unknown and name in item_names() and _upper(state, (name,)):
        return Quantity("function_item", name, mention=ItemMention(0, 0, (name,), (None,), (0,)))
    return found.quantity


def project_label(found: Found, tokens: Sequence[Token], i: int, state: Discourse) -> str:
    """The unknown name before a colon that opens a sentence among projects: 前期费：预算安排20万元."""
    quantity = found.quantity
    if (
        state.fresh
        or not found.inherited
        or quantity is None
        or quantity.metric not in (*PROJECTS, *PROJECT_MONEY)
    ):
        return ""
    colon = next((n for n in range(i) if tokens[n].type == "colon"), 0)
    named = any(t.type == "text" and t.end - t.start > 1 for t in tokens[:colon])
    plain = all(t.type in LABEL for t in tokens[:colon])
    return "".join(t.text for t in tokens[:colon]) if named and plain else ""


def among_projects(quantity: Quantity, told: Sequence[Claim], state: Discourse) -> bool:
    """Whether a bare name stands in a list of projects, some of which bear no name of an item.

    `told` are the claims of the sentence so far.
    """
    mention = quantity.mention
    if quantity.metric != "function_item" or mention is None or any(mention.levels) or any(mention.codes):
        return False
    unknown = any(c.metric == "other" and c.measure == "amount" for c in told)
    items = any(c.metric == "function_item" for c in told)
    return unknown and not items and any(q.metric in PROJECTS for q in state.recent[:2])
