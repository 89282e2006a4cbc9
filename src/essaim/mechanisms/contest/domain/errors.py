"""What a contest refuses, and what the person can do about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from essaim.kit.errors import Conflict, Phrase, Refusal
from essaim.kit.errors import gettext_noop as _


class Problems:
    """What is wrong with rules, as (rung or "", catalogue key); told in the reader's language."""

    def __init__(self, found: Iterable[tuple[str, str]]) -> None:
        self.found = tuple(found)

    def __iter__(self) -> Iterator[str]:
        return (f"{where}: {Phrase(what, {})}" if where else str(Phrase(what, {})) for where, what in self.found)

    def __str__(self) -> str:
        return "; ".join(self)


class InvalidRules(Refusal):
    cause = _("These rules cannot stand: %(problems)s")
    remedy = _("Correct the settings named and save again.")


class BallotFull(Conflict):
    cause = _("You have used your %(limit)s votes.")
    remedy = _("Take one back to give it to this idea.")


class NotEligible(Refusal):
    status = 403
    cause = _("You are not on this contest's electoral roll.")
    remedy = _("The contest's rules say who may vote.")


class MailNotConfirmed(NotEligible):
    cause = _("Your e-mail address is not confirmed yet.")
    remedy = _("Open the link we sent you, or ask for a new one in your settings; then vote.")


class JoinedTooLate(NotEligible):
    cause = _("Your account was opened after the electoral roll of this contest was closed.")
    remedy = _("You can still comment, and vote in the next contest.")


class OutsideCommunities(NotEligible):
    cause = _("Only members of the communities named in the rules vote here.")
    remedy = _("Join the community to take part in its next contest.")


class VotingClosed(Refusal):
    cause = _("Voting is not open.")
    remedy = _("The contest's calendar shows when it is.")


class NotVotable(Refusal):
    cause = _("This idea cannot be voted on.")
    remedy = _("It may be a draft, withdrawn, or merged into another idea; vote for that one.")


class WrongBallot(Refusal):
    cause = _("This contest does not take that answer.")
    remedy = _("Choose one of the answers shown.")


class VoteVoided(Refusal):
    cause = _("Your vote on this idea was voided; the reason is published.")
    remedy = _("Write to the house if you think this is a mistake.")


class OwnIdea(Refusal):
    cause = _("Nobody judges an idea of his own.")
    remedy = _("Another member of the jury or the panel will.")


class SharesNotWhole(Refusal):
    cause = _("The authors' shares add up to %(sum)s, not to 10,000 basis points (100 %%).")
    remedy = _("Correct the shares.")


class ShareTooLarge(Refusal):
    cause = _("You hold %(held)s basis points and cannot give %(given)s of them.")
    remedy = _("Give a smaller share; you must keep at least one basis point.")


class AlreadyAuthor(Conflict):
    cause = _("This person is already an author of the idea, or has been invited.")
    remedy = _("Look at the list of authors.")


class NothingOffered(Conflict):
    cause = _("No invitation to co-author this idea is waiting for you.")
    remedy = _("Ask the author to invite you.")


class AlreadyReached(Conflict):
    cause = _("This idea already stands on that rung.")
    remedy = _("Nothing more is to be done; the award was paid once.")


class RungNotReached(Refusal):
    cause = _("The rung's condition is not met: %(have)s of %(needed)s.")
    remedy = _("The contest's rules say what it takes.")


class RungBelowMissing(Refusal):
    cause = _("The rung below has not been reached.")
    remedy = _("Rungs are climbed one after another.")


class RungFull(Conflict):
    cause = _("As many ideas as the budget provides for (%(limit)s) already stand on that rung.")
    remedy = _("The rules, frozen at opening, set that number; a public amendment can change it.")


class WindowClosed(Refusal):
    cause = _("The time to gather votes for this idea is over.")
    remedy = _("Only votes within the window count towards the rung.")


class NoSuchRung(Refusal):
    status = 404
    cause = _("The ladder has no such rung.")
    remedy = _("Choose one of the rungs shown.")


