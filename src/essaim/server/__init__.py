"""What runs Essaim: the PostgreSQL launcher and the supervisor. Nothing here imports Django at module level."""
