"""Who decides which systems are told."""

from essaim.people.policy import is_manager

decide = is_manager
