"""Agenda packs: made of what lives in the cases, for each audience its own."""
