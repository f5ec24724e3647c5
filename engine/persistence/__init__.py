"""Rows: tables, the queries on them, and the unit of work around a use case."""
