"""Notices: the messages that a case sends, and to whom."""
