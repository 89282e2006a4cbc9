"""Design system, forms, money, dates and errors. No models; imports nothing of Essaim."""
