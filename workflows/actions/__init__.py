"""Action points and decisions of all bodies."""
