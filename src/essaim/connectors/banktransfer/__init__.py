"""Bank transfers: a reference for each payment, the bank's statements matched with them, orders for what goes out."""
