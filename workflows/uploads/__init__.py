"""Photos that people add, cleaned and kept."""
