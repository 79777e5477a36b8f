"""The report as a page of HTML: page.py, and its templates, style and script."""
