"""What the check says, in Dutch."""
