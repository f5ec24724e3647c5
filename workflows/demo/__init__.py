"""The demo city: invented people and dwellings, whose cases are really run."""
