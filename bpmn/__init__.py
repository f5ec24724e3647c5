"""The processes, decisions and forms, as data; one folder per family."""
