"""Texts to syntax trees: a Pratt parser."""
