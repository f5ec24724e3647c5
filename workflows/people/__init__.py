"""People, organisations, their roles and what they may do."""
