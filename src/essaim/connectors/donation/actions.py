"""Looking through an export, striking lines out, giving the rest, taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.db import transaction

from essaim.activity.record import record
from essaim.connectors.donation import export
from essaim.connectors.donation.errors import NotADraft, NotAgreed, NotGiven, NothingLeft
from essaim.connectors.donation.export import Line
from essaim.connectors.donation.models import Donation
from essaim.connectors.donation.verbs import PostsDonated, PostsTakenBack
from essaim.kit import clock
from essaim.listening.files import contents
from essaim.listening.intake import take_in
from essaim.listening.intake.gone import empty
from essaim.listening.models import Mention, Source
from essaim.listening.post import Author, Post, Tie
from essaim.people import evidence
from essaim.people.models import Member
from essaim.people.policy import allow, is_oneself, is_present

KIND = "donation"
KEPT = timedelta(days=7)
State = Donation.State


def look_through(*, name: str, content: bytes, actor: Member) -> Donation:
    """Read an export into a draft. The file itself is not kept; drafts nobody gave go after a week."""
    allow(is_present, actor)
    with NamedTemporaryFile(prefix="essaim-donation-", suffix=Path(name).suffix.lower() or ".zip") as file:
        file.write(content)
        file.flush()
        path = Path(file.name)
        inside = contents(path, ".json", ".csv")
        lines = export.read(inside if path.suffix == ".zip" else [(name, content)], name)
    Donation.objects.filter(state=State.DRAFT, made_at__lt=clock.now() - KEPT).delete()
    platforms = sorted({line.platform for line in lines})
    written = [line.as_written() for line in lines]
    return Donation.objects.create(member=actor, name=Path(name).name[:200], lines=written, platforms=platforms)


@transaction.atomic
def strike_out(*, donation: Donation, actor: Member, shown: range, struck: Iterable[int]) -> Donation:
    """Of the lines shown, those struck out stay out; all others of them are in again."""
    donation = _locked(donation, actor)
    _must_be_draft(donation)
    kept = set(donation.struck) - set(shown)
    donation.struck = sorted(kept | (set(struck) & set(shown)))
    donation.save(update_fields=["struck"])
    return donation


@transaction.atomic
def strike_word(*, donation: Donation, actor: Member, word: str) -> int:
    """Strike out every line that holds the word. How many lines became fewer."""
    donation = _locked(donation, actor)
    _must_be_draft(donation)
    wanted = word.casefold()
    found = {
        place for place, line in enumerate(donation.lines) if wanted in f"{line['title']} {line['text']}".casefold()
    }
    more = found - set(donation.struck)
    donation.struck = sorted(found | set(donation.struck))
    donation.save(update_fields=["struck"])
    return len(more)


@transaction.atomic
def give(*, donation: Donation, actor: Member, wording: str, language: str, agreed: bool) -> Donation:
    """Give what is not struck out, with the consent to its use kept in its very words. The draft's lines go."""
    donation = _locked(donation, actor)
    _must_be_draft(donation)
    if not agreed:
        raise NotAgreed
    left = [line for place, line in enumerate(donation.lines) if place not in set(donation.struck)]
    if not left:
        raise NothingLeft
    source = Source.objects.create(
        kind=KIND, name=donation.name, address=f"donation:{donation.pk}", state=Source.State.DONE, next_run_at=None
    )
    donation.acceptance = evidence.accept(actor, evidence.keep("donation", wording, language))
    donation.source, donation.posts, donation.given_at = source, len(left), clock.now()
    donation.state, donation.lines, donation.struck = State.GIVEN, [], []
    donation.save()
    record(PostsDonated(donation.posts), actor=actor)
    take_in([_post(Line.of(line), actor) for line in left], source=source)
    return donation


@transaction.atomic
def take_back(*, donation: Donation, actor: Member) -> Donation:
    """Empty what was given, as if its author had deleted it there."""
    donation = _locked(donation, actor)
    if donation.state != State.GIVEN:
        raise NotGiven
    empty(list(Mention.objects.filter(source=donation.source, gone_at=None).values_list("pk", flat=True)))
    donation.state, donation.withdrawn_at = State.WITHDRAWN, clock.now()
    donation.save(update_fields=["state", "withdrawn_at"])
    record(PostsTakenBack(donation.posts), actor=actor)
    return donation


@transaction.atomic
def throw_away(*, donation: Donation, actor: Member) -> None:
    donation = _locked(donation, actor)
    _must_be_draft(donation)
    donation.delete()


def _locked(donation: Donation, actor: Member) -> Donation:
    locked = Donation.objects.select_for_update(of=("self",)).select_related("member").get(pk=donation.pk)
    allow(is_oneself, actor, locked.member)
    return locked


def _must_be_draft(donation: Donation) -> None:
    if donation.state != State.DRAFT:
        raise NotADraft


def _post(line: Line, member: Member) -> Post:
    """By the member as this house knows him: an export proves no name on the other network, so it claims none."""
    return Post(
        platform=line.platform,
        external_id=line.number,
        author=Author(f"donated:{member.pk}"),
        title=line.title,
        text=line.text,
        published=line.at,
        url=line.url,
        tie=Tie.REPLY if line.parent else Tie.POST,
        parent=line.parent,
    )
