"""Cards and other means through Stripe: the payer pays on Stripe's own page, its signed events move the books."""
