"""The command ``woonflow``; one module per subject."""
