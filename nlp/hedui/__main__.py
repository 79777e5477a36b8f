"""`python -m hedui` is the command line."""

from hedui.cli import main

main()
