"""The queries, by aggregate: rows in, values of ``engine.model`` out."""
