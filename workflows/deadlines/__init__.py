"""Deadlines of a case, with their derivation in words."""
