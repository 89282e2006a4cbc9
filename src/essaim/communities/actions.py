"""Acts on communities. Joining consumes nothing and takes no lock but its own row's."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from essaim.communities import queries
from essaim.communities.errors import (
    AddressTaken,
    AlreadyHere,
    CharterOutOfDate,
    FoundersOnly,
    HostsOnly,
    InvitationNeeded,
    LastHost,
    MemberIsGone,
    MemberIsNotHere,
    NoCharter,
    NotAskedToJoin,
    NotInCommunity,
    NotInvited,
    ParentLoop,
    RequestNeeded,
)
from essaim.communities.models import CharterVersion, Community, Membership
from essaim.communities.policy import allow, may_found, may_host
from essaim.communities.verbs import (
    CharterAccepted,
    CharterPublished,
    CommunityFounded,
    CommunityJoined,
    CommunityLeft,
    HostAppointed,
    MemberInvited,
    MembershipRequested,
    ModeratorAppointed,
    RequestAccepted,
    RequestRefused,
    RoleDismissed,
)
from essaim.kit import clock, stream
from essaim.kit.errors import Forbidden
from essaim.kit.text import slugify
from essaim.people import evidence
from essaim.people.models import Member
from essaim.people.policy import is_present

Visibility, State, Role = Community.Visibility, Membership.State, Membership.Role


def lock(community: Community) -> Community:
    """The community's row, held until the transaction ends."""
    return Community.objects.select_for_update().get(pk=community.pk)


@transaction.atomic
def found(
    *,
    actor: Member,
    name: str,
    summary: str,
    charter: str,
    slug: str = "",
    description: str = "",
    visibility: str = Visibility.OPEN,
    interests: Sequence[str] = (),
    place: str = "",
    parent: Community | None = None,
    language: str | None = None,
) -> Community:
    """Open a community with its first charter; the founder is its first host. No `slug`: made of the name."""
    allow(may_found, actor, refusal=FoundersOnly)
    slug = slug or slugify(name)
    community = Community(
        slug=slug,
        name=name,
        summary=summary,
        description=description,
        visibility=visibility,
        interests=list(interests),
        place=place,
        parent=parent,
        created_by=actor,
    )
    try:
        with transaction.atomic():
            community.save()
    except IntegrityError as error:
        raise AddressTaken(slug=slug) from error
    version = _write_charter(community, 1, charter, actor, language)
    row = Membership(community=community, member=actor, role=Role.HOST, state=State.ACTIVE)
    _let_in(row, version)
    _record(CommunityFounded(), community, actor=actor)
    return community


@transaction.atomic
def furnish(*, actor: Member, community: Community, **fields: object) -> Community:
    """Change what the community says about itself, and who may come in."""
    row = lock(community)
    allow(may_host, actor, row, refusal=HostsOnly)
    for field, value in fields.items():
        setattr(row, field, value)
    _refuse_loop(row)
    row.save()
    return row


def _refuse_loop(community: Community) -> None:
    above = community.parent
    while above is not None:
        if above.pk == community.pk:
            raise ParentLoop()
        above = above.parent


@transaction.atomic
def publish_charter(*, actor: Member, community: Community, text: str, language: str | None = None) -> CharterVersion:
    """The next version of the rules; every member accepts it before acting again. The same text changes nothing."""
    row = lock(community)
    allow(may_host, actor, row, refusal=HostsOnly)
    last = queries.current_charter(row)
    if last is not None and last.text == text:
        return last
    version = _write_charter(row, last.number + 1 if last else 1, text, actor, language)
    Membership.objects.filter(community=row, member=actor, state=State.ACTIVE).update(charter=version)
    _record(CharterPublished(number=version.number), row, actor=actor, object=version)
    return version


def _write_charter(
    community: Community, number: int, text: str, author: Member, language: str | None
) -> CharterVersion:
    kept = evidence.keep(f"charter-{community.pk}", text, language or author.language)
    return CharterVersion.objects.create(
        community=community, number=number, text=text, evidence=kept, published_by=author
    )


@transaction.atomic
def accept_charter(*, actor: Member, community: Community, number: int | None = None) -> Membership:
    """Accept the rules in force; `number` is the version that was read."""
    row = _own_row(actor, community)
    if row is None or row.state != State.ACTIVE:
        raise NotInCommunity()
    version = _charter_read(community, number)
    if row.charter_id != version.pk:
        row.charter = version
        row.save(update_fields=["charter"])
        evidence.accept(actor, version.evidence)
        _record(CharterAccepted(number=version.number), community, actor=actor, object=version)
    return row


