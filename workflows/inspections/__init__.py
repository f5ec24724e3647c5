"""Inspections: visits, what was found, and how it was judged."""
