"""The contest's forms: what members type, what the desk types, and the rules."""
