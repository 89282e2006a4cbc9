"""What a mention says: its language, whether it praises or blames, what kind of word it is, about what."""
