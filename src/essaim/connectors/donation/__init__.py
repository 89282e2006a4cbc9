"""What members took away from networks and give to the house themselves."""
