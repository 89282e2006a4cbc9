"""What a contest shows outside its pages: errands and ideas in a member's place, a line and duties in the studio."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from essaim.initiatives import queries as initiatives
from essaim.initiatives.desk import Desk, Duty, Errand, Mine
from essaim.initiatives.models import Initiative
from essaim.kit import clock
from essaim.mechanisms.contest import queries
from essaim.mechanisms.contest.doubts import awards_in_doubt
from essaim.mechanisms.contest.models import (
    CoAuthorOffer,
    Idea,
    OfficialAnswer,
    PanelSeat,
    PanelTest,
    RungReached,
    SurgeAlarm,
)
from essaim.mechanisms.contest.views.sheet import idea_ladder
from essaim.people.models import HouseRole, Member

Role = HouseRole.Role
SHOWN_IDEAS = 12


def errands(member: Member) -> Iterator[Errand]:
    """Invitations to answer, tests to try, ideas to judge, drafts to finish, votes left."""
    yield from _offers(member)
    yield from _tests(member)
    yield from _judging(member)
    yield from _drafts(member)
    yield from _ballots(member)


def _offers(member: Member) -> Iterator[Errand]:
    offers = CoAuthorOffer.objects.filter(member=member, state=CoAuthorOffer.State.OFFERED)
    for offer in offers.select_related("idea__contest", "giver"):
        text = _("%(name)s invites you to co-author “%(idea)s”") % {"name": offer.giver, "idea": offer.idea.title}
        yield Errand(text, _("Answer"), offer.idea.get_absolute_url())


def _tests(member: Member) -> Iterator[Errand]:
    seats = PanelSeat.objects.filter(member=member, score=None, test__closed_at=None)
    for seat in seats.select_related("test__idea__contest"):
        idea = seat.test.idea
        url = reverse("contest:panel", args=[idea.contest.slug, seat.test_id])
        yield Errand(_("Test “%(idea)s” and say how it went") % {"idea": idea.title}, _("Give my result"), url)


def _judging(member: Member) -> Iterator[Errand]:
    waiting = queries.waiting_for(member).values("contest").annotate(n=Count("pk")).order_by("contest")
    counts = {row["contest"]: row["n"] for row in waiting}
    for contest in Initiative.objects.filter(pk__in=counts).prefetch_related("phases"):
        count = counts[contest.pk]
        text = ngettext(
            "%(count)d idea of “%(contest)s” waits for your score",
            "%(count)d ideas of “%(contest)s” wait for your score",
            count,
        ) % {"count": count, "contest": contest.title}
        yield Errand(text, _("Judge"), reverse("contest:jury", args=[contest.slug]), _ends(contest))


def _drafts(member: Member) -> Iterator[Errand]:
    drafts = Idea.objects.filter(author=member, state=Idea.State.DRAFT, contest__closed_at=None)
    for draft in drafts.select_related("contest").prefetch_related("contest__phases")[:5]:
        text = _("Your draft “%(idea)s” is not published") % {"idea": draft.title or _("untitled")}
        url = reverse("contest:draft", args=[draft.contest.slug, draft.number])
        yield Errand(text, _("Go on"), url, _ends(draft.contest))


def _ballots(member: Member) -> Iterator[Errand]:
    """Open votes in the member's communities where he still has something to say."""
    now = clock.now()
    voting = Initiative.objects.filter(
        mechanism=queries.SLUG,
        opened_at__isnull=False,
        halted_at=None,
        community__memberships__member=member,
        community__memberships__state="active",
        phases__kind__in=queries.VOTING,
        phases__starts_at__lte=now,
        phases__ends_at__gt=now,
    )
    for contest in voting.annotate(until=F("phases__ends_at")).distinct():
        left = queries.votes_left(contest, member)
        if left is None and not queries.ballot_of(contest, member):
            yield Errand(
                _("Vote in “%(contest)s”") % {"contest": contest.title}, _("Cast a vote"), _at(contest), contest.until
            )
        elif left:
            words = {"count": left, "contest": contest.title}
            text = ngettext(
                "You have %(count)d vote left in “%(contest)s”",
                "You have %(count)d votes left in “%(contest)s”",
                left,
            )
            yield Errand(text % words, _("Cast a vote"), _at(contest), contest.until)