@transaction.atomic
def join(*, actor: Member, community: Community, number: int | None = None) -> Membership:
    """Come in where it is open, or as invited, accepting the charter; `number` is the version read."""
    if (entered := _entered_by_open_door(actor, community, number)) is not None:
        return entered
    row = _row_of_newcomer(actor, community)
    if row.state == State.ACTIVE:
        return row
    if row.state != State.INVITED and row.community.visibility == Visibility.REQUEST:
        raise RequestNeeded()
    if row.state != State.INVITED and row.community.visibility != Visibility.OPEN:
        raise InvitationNeeded()
    return _come_in(row, number)


@transaction.atomic
def accept_invitation(*, actor: Member, community: Community, number: int | None = None) -> Membership:
    """Come in where a host invited."""
    row = _own_row(actor, community)
    if row is None or row.state != State.INVITED:
        raise NotInvited()
    allow(is_present, actor)
    return _come_in(row, number)


def _come_in(row: Membership, number: int | None) -> Membership:
    version = _charter_read(row.community, number)
    _let_in(row, version)
    return _welcomed(row, version)


def _welcomed(row: Membership, version: CharterVersion) -> Membership:
    evidence.accept(row.member, version.evidence)
    _record(CommunityJoined(charter=version.number), row.community, actor=row.member)
    return row


@transaction.atomic
def request(*, actor: Member, community: Community, number: int | None = None) -> Membership:
    """Knock at the door of a community entered on request; the charter is accepted with the request."""
    row = _row_of_newcomer(actor, community)
    if row.state in {State.ACTIVE, State.REQUESTED}:
        return row
    if row.community.visibility in {Visibility.INVITATION, Visibility.HIDDEN}:
        raise InvitationNeeded()
    version = _charter_read(community, number)
    row.state, row.charter, row.asked_at = State.REQUESTED, version, clock.now()
    row.save()
    evidence.accept(actor, version.evidence)
    _record(MembershipRequested(), community, actor=actor)
    return row


@transaction.atomic
def accept_request(*, actor: Member, community: Community, member: Member) -> Membership:
    """A host lets a waiting person in; the charter she read with the request is the one she accepted."""
    row = _waiting(actor, community, member)
    _let_in(row, row.charter)
    _record(RequestAccepted(), row.community, actor=actor, target=row.member)
    return row


@transaction.atomic
def refuse_request(*, actor: Member, community: Community, member: Member) -> Membership:
    """A host declines; the person may ask again."""
    row = _waiting(actor, community, member)
    row.state = State.REFUSED
    row.save(update_fields=["state"])
    _record(RequestRefused(), row.community, actor=actor, target=row.member)
    return row


def _waiting(actor: Member, community: Community, member: Member) -> Membership:
    allow(may_host, actor, lock(community), refusal=HostsOnly)
    row = _own_row(member, community)
    if row is None or row.state != State.REQUESTED:
        raise NotAskedToJoin()
    return row


@transaction.atomic
def invite(*, actor: Member, community: Community, member: Member) -> Membership:
    """A host invites; who was waiting at the door comes straight in. Inviting twice changes nothing."""
    community = lock(community)
    allow(may_host, actor, community, refusal=HostsOnly)
    allow(is_present, member, refusal=MemberIsGone)
    row = _made_or_held(member, community)
    if row.state == State.ACTIVE:
        raise AlreadyHere()
    if row.state == State.REQUESTED:
        return accept_request(actor=actor, community=community, member=member)
    if row.state != State.INVITED:
        row.state, row.invited_by, row.asked_at = State.INVITED, actor, clock.now()
        row.save()
        _record(MemberInvited(), community, actor=actor, target=member)
    return row


@transaction.atomic
def decline_invitation(*, actor: Member, community: Community) -> None:
    """Say no to an invitation; nobody is told."""
    row = _own_row(actor, community)
    if row is None or row.state != State.INVITED:
        raise NotInvited()
    row.state = State.REFUSED
    row.save(update_fields=["state"])


@transaction.atomic
def leave(*, actor: Member, community: Community) -> None:
    """Go, or withdraw a request. The last host stays until there is another."""
    row_of_community = lock(community)
    row = _own_row(actor, community)
    if row is None or row.state in {State.LEFT, State.REFUSED}:
        return
    _refuse_last_host(row)
    was_active = row.state == State.ACTIVE
    row.state, row.role, row.left_at = State.LEFT, Role.MEMBER, clock.now()
    row.save()
    if was_active:
        _record(CommunityLeft(), row_of_community, actor=actor)


