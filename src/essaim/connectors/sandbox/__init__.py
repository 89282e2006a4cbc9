"""A payment provider that moves no money: every event a real one sends, on demand."""
