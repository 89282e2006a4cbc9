"""What follows from acts. Each folder derives something that can be rebuilt; none imports another."""
