"""Members fund a project together: tiers, pledges, captures at success, deliveries, and every cent accounted for."""
