"""What ought to hold between documents of one body: this year's and last year's, budget and account, editions."""

from hedui.across.crossing import Crossed, between, cross, crossed

__all__ = ["Crossed", "between", "cross", "crossed"]
