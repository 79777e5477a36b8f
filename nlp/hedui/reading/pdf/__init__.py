"""PDF: bytes → what its pages show, by one engine or another."""
