"""Tables of posts, and the mappings that read them."""
