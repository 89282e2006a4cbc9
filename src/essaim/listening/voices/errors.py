"""What stands between a member and a voice he says is his."""

from __future__ import annotations

from essaim.kit.errors import Conflict, Forbidden, Refusal
from essaim.kit.errors import gettext_noop as _


class VoiceNotHeard(Refusal):
    cause = _("Nothing by “%(handle)s” on %(platform)s has been heard here.")
    remedy = _("Check the name and the platform. What was never heard need not be claimed.")


class VoiceTaken(Conflict):
    cause = _("Another member has shown that this account is his.")
    remedy = _("If it is yours, write to the people who run this house.")


class NotMatchedHere(Forbidden):
    cause = _("What comes from this platform is not matched with accounts here: its rules forbid it.")
    remedy = _("Nothing can be claimed there.")


class CodeNotFound(Refusal):
    cause = _("The code %(code)s was not found in anything this account has said since.")
    remedy = _("Post it there, wait until the house has listened again, then try once more.")


class NotYourPage(Refusal):
    cause = _("This address is not the account's own page.")
    remedy = _("Give the address of the account's page on its platform, such as https://mastodon.example/@ada.")


class NoLinkBack(Refusal):
    cause = _("That page has no link with rel=me to %(page)s.")
    remedy = _("Add your page here to the links of your profile there, then try once more.")


class NotYours(Forbidden):
    cause = _("Only the member himself decides which accounts are his.")
    remedy = _("Ask him.")
