"""The team's desk for what was heard: who sees to it, what was answered, what was promised, and the pictures."""
