"""Cases: what the city works on, from opening to outcome."""
