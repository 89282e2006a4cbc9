"""What happened, told to each reader."""
