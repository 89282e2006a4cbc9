"""Money on its way to members: asked, approved by others, held, sent, and what the provider says then."""
