"""What the desk refuses, and what to do about it."""

from __future__ import annotations

from essaim.kit.errors import Conflict, Missing, Refusal
from essaim.kit.errors import gettext_noop as _


class MentionGone(Missing):
    cause = _("This mention is no longer kept.")
    remedy = _("Its author took it back, objected, or its time was over. Go back to the inbox.")


class AnsweredMeanwhile(Conflict):
    cause = _("%(who)s answered while you were writing.")
    remedy = _(
        "Read that answer below. What you typed is still there: send it again if it still has something to add."
    )


class TakenMeanwhile(Conflict):
    cause = _("%(who)s has taken this mention meanwhile.")
    remedy = _("Speak to each other, or take it over from here.")


class NothingWritten(Refusal):
    cause = _("There is nothing to send.")
    remedy = _("Write the answer first.")


class NoPlaceNamed(Refusal):
    cause = _("An answer given by hand needs the address where it stands.")
    remedy = _("Publish it there, then paste its address here.")


class NoWayBack(Refusal):
    cause = _("The house cannot publish on this platform by itself.")
    remedy = _("Answer there by hand, then write down the text and its address here.")


class NotAListener(Refusal):
    cause = _("%(who)s does not see to mentions.")
    remedy = _("Choose someone who is a manager or a moderator of the house.")


class TooEarly(Refusal):
    cause = _("This moment has passed already.")
    remedy = _("Choose a later day.")


class NoReason(Refusal):
    cause = _("A mention is closed with a reason.")
    remedy = _("Choose one of the list.")


class NothingPromised(Refusal):
    cause = _("A promise says what will be done.")
    remedy = _("Write it in one sentence that anyone can check.")


class PromiseSettledAlready(Conflict):
    cause = _("What became of this promise was told already.")
    remedy = _("Read it on its page; it is not changed afterwards.")


class SameName(Conflict):
    cause = _("A brand of this name is followed already.")
    remedy = _("Change its words instead.")


class WordsMissing(Refusal):
    cause = _("A brand is found by its words.")
    remedy = _("Write at least one word of two letters or more, or a handle such as @name.")


class PanelEmpty(Refusal):
    cause = _("A panel needs at least one source and one brand.")
    remedy = _("Tick what is to be counted.")


class PanelUnchanged(Refusal):
    cause = _("This is the panel in force.")
    remedy = _("Nothing had to be locked again.")


class NotSuchFile(Refusal):
    cause = _("%(file)s says no form in which mentions can be written.")
    remedy = _("End its name in .csv or .jsonl.")


class FileThere(Conflict):
    cause = _("%(file)s exists already.")
    remedy = _("Move it away, or write over it with --over.")


class NoSuchName(Refusal):
    cause = _("Nothing is called “%(name)s” here.")
    remedy = _("There are: %(known)s.")
