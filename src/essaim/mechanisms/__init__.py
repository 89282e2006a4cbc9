"""How members act. Each folder is one mechanism; none imports another."""
