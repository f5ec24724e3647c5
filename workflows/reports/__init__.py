"""Technical reports: versions, signature, dispatch."""
