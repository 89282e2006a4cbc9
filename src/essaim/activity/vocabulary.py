"""Every kind of thing that can happen. The declarations themselves need no table, so they live in the kit:
the folders under the stream declare theirs as everyone does."""

from __future__ import annotations

from essaim.kit.vocabulary import (
    OURS,
    VOCABULARY,
    ActivityType,
    Sentence,
    Text,
    Verb,
    Vocabulary,
    declare,
    sentence,
)

__all__ = ["OURS", "VOCABULARY", "ActivityType", "Sentence", "Text", "Verb", "Vocabulary", "declare", "sentence"]
