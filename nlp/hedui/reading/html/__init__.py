"""Web pages: bytes → the article without the page around it."""
