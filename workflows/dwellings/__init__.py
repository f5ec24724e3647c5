"""Buildings, their units and the people who hold rights on them."""
