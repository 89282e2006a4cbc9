"""From the noise of many platforms to people, opinions and the ones who carry the word."""
