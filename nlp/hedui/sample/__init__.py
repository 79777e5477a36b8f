"""Samples for hand validation: drawn from a claims database, written as a sheet, read back as estimates."""
