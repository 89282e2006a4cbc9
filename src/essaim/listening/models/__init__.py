from essaim.listening.models.law import Look, Objection, Plea
from essaim.listening.models.mentions import Key, Mention
from essaim.listening.models.sources import Run, Source
from essaim.listening.models.voices import Claim, Suggestion, Unmatched, Voice
from essaim.listening.models.waiting import Month, Waiting

__all__ = [
    "Claim",
    "Key",
    "Look",
    "Mention",
    "Month",
    "Objection",
    "Plea",
    "Run",
    "Source",
    "Suggestion",
    "Unmatched",
    "Voice",
    "Waiting",
]
