"""The weekly housing-quality meeting: every running case gets a word."""
