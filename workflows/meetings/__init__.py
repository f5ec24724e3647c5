"""Meetings of the bodies: planned, prepared, held, closed."""
