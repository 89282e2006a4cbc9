"""What every page and every refusal is made of; it knows nothing of the rest of Essaim."""
