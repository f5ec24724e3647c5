"""Papers of meetings: what was handed out, kept with its hash."""
