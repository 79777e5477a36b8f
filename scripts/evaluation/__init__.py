"""What hedui says of a document against its truth: figures, cells, findings, suspects, and how that is told."""
