"""Where what was heard crosses into what members do: a suggestion becomes an idea, its author credited."""
