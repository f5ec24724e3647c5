"""Conformity certificates, from preparation to their end."""
