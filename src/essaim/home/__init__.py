"""The house's front door and each member's own place: pages that cut across mechanisms."""
