"""The built-in functions, as a table."""
