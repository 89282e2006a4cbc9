"""Letters the operator lets fall into a folder."""
