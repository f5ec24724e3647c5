"""Work groups and the policy questions that they answer."""
