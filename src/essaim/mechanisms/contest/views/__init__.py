"""The contest's pages, by family: reading, bringing an idea, voting, judging, and the desk of those who run it."""