def _at(contest: Initiative) -> str:
    return contest.get_absolute_url()


def _ends(contest: Initiative) -> Any:
    phase = initiatives.open_phase(contest)
    return phase.ends_at if phase else None


def my_ideas(member: Member) -> Mapping[str, Any]:
    """The member's ideas with their ladders."""
    ideas = list(queries.ideas_by(member).exclude(state=Idea.State.DRAFT)[:SHOWN_IDEAS])
    return {
        "ideas": [
            {"idea": idea, "ladder": idea_ladder(queries.rules_of(idea.contest), idea.rungs.all())} for idea in ideas
        ]
    }


MINE = Mine("contest/mine.html", my_ideas)


def earned(contributions: Collection[int]) -> dict[int, int]:
    """What the rungs paid for these ideas, in minor units."""
    rows = RungReached.objects.filter(idea__in=contributions, amount__gt=0).order_by()
    return dict(rows.values_list("idea").annotate(sum=Sum("amount")))


def unanswered() -> Any:
    """Published ideas without an official answer, the one that waited longest first."""
    answers = OfficialAnswer.objects.filter(idea=OuterRef("pk"))
    ideas = Idea.objects.filter(state=Idea.State.PUBLISHED, merged_into=None, contest__closed_at=None)
    return ideas.filter(~Exists(answers)).order_by("published_at", "pk")


def open_alarms() -> Any:
    return SurgeAlarm.objects.filter(settled_at=None).order_by("raised_at")


def unfunded(member: Member) -> int:
    """Contests in preparation whose rungs are not paid for yet."""
    drafts = queries.contests().filter(opened_at=None, closed_at=None)
    return sum(1 for contest in drafts if queries.shortfall(contest, queries.rules_of(contest)))


def ripe_tests(member: Member) -> int:
    """Tests in which every tester has answered: they can be closed."""
    return int(ripe().count())


def ripe() -> Any:
    tests = PanelTest.objects.filter(closed_at=None)
    return tests.annotate(left=Count("seats", filter=Q(seats__score=None))).filter(left=0)


def _page(name: str) -> Any:
    return lambda: reverse(f"contest-studio:{name}")


DUTIES = (
    Duty(
        slug="contest-alarms",
        title=ngettext_lazy("%(count)d surge of votes to look at", "%(count)d surges of votes to look at", "count"),
        act=gettext_lazy("Look"),
        count=lambda member: open_alarms().count(),
        url=_page("alarms"),
        roles=frozenset({Role.MANAGER.value, Role.MODERATOR.value}),
        urgent=True,
    ),
    Duty(
        slug="contest-awards",
        title=ngettext_lazy(
            "%(count)d award was paid for votes that were voided",
            "%(count)d awards were paid for votes that were voided",
            "count",
        ),
        act=gettext_lazy("Look"),
        count=lambda member: len(awards_in_doubt()),
        url=_page("awards"),
        roles=frozenset({Role.TREASURER.value}),
        urgent=True,
    ),
    Duty(
        slug="contest-unfunded",
        title=ngettext_lazy(
            "%(count)d contest waits for its money", "%(count)d contests wait for their money", "count"
        ),
        act=gettext_lazy("Fund"),
        count=unfunded,
        url=_page("desk"),
        roles=frozenset({Role.TREASURER.value}),
    ),
    Duty(
        slug="contest-unanswered",
        title=ngettext_lazy("%(count)d idea waits for an answer", "%(count)d ideas wait for an answer", "count"),
        act=gettext_lazy("Answer"),
        count=lambda member: unanswered().count(),
        url=_page("unanswered"),
        roles=frozenset({Role.MANAGER.value, Role.DESIGNER.value}),
    ),
    Duty(
        slug="contest-tests",
        title=ngettext_lazy("%(count)d test can be closed", "%(count)d tests can be closed", "count"),
        act=gettext_lazy("Decide"),
        count=ripe_tests,
        url=_page("tests"),
        roles=frozenset({Role.MANAGER.value, Role.DESIGNER.value}),
    ),
)

DESK = Desk(
    slug=queries.SLUG,
    wing="create",
    title=gettext_lazy("Contests"),
    url="contest-studio:desk",
    roles=frozenset(role.value for role in Role),
    duties=DUTIES,
)
