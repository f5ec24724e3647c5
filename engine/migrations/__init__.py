"""The one history of all tables, of the engine and of the domain alike."""
