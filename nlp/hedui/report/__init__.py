"""What is shown of a report: terminal text, a page, Markdown, CSV, SARIF, JSON, a PDF with notes."""
