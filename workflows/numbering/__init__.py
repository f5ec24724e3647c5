"""Numbers per year, without gaps and without doubles."""
