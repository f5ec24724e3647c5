"""The rows of the engine: typed, without behaviour."""
