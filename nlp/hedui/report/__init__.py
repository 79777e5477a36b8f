"""What is shown of a report: terminal text, JSON, CSV."""
