"""The domain: dwellings, inspections, reports, works and certificates."""
