"""What happens in a contest, each declared once."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from essaim.activity.vocabulary import ActivityType, Sentence, Text, Verb


@dataclass(frozen=True)
class ContestFunded:
    amount: int
    unit: str
    funding: int


@dataclass(frozen=True)
class LeftoverReturned:
    amount: int
    unit: str


@dataclass(frozen=True)
class IdeaSubmitted:
    pass


@dataclass(frozen=True)
class SuggestionTaken:
    pass


@dataclass(frozen=True)
class IdeaEdited:
    pass


@dataclass(frozen=True)
class IdeaWithdrawn:
    pass


@dataclass(frozen=True)
class CoAuthorInvited:
    share: int


@dataclass(frozen=True)
class CoAuthorJoined:
    share: int


@dataclass(frozen=True)
class CoAuthorDeclined:
    pass


@dataclass(frozen=True)
class IdeaInherited:
    pass


@dataclass(frozen=True)
class IdeasMerged:
    into: int
    votes_carried: int


@dataclass(frozen=True)
class VoteCast:
    value: int


@dataclass(frozen=True)
class VoteChanged:
    value: int


@dataclass(frozen=True)
class VoteWithdrawn:
    pass


@dataclass(frozen=True)
class JurorSeated:
    juror: int


@dataclass(frozen=True)
class IdeaScored:
    pass


@dataclass(frozen=True)
class RungClimbed:
    rung: str
    rung_name: str
    amount: int
    unit: str


@dataclass(frozen=True)
class AwardTakenBack:
    rung: str
    rung_name: str
    amount: int
    unit: str
    reason: str


@dataclass(frozen=True)
class AwardKept:
    rung: str
    rung_name: str
    reason: str


@dataclass(frozen=True)
class TestOpened:
    panel: int


@dataclass(frozen=True)
class TestScored:
    pass


@dataclass(frozen=True)
class TestEnded:
    passed: bool


@dataclass(frozen=True)
class IdeaAnswered:
    verdict: str


@dataclass(frozen=True)
class SurgeSeen:
    arrivals: int


@dataclass(frozen=True)
class SurgeSettled:
    note: str


@dataclass(frozen=True)
class VotesVoided:
    votes: int
    reason: str


@dataclass(frozen=True)
class CountSealed:
    seal: str
    ideas: int
    voters: int


@dataclass(frozen=True)
class BallotsImported:
    source: str
    ideas: int
    voters: int
    votes: int


def _told(
    slug: str,
    verb: Verb,
    payload: type,
    you: Text,
    other: Text,
    *,
    weight: float = 0.0,
    public: bool = True,
    translate: tuple[str, ...] = (),
    refers: tuple[tuple[str, str], ...] = (),
) -> ActivityType:
    """No payload keeps a title: ideas are named when the sentence is told, if they may be."""
    sentence = Sentence(you, other)
    return ActivityType(
        slug, verb, payload, sentence, erase=(), weight=weight, public=public, translate=translate, refers=refers
    )


ACTIVITY_TYPES = (
    _told(
        "contest.fund",
        Verb.ADD,
        ContestFunded,
        _("You set money aside for “%(object)s”"),
        _("%(actor)s set money aside for “%(object)s”"),
    ),
    _told(
        "contest.unfund",
        Verb.REMOVE,
        LeftoverReturned,
        _("You gave back to the house what “%(object)s” had not spent"),
        _("%(actor)s gave back to the house what “%(object)s” had not spent"),
    ),
    _told(
        "idea.submit",
        Verb.SUBMIT,
        IdeaSubmitted,
        _("You submitted the idea “%(object)s”"),
        _("%(actor)s submitted the idea “%(object)s”"),
    ),
    _told(
        "idea.take",
        Verb.CREATE,
        SuggestionTaken,
        _("You brought a suggestion heard outside into the contest: “%(object)s”"),
        _("%(actor)s brought a suggestion heard outside into the contest: “%(object)s”"),
    ),
    _told(
        "idea.edit",
        Verb.UPDATE,
        IdeaEdited,
        _("You edited your idea “%(object)s”"),
        _("%(actor)s edited the idea “%(object)s”"),
    ),
    _told(
        "idea.withdraw",
        Verb.DELETE,
        IdeaWithdrawn,
        _("You withdrew your idea “%(object)s”"),
        _("%(actor)s withdrew the idea “%(object)s”"),
    ),
    _told(
        "idea.invite",
        Verb.INVITE,
        CoAuthorInvited,
        _("You invited %(target)s to co-author “%(object)s”"),
        _("%(actor)s invited %(target)s to co-author “%(object)s”"),
        weight=2.0,
        public=False,
    ),
    _told(
        "idea.join",
        Verb.JOIN,
        CoAuthorJoined,
        _("You became a co-author of “%(object)s”"),
        _("%(actor)s became a co-author of “%(object)s”"),
        weight=3.0,
    ),
    _told(
        "idea.decline",
        Verb.REJECT,
        CoAuthorDeclined,
        _("You declined to co-author “%(object)s”"),
        _("%(actor)s declined to co-author “%(object)s”"),
        public=False,
    ),
    _told(
        "idea.inherit",
        Verb.UPDATE,
        IdeaInherited,
        _("The part of an author who left in “%(object)s” went to those who stay"),
        _("The part of an author who left in “%(object)s” went to those who stay"),
    ),
    _told(
        "idea.merge",
        Verb.UPDATE,
        IdeasMerged,
        _("You merged “%(object)s” into “%(into)s”"),
        _("%(actor)s merged “%(object)s” into “%(into)s”"),
        refers=(("into", "contest.idea"),),
    ),
    _told(
        "vote.cast",
        Verb.VOTE,
        VoteCast,
        _("You voted on “%(object)s”"),
        _("%(actor)s voted on “%(object)s”"),
        weight=1.0,
        public=False,
    ),
    _told(
        "vote.change",
        Verb.VOTE,
        VoteChanged,
        _("You changed your vote on “%(object)s”"),
        _("%(actor)s changed a vote on “%(object)s”"),
        public=False,
    ),
    _told(
        "vote.withdraw",
        Verb.UNDO,
        VoteWithdrawn,
        _("You took back your vote on “%(object)s”"),
        _("%(actor)s took back a vote on “%(object)s”"),
        public=False,
    ),
    _told(
        "juror.seat",
        Verb.ADD,
        JurorSeated,
        _("You seated %(target)s in the jury of “%(object)s”"),
        _("%(actor)s seated %(target)s in the jury of “%(object)s”"),
    ),
    _told(
        "idea.score",
        Verb.UPDATE,
        IdeaScored,
        _("You scored “%(object)s” for the jury"),
        _("%(actor)s scored “%(object)s” for the jury"),
        public=False,
    ),
    _told(
        "rung.climb",
        Verb.ACCEPT,
        RungClimbed,
        _("“%(object)s” reached the rung “%(rung_name)s”"),
        _("“%(object)s” reached the rung “%(rung_name)s”"),
        weight=2.0,
        translate=("rung_name",),
    ),
    _told(
        "award.revoke",
        Verb.UNDO,
        AwardTakenBack,
        _("You took back the award of “%(object)s” for the rung “%(rung_name)s”: %(reason)s"),
        _("%(actor)s took back the award of “%(object)s” for the rung “%(rung_name)s”: %(reason)s"),
        translate=("rung_name",),
    ),
    _told(
        "award.keep",
        Verb.ACCEPT,
        AwardKept,
        _("You let the award of “%(object)s” for the rung “%(rung_name)s” stand: %(reason)s"),
        _("%(actor)s let the award of “%(object)s” for the rung “%(rung_name)s” stand: %(reason)s"),
        translate=("rung_name",),
    ),
    _told(
        "test.open",
        Verb.OFFER,
        TestOpened,
        _("You sent “%(object)s” to a test panel"),
        _("%(actor)s sent “%(object)s” to a test panel"),
    ),
    _told(
        "test.score",
        Verb.UPDATE,
        TestScored,
        _("You gave your result of the test of “%(object)s”"),
        _("%(actor)s gave a result of the test of “%(object)s”"),
        public=False,
    ),
    _told(
        "test.end",
        Verb.COMPLETE,
        TestEnded,
        _("The test of “%(object)s” ended"),
        _("The test of “%(object)s” ended"),
    ),
    _told(
        "idea.answer",
        Verb.ANNOUNCE,
        IdeaAnswered,
        _("You answered the idea “%(object)s” for the house"),
        _("%(actor)s answered the idea “%(object)s” for the house"),
        weight=1.0,
    ),
    _told(
        "surge.see",
        Verb.FLAG,
        SurgeSeen,
        _("Votes on “%(object)s” arrive unusually fast"),
        _("Votes on “%(object)s” arrive unusually fast"),
        public=False,
    ),
    _told(
        "surge.settle",
        Verb.UPDATE,
        SurgeSettled,
        _("You settled the alarm on “%(object)s”: %(note)s"),
        _("%(actor)s settled the alarm on “%(object)s”: %(note)s"),
    ),
    _told(
        "vote.void",
        Verb.REMOVE,
        VotesVoided,
        _("You voided %(votes)s votes of “%(object)s”: %(reason)s"),
        _("%(actor)s voided %(votes)s votes of “%(object)s”: %(reason)s"),
    ),
    _told(
        "count.seal",
        Verb.ANNOUNCE,
        CountSealed,
        _("The count of “%(object)s” is published"),
        _("The count of “%(object)s” is published"),
    ),
    _told(
        "contest.import",
        Verb.ADD,
        BallotsImported,
        _("You imported %(ideas)s ideas and %(votes)s votes into “%(object)s”"),
        _("%(actor)s imported %(ideas)s ideas and %(votes)s votes into “%(object)s”"),
    ),
)
