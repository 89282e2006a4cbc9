"""The acts of the desk."""

from essaim.listening.desk.acts.answering import answer, answer_by_hand, retry_answer
from essaim.listening.desk.acts.brands import change_brand, lock_panel, name_brand, retire_brand
from essaim.listening.desk.acts.promises import promise, settle_promise
from essaim.listening.desk.acts.seeing import assign, close, correct, reopen, snooze

__all__ = [
    "answer",
    "answer_by_hand",
    "assign",
    "change_brand",
    "close",
    "correct",
    "lock_panel",
    "name_brand",
    "promise",
    "reopen",
    "retire_brand",
    "retry_answer",
    "settle_promise",
    "snooze",
]
