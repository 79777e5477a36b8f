"""Word: a package of parts → paragraphs and tables as text."""
