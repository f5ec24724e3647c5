"""The settings of the city: terms, ladders, names; rows with a beginning."""
