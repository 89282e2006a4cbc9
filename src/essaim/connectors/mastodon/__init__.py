"""Mastodon: tags, accounts and lists, their deletions, and answers."""
