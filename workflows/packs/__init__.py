"""The agenda pack of a meeting, per audience."""
