"""What the benchmark measures, a module for each question: starting, reading, growing; and how it is shown."""
