"""PDF: pages → what they show → lines and tables → text."""
