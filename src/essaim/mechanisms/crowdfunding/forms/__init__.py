"""What people type: backers in `pledging`, the team in the others."""
