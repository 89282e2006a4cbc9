"""Products, who brought what to them, royalty shares and sales."""
