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
    idea_title: str


@dataclass(frozen=True)
class IdeaEdited:
    idea_title: str


@dataclass(frozen=True)
class IdeaWithdrawn:
    idea_title: str


@dataclass(frozen=True)
class CoAuthorInvited:
    idea_title: str
    share: int


@dataclass(frozen=True)
class CoAuthorJoined:
    idea_title: str
    share: int


@dataclass(frozen=True)
class CoAuthorDeclined:
    idea_title: str


@dataclass(frozen=True)
class IdeasMerged:
    idea_title: str
    into: int
    into_title: str
    votes_carried: int


@dataclass(frozen=True)
class VoteCast:
    idea_title: str
    value: int


@dataclass(frozen=True)
class VoteChanged:
    idea_title: str
    value: int


@dataclass(frozen=True)
class VoteWithdrawn:
    idea_title: str


@dataclass(frozen=True)
class JurorSeated:
    juror: int


@dataclass(frozen=True)
class IdeaScored:
    idea_title: str


@dataclass(frozen=True)
class RungClimbed:
    idea_title: str
    rung: str
    rung_name: str
    amount: int
    unit: str


@dataclass(frozen=True)
class TestOpened:
    idea_title: str
    panel: int


@dataclass(frozen=True)
class TestScored:
    idea_title: str


@dataclass(frozen=True)
class TestEnded:
    idea_title: str
    passed: bool


@dataclass(frozen=True)
class IdeaAnswered:
    idea_title: str
    verdict: str


@dataclass(frozen=True)
class SurgeSeen:
    idea_title: str
    arrivals: int


@dataclass(frozen=True)
class SurgeSettled:
    idea_title: str
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
    erase: tuple[str, ...] = (),
    weight: float = 0.0,
    public: bool = True,
    translate: tuple[str, ...] = (),
) -> ActivityType:
    return ActivityType(
        slug, verb, payload, Sentence(you, other), erase=erase, weight=weight, public=public, translate=translate
    )


_TITLE = ("idea_title",)

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
        _("You submitted the idea “%(idea_title)s”"),
        _("%(actor)s submitted the idea “%(idea_title)s”"),
        erase=_TITLE,
    ),
    _told(
        "idea.edit",
        Verb.UPDATE,
        IdeaEdited,
        _("You edited your idea “%(idea_title)s”"),
        _("%(actor)s edited the idea “%(idea_title)s”"),
        erase=_TITLE,
    ),
    _told(
        "idea.withdraw",
        Verb.DELETE,
        IdeaWithdrawn,
        _("You withdrew your idea “%(idea_title)s”"),
        _("%(actor)s withdrew the idea “%(idea_title)s”"),
        erase=_TITLE,
    ),
    _told(
        "idea.invite",
        Verb.INVITE,
        CoAuthorInvited,
        _("You invited %(target)s to co-author “%(idea_title)s”"),
        _("%(actor)s invited %(target)s to co-author “%(idea_title)s”"),
        erase=_TITLE,
        weight=2.0,
        public=False,
    ),
    _told(
        "idea.join",
        Verb.JOIN,
        CoAuthorJoined,
        _("You became a co-author of “%(idea_title)s”"),
        _("%(actor)s became a co-author of “%(idea_title)s”"),
        erase=_TITLE,
        weight=3.0,
    ),
    _told(
        "idea.decline",
        Verb.REJECT,
        CoAuthorDeclined,
        _("You declined to co-author “%(idea_title)s”"),
        _("%(actor)s declined to co-author “%(idea_title)s”"),
        erase=_TITLE,
        public=False,
    ),
    _told(
        "idea.merge",
        Verb.UPDATE,
        IdeasMerged,
        _("You merged “%(idea_title)s” into “%(into_title)s”"),
        _("%(actor)s merged “%(idea_title)s” into “%(into_title)s”"),
        erase=("idea_title", "into_title"),
    ),
    _told(
        "vote.cast",
        Verb.VOTE,
        VoteCast,
        _("You voted on “%(idea_title)s”"),
        _("%(actor)s voted on “%(idea_title)s”"),
        erase=_TITLE,
        weight=1.0,
        public=False,
    ),
    _told(
        "vote.change",
        Verb.VOTE,
        VoteChanged,
        _("You changed your vote on “%(idea_title)s”"),
        _("%(actor)s changed a vote on “%(idea_title)s”"),
        erase=_TITLE,
        public=False,
    ),
    _told(
        "vote.withdraw",
        Verb.UNDO,
        VoteWithdrawn,
        _("You took back your vote on “%(idea_title)s”"),
        _("%(actor)s took back a vote on “%(idea_title)s”"),
        erase=_TITLE,
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
        _("You scored “%(idea_title)s” for the jury"),
        _("%(actor)s scored “%(idea_title)s” for the jury"),
        erase=_TITLE,
        public=False,
    ),
    _told(
        "rung.climb",
        Verb.ACCEPT,
        RungClimbed,
        _("“%(idea_title)s” reached the rung “%(rung_name)s”"),
        _("“%(idea_title)s” reached the rung “%(rung_name)s”"),
        erase=_TITLE,
        weight=2.0,
        translate=("rung_name",),
    ),
    _told(
        "test.open",
        Verb.OFFER,
        TestOpened,
        _("You sent “%(idea_title)s” to a test panel"),
        _("%(actor)s sent “%(idea_title)s” to a test panel"),
        erase=_TITLE,
    ),
    _told(
        "test.score",
        Verb.UPDATE,
        TestScored,
        _("You gave your result of the test of “%(idea_title)s”"),
        _("%(actor)s gave a result of the test of “%(idea_title)s”"),
        erase=_TITLE,
        public=False,
    ),
    _told(
        "test.end",
        Verb.COMPLETE,
        TestEnded,
        _("The test of “%(idea_title)s” ended"),
        _("The test of “%(idea_title)s” ended"),
        erase=_TITLE,
    ),
    _told(
        "idea.answer",
        Verb.ANNOUNCE,
        IdeaAnswered,
        _("You answered the idea “%(idea_title)s” for the house"),
        _("%(actor)s answered the idea “%(idea_title)s” for the house"),
        erase=_TITLE,
        weight=1.0,
    ),
    _told(
        "surge.see",
        Verb.FLAG,
        SurgeSeen,
        _("Votes on “%(idea_title)s” arrive unusually fast"),
        _("Votes on “%(idea_title)s” arrive unusually fast"),
        erase=_TITLE,
        public=False,
    ),
    _told(
        "surge.settle",
        Verb.UPDATE,
        SurgeSettled,
        _("You settled the alarm on “%(idea_title)s”: %(note)s"),
        _("%(actor)s settled the alarm on “%(idea_title)s”: %(note)s"),
        erase=_TITLE,
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
