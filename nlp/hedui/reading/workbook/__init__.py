"""Spreadsheets: sheets → rows of cells as they are shown."""
