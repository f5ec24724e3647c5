"""What things cost: ``python -m bench [names] [--quick] [--write]``."""