@transaction.atomic
def appoint(*, actor: Member, community: Community, member: Member, role: str) -> Membership:
    """Make an active member a host or a moderator."""
    row = _colleague(actor, community, member)
    wanted = Role(role)
    if row.role == wanted:
        return row
    if wanted != Role.HOST:
        _refuse_last_host(row)
    act = {Role.HOST: HostAppointed, Role.MODERATOR: ModeratorAppointed}[wanted]
    row.role = wanted
    row.save(update_fields=["role"])
    _record(act(), row.community, actor=actor, target=row.member)
    return row


@transaction.atomic
def dismiss(*, actor: Member, community: Community, member: Member) -> Membership:
    """End the role of a host or moderator; he stays a member."""
    row = _colleague(actor, community, member)
    if row.role == Role.MEMBER:
        return row
    _refuse_last_host(row)
    ended, row.role = row.role, Role.MEMBER
    row.save(update_fields=["role"])
    _record(RoleDismissed(role=ended), row.community, actor=actor, target=row.member)
    return row


def _colleague(actor: Member, community: Community, member: Member) -> Membership:
    allow(may_host, actor, lock(community), refusal=HostsOnly)
    row = _own_row(member, community)
    if row is None or row.state != State.ACTIVE:
        raise MemberIsNotHere()
    return row


def _refuse_last_host(row: Membership) -> None:
    hosts = Membership.objects.filter(community=row.community_id, role=Role.HOST, state=State.ACTIVE)
    if row.role == Role.HOST and not hosts.exclude(pk=row.pk).exists():
        raise LastHost()


def _own_row(member: Member, community: Community) -> Membership | None:
    rows = Membership.objects.select_for_update(of=("self",)).select_related("community", "member")
    return rows.filter(member=member, community=community).first()


def _row_of_newcomer(actor: Member, community: Community) -> Membership:
    """The row of someone who may know the community, made at the first knock and held."""
    row = _made_or_held(actor, community)
    allow(is_present, actor)
    known = queries.visible_to(actor).filter(pk=community.pk).first()
    if known is None:
        raise Forbidden
    row.community, row.member = known, actor
    return row


ENTERED_AT_ONCE = """
INSERT INTO communities_membership (community_id, member_id, role, state, charter_id, asked_at, joined_at)
VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (community_id, member_id) DO NOTHING RETURNING *
"""


def _entered_by_open_door(actor: Member, community: Community, number: int | None) -> Membership | None:
    """What nearly everyone does, in few statements: someone never seen here walks in where it is open, the charter in
    force read. None when anything is otherwise, and nothing is written then."""
    charters = CharterVersion.objects.filter(community=community).select_related("community", "evidence")
    last = charters.order_by("-number").first()
    if last is None or last.community.visibility != Visibility.OPEN or number not in {None, last.number}:
        return None
    allow(is_present, actor)
    now = clock.now()
    values = [community.pk, actor.pk, Role.MEMBER, State.ACTIVE, last.pk, now, now]
    for row in Membership.objects.raw(ENTERED_AT_ONCE, values):
        row.community, row.member, row.charter = last.community, actor, last
        return _welcomed(row, last)
    return None


# The update changes nothing: it holds the row that is there, in the same statement.
MADE_OR_HELD = """
INSERT INTO communities_membership (community_id, member_id, role, state, asked_at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (community_id, member_id) DO UPDATE SET member_id = EXCLUDED.member_id
RETURNING *
"""


def _made_or_held(member: Member, community: Community) -> Membership:
    """The member's row, locked; made when there is none, as that of someone outside."""
    values = [community.pk, member.pk, Role.MEMBER, State.LEFT, clock.now()]
    return Membership.objects.raw(MADE_OR_HELD, values)[0]


def _charter_read(community: Community, number: int | None) -> CharterVersion:
    last = queries.current_charter(community)
    if last is None:
        raise NoCharter()
    if number is not None and number != last.number:
        raise CharterOutOfDate()
    return last


ENTERED = ("state", "charter", "joined_at", "left_at")


def _let_in(row: Membership, version: CharterVersion | None) -> None:
    row.state, row.charter, row.joined_at, row.left_at = State.ACTIVE, version, clock.now(), None
    row.save(update_fields=ENTERED if row.pk else None)


def _record(act: object, community: Community, **context: object) -> None:
    """What happens behind a closed door is not told outside."""
    context.setdefault("object", community)
    if community.visibility in queries.CLOSED:
        context["public"] = False
    stream.record(act, community=community, **context)
