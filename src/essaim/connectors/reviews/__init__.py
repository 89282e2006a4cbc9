"""Product reviews in the customer review format."""
