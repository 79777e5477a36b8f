"""What the outputs and the database hold, told to programs and to people: JSON Schemas and the data dictionary."""
