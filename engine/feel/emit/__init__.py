"""Syntax trees to Python closures."""
