"""The claims database in a browser: Datasette with our pages, metadata and rules of access.

Needs the extra `hedui[web]`; nothing else of the package imports this one but `hedui serve`.
"""
