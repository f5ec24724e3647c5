"""What the next weekly housing-quality meeting talks about."""
