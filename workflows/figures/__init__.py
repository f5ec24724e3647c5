"""Key figures: counted from the cases, or entered by the city."""
