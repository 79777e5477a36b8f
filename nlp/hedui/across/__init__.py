"""What ought to hold between documents of one body: this year's and last year's, budget and account, editions."""

from hedui.across.crossing import cross

__all__ = ["cross"]
