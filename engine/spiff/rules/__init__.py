"""The rules that a diagram must keep, a subject per module."""
