"""The government budget classification: its catalogue, its names in running text, and the linker between them."""

from hedui.classification.catalogue import Catalogue, Entry, class_names, item_names, load
from hedui.classification.linking import NamingIssue, alike, fits, link, miscoded, naming
from hedui.classification.mentions import ItemMention, find_items

__all__ = [
    "Catalogue",
    "Entry",
    "ItemMention",
    "NamingIssue",
    "alike",
    "class_names",
    "find_items",
    "fits",
    "item_names",
    "link",
    "load",
    "miscoded",
    "naming",
]
