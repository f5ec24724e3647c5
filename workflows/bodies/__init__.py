"""The consultation bodies: who sits in them, how often, and what the law asks."""
