"""The house, its members, what they consented to and the evidence of it."""
