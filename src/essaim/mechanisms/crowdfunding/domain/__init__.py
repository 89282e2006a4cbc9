"""Pure decisions of a campaign, on frozen data. Amounts are minor units, shares basis points."""
