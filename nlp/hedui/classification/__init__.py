"""The government budget classification: its catalogue, its names in running text, and the linker between them."""

from hedui.classification.catalogue import (
    ECONOMIC,
    Catalogue,
    Entry,
    chart,
    class_names,
    item_names,
    levels,
    load,
)
from hedui.classification.linking import link
from hedui.classification.mentions import ItemMention, find_items
from hedui.classification.naming import NamingIssue, alike, fits, miscoded, naming

__all__ = [
    "ECONOMIC",
    "Catalogue",
    "Entry",
    "ItemMention",
    "NamingIssue",
    "alike",
    "chart",
    "class_names",
    "find_items",
    "fits",
    "item_names",
    "levels",
    "link",
    "load",
    "miscoded",
    "naming",
]