class NotFunded(Refusal):
    cause = _("The rungs can cost up to %(needed)s and the contest holds %(held)s.")
    remedy = _("The treasurer funds the contest; then it can open.")


class JuryTooSmall(Refusal):
    cause = _("%(seated)s jurors are named and %(needed)s are needed.")
    remedy = _("Name the jury; then open the contest.")


class VotingRuns(Refusal):
    cause = _("The vote is not over.")
    remedy = _("Wait for its end, or close its phase early with a public reason.")


class CountHidden(Refusal):
    status = 403
    cause = _("The counts are hidden while the vote runs.")
    remedy = _("They are published when it ends; your own votes are on your ballot.")


class NothingLeft(Refusal):
    cause = _("The contest holds no money.")
    remedy = _("Nothing is to be done.")


class NothingToVoid(Refusal):
    cause = _("None of these votes stands on the idea.")
    remedy = _("Look at the list again; someone may have voided them already.")


class AlreadySettled(Conflict):
    cause = _("This alarm has already been settled.")
    remedy = _("Its note says what was found.")


class RungUnderAlarm(Conflict):
    cause = _("A surge of votes on this idea is being looked at.")
    remedy = _("The rung is decided as soon as the alarm is settled.")


class AlreadyMerged(Conflict):
    cause = _("This idea has already been merged.")
    remedy = _("Open the idea it went into.")


class CannotMerge(Refusal):
    cause = _("These two ideas cannot be merged.")
    remedy = _("Both must be published in the same contest, different from each other, and stand on no paid rung.")


class RulesFrozen(Conflict):
    cause = _("The rules were frozen when the contest opened.")
    remedy = _("Publish an amendment: what changes, and why.")


class AlreadyOpen(Conflict):
    cause = _("The contest is already open.")
    remedy = _("Look at its page.")


class AlreadyClosed(Conflict):
    cause = _("The contest is closed and its count published.")
    remedy = _("Look at the published count.")


class NotTrue(Refusal):
    cause = _("The count does not match the seal published.")
    remedy = _("Tell the house: something was changed after the count.")


class EmptyIdea(Refusal):
    cause = _("An idea needs a title and a story.")
    remedy = _("Fill in what is missing; your draft is kept.")


class IdeaSettled(Conflict):
    cause = _("This idea can no longer be changed or withdrawn.")
    remedy = _("It has been paid for, merged or withdrawn; write a comment instead.")


class TestClosed(Conflict):
    cause = _("This test is closed.")
    remedy = _("Its result is on the idea's page.")
    __test__ = False


class NotOnPanel(Refusal):
    status = 403
    cause = _("You are not on this test's panel.")
    remedy = _("Ask the house to invite you to the next test.")


class BadScore(Refusal):
    cause = _("A score goes from 0 to 100.")
    remedy = _("Type a whole number between 0 and 100.")


class AwardNotPositive(Refusal):
    cause = _("The amount must be greater than zero.")
    remedy = _("Type the amount to set aside.")


class ReasonMissing(Refusal):
    cause = _("A reason is needed: it will be public.")
    remedy = _("Write in a sentence why this is done.")


class AwardNotInDoubt(Conflict):
    cause = _("The votes that stand suffice for this rung, or somebody has decided about it already.")
    remedy = _("Reload the page to see how it stands.")


class ClimbedPast(Conflict):
    cause = _("The idea has climbed higher since.")
    remedy = _("Let the award stand, or reverse its entry by hand in the books.")


class AwardSpent(Conflict):
    cause = _("The authors' balances no longer hold what was paid.")
    remedy = _("Agree with them how it is given back; until then the award stays in doubt.")


class SlugTaken(Conflict):
    cause = _("Another initiative already stands at “%(slug)s”.")
    remedy = _("Choose another address with --slug.")


class NotBallots(Refusal):
    cause = _("This file does not hold the published ballots of a contest.")
    remedy = _("Download it again from the contest's page “Recompute it yourself”.")
