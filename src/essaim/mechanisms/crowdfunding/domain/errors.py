"""What a campaign refuses, and what to do about it."""

from __future__ import annotations

from essaim.kit.errors import Conflict, Forbidden, Refusal
from essaim.kit.errors import gettext_noop as _


class Problems:
    """Faults of rules, told one after another in the reader's language."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = texts

    def __str__(self) -> str:
        from essaim.kit.errors import Phrase

        return "; ".join(str(Phrase(text, {})) for text in self.texts)


class InvalidRules(Refusal):
    """`problems` lists every fault found."""

    cause = _("The rules do not hold together: %(problems)s")
    remedy = _("Correct them, then try again.")


class NotComplete(Refusal):
    """`missing` lists what a campaign still lacks before it opens."""

    cause = _("The campaign cannot open yet: %(missing)s")
    remedy = _("Complete it, then open.")


class ModeFrozen(Conflict):
    cause = _("The legal mode was chosen when the campaign was created and does not change.")
    remedy = _("Prepare another campaign.")


class RulesFixed(Conflict):
    cause = _("What people already pledged on does not change: %(rules)s.")
    remedy = _("Leave these rules as they are.")


class TierWithdrawn(Conflict):
    cause = _("“%(tier)s” is no longer offered.")
    remedy = _("Choose another reward.")


class TierElsewhere(Refusal):
    cause = _("This reward belongs to another campaign.")
    remedy = _("Choose one of this campaign's rewards.")


class TierTaken(Conflict):
    """`left`: how many can still be had."""

    cause = _("There are only %(left)s left of “%(tier)s”.")
    remedy = _("Take fewer, choose another reward, or look again later: pledges not paid in time free their place.")


class TierOver(Conflict):
    cause = _("The early price of “%(tier)s” is over.")
    remedy = _("Choose another reward.")


class TierInUse(Conflict):
    cause = _("People have already chosen “%(tier)s”: its price and its limits only change in their favour.")
    remedy = _("Withdraw it and offer another one.")


class TooManyEach(Refusal):
    cause = _("“%(tier)s” is limited to %(most)s per person.")
    remedy = _("Take fewer, or change the pledge you made.")


class AddOnAlone(Refusal):
    cause = _("Extras go with a reward.")
    remedy = _("Choose a reward first.")


class GiftsNotTaken(Refusal):
    cause = _("This campaign takes no gifts without a reward.")
    remedy = _("Choose a reward.")


class TooSmall(Refusal):
    cause = _("The smallest gift is %(least)s.")
    remedy = _("Give a little more.")


class TooLarge(Refusal):
    cause = _("%(most)s is the most a pledge can be here.")
    remedy = _("Write to the house to give more.")


class NotSentThere(Refusal):
    cause = _("“%(tier)s” is not sent to this country.")
    remedy = _("Choose another country or another reward, or waive the reward.")


class CountryMissing(Refusal):
    cause = _("The country is missing.")
    remedy = _("Say where the reward is to be sent.")


class OptionMissing(Refusal):
    cause = _("“%(option)s” is missing.")
    remedy = _("Fill it in.")


class UnknownChoice(Refusal):
    cause = _("“%(value)s” cannot be chosen for “%(option)s”.")
    remedy = _("Choose one of: %(choices)s.")


class EngravingTooLong(Refusal):
    cause = _("“%(option)s” has %(length)s characters; there is room for %(longest)s.")
    remedy = _("Shorten it.")


class EngravingCharacter(Refusal):
    cause = _("“%(option)s” cannot hold the character “%(character)s”.")
    remedy = _("Use letters, figures and simple signs.")


class UnknownOption(Refusal):
    cause = _("“%(option)s” is not an option of this reward.")
    remedy = _("Choose your reward again.")


class AddressMissing(Refusal):
    cause = _("An e-mail address is needed.")
    remedy = _("Type the address at which we can reach you.")


class AddressIncomplete(Refusal):
    cause = _("The address is not complete.")
    remedy = _("Give a name, a street, a town and a country.")


class GuestsNotTaken(Forbidden):
    cause = _("This campaign takes pledges of members only.")
    remedy = _("Sign in or join, then try again.")


class NotYourPledge(Forbidden):
    cause = _("This pledge is somebody else's.")
    remedy = _("Use the link in your own mail, or sign in.")


class CampaignClosed(Conflict):
    cause = _("This campaign is closed.")
    remedy = _("Look at its result on its page.")


class StillRunning(Conflict):
    cause = _("The campaign still runs.")
    remedy = _("Wait for its end.")


class NotSucceeded(Conflict):
    cause = _("The campaign has not reached its goal.")
    remedy = _("Its page says what becomes of the pledges.")


class LatePledgesNotTaken(Conflict):
    cause = _("This campaign takes no late pledges.")
    remedy = _("Look at the house's products: what was funded may be sold later.")


class PledgeMovedOn(Conflict):
    """`state` is the pledge's, in the reader's language."""

    cause = _("This is not possible for a pledge that is: %(state)s.")
    remedy = _("Look at the pledge's page: it says what can be done now.")


class PaymentUnderWay(Conflict):
    cause = _("The bank is still checking the payment.")
    remedy = _("Wait for its answer, then try again.")


class NothingToPay(Conflict):
    cause = _("There is nothing to pay for this pledge now.")
    remedy = _("Look at the pledge's page.")


class NoCreditForGuests(Refusal):
    cause = _("A credit needs an account to stand on.")
    remedy = _("Choose a refund or a gift, or sign up with the same address first.")


class KeyUsed(Conflict):
    cause = _("This form has already been used for something else.")
    remedy = _("Open the page again.")


class OfflineNotBacked(Refusal):
    cause = _("A cheque, a transfer or cash leaves a trace.")
    remedy = _("Type its reference: the cheque's number, the transfer's wording, the receipt's number.")


class NotTheAmount(Refusal):
    cause = _("The pledge is of %(amount)s.")
    remedy = _("Change the pledge to what came in, then enter it.")


class NotByOnePerson(Forbidden):
    cause = _("Above %(limit)s two persons enter a payment: one writes it, another one confirms.")
    remedy = _("Ask a colleague to confirm it.")


class NothingRefundable(Conflict):
    """`left` is what can still be paid back, written with its unit."""

    cause = _("Only %(left)s can still be paid back.")
    remedy = _("Choose a smaller amount.")


class ReasonMissing(Refusal):
    cause = _("A reason is missing.")
    remedy = _("Say in one sentence why; the backer reads it.")


class NoWithdrawal(Forbidden):
    cause = _("The right of withdrawal comes with a sale; this is a gift.")
    remedy = _("Write to the house if something is wrong.")


class WithdrawalOver(Conflict):
    cause = _("The %(days)s days to withdraw ended on %(day)s.")
    remedy = _("Write to the house: it may still help.")


class WithdrawalMade(Conflict):
    cause = _("You have already withdrawn.")
    remedy = _("Your receipt is on the pledge's page.")


class MadeForYou(Forbidden):
    cause = _("What was engraved for you cannot be taken back (article L221-28 of the French consumer code).")
    remedy = _("Write to the house if something is wrong with it.")


class ChoicesLocked(Conflict):
    cause = _("Addresses and options were locked on %(day)s.")
    remedy = _("Write to the house: a parcel not sent yet may still be changed.")


class NothingToSend(Conflict):
    cause = _("Nothing is sent for this pledge.")
    remedy = _("Look at the pledge's page.")


class PotEmpty(Conflict):
    cause = _("This pot has only %(left)s that is promised to nobody.")
    remedy = _("Choose a smaller amount.")


class PotElsewhere(Refusal):
    cause = _("The pot and the campaign count in different units.")
    remedy = _("Choose a pot in the campaign's unit.")


class NothingToSettle(Conflict):
    cause = _("There is nothing to settle now.")
    remedy = _("Come back when payments have come in.")


class CapturesRunning(Conflict):
    """`count` pledges are still being charged."""

    cause = _("%(count)s pledges are still being charged.")
    remedy = _("Wait until the last answer of the bank.")


class NotALaterMonth(Refusal):
    cause = _("The new month is not later than the one promised.")
    remedy = _("Choose a later month.")


class PictureInUse(Conflict):
    cause = _("A text of the campaign shows this picture.")
    remedy = _("Take its line out of the text first.")


class TooManyPictures(Conflict):
    cause = _("The campaign keeps %(most)s pictures already.")
    remedy = _("Remove one that no text shows.")
