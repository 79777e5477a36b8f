"""The claims database → files for other programs: CSV, JSON lines, Parquet, with what they hold and how to cite it."""
