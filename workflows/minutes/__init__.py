"""Minutes: drafted, commented on, approved, sent, noted by the college."""
