"""The one door by which posts come in, whoever brings them."""

from essaim.listening.intake.listeners import on_changed, on_gone, on_new
from essaim.listening.intake.taken import Taken
from essaim.listening.intake.taking import take_in

__all__ = ["Taken", "on_changed", "on_gone", "on_new", "take_in"]
