"""Which hedui this is; results bear it, so that those of another version are made anew."""

__version__ = "0.1.0"
