"""Works that an owner must do, and what became of them."""
