"""The provider's own account of what moved beside the house's books, day by day."""
