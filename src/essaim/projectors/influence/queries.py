"""What the pages read. Runs are stored: nothing here calculates, and nobody who said no is named."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.urls import NoReverseMatch, reverse

from essaim.activity.models import Activity
from essaim.activity.telling import Told, tell_all
from essaim.listening.law.aggregates import FEWEST
from essaim.listening.models import Claim, Mention, Voice
from essaim.people.models import HouseRole, Member
from essaim.people.queries import present_members
from essaim.projectors.influence import wording
from essaim.projectors.influence.domain import wilson
from essaim.projectors.influence.models import Circle, Consenting, Figures, Plan, Run, Seat, Seed, Tie

ORDERS = ("advocacy", "reach", "spread")
ON_MAP = 2_000
TIES_ON_MAP = 6_000


def latest_run() -> Run | None:
    return Run.objects.filter(state=Run.State.DONE).first()


def run_under_way() -> Run | None:
    """A run asked for after the latest that is done, or one that failed since."""
    newest = Run.objects.first()
    return newest if newest is not None and newest.state != Run.State.DONE else None


# --- people


@dataclass(frozen=True)
class Face:
    """A node as it is shown: a member by his name, a voice by its pseudonym."""

    node: int
    name: str
    url: str
    member: Member | None = None
    voice: Voice | None = None
    staff: bool = False

    @property
    def is_member(self) -> bool:
        return self.member is not None


def faces(nodes: Iterable[int]) -> dict[int, Face]:
    """In two queries or three. Members who do not consent, and voices that are gone, have none."""
    wanted = set(nodes)
    found: dict[int, Face] = {}
    if members := [node for node in wanted if node > 0]:
        consenting = Consenting.objects.filter(member__in=members).values("member")
        staff = set(HouseRole.objects.filter(member__in=members).values_list("member", flat=True))
        for one in present_members().filter(pk__in=consenting):
            url = reverse("influence:member", args=[one.pk])
            found[one.pk] = Face(one.pk, str(one), url, member=one, staff=one.pk in staff)
    if voices := [-node for node in wanted if node < 0]:
        for voice in Voice.objects.filter(pk__in=voices):
            found[-voice.pk] = Face(
                -voice.pk, voice.pseudonym, reverse("influence:voice", args=[voice.pk]), voice=voice
            )
    return found


@dataclass(frozen=True)
class Leader:
    """One line of the page of leaders."""

    face: Face
    figures: Figures
    roles: list[dict[str, Any]]
    favour: dict[str, Any]
    why: str


def leaders(run: Run, *, members: bool, role: str = "", by: str = "") -> QuerySet[Figures]:
    """The run's people in order: by how many people took up their word, members by another figure if asked."""
    rows = run.people.filter(node__gt=0) if members else run.people.filter(node__lt=0)
    if role:
        rows = rows.filter(roles__contains=[{"role": role}])
    order = by if members and by in ORDERS else "heard"
    return rows.order_by(f"-{order}", "-carried", "node")


def shown(rows: Sequence[Figures]) -> list[Leader]:
    known = faces(row.node for row in rows)
    return [
        Leader(
            known[row.node],
            row,
            told_roles(row),
            told_favour(row.favour),
            wording.why(row.parts, row.topics, row.heard),
        )
        for row in rows
        if row.node in known
    ]


def _why(row: Figures) -> str:
    return wording.why(row.parts, row.topics, row.heard)


def told_roles(row: Figures) -> list[dict[str, Any]]:
    return [
        {
            "name": wording.ROLES[one["role"]],
            "badge": wording.BADGES.get(one["role"], ""),
            "reason": wording.reason(one),
        }
        for one in row.roles
    ]


def told_favour(favour: Mapping[str, Any]) -> dict[str, Any]:
    """The share of favourable posts among those that take sides, with its interval; empty when none does."""
    sides = favour.get("positive", 0) + favour.get("negative", 0)
    if not sides:
        return {}
    low, high = wilson(favour["positive"], sides)
    return {"share": favour["positive"] / sides, "low": low, "high": high, "sides": sides, **favour}


def roles_counted(run: Run, *, members: bool) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT one ->> 'role', count(*) FROM influence_figures, jsonb_array_elements(roles) AS one"
            " WHERE run_id = %s AND (node > 0) = %s GROUP BY 1",
            [run.pk, members],
        )
        return dict.fromkeys(wording.ROLES, 0) | dict(cursor.fetchall())


def told_parts(row: Figures) -> list[dict[str, Any]]:
    return [{**part, "label": wording.PARTS[part["name"]], "told": wording.part_seen(part)} for part in row.parts]


def posts(ids: Sequence[int]) -> list[dict[str, Any]]:
    """The mentions behind, in the order given, each with the page where it is answered if there is one."""
    rows = {one.pk: one for one in Mention.objects.filter(pk__in=ids, gone_at=None)}
    return [{"mention": rows[pk], "desk": answer_address(pk)} for pk in ids if pk in rows]


def answer_address(mention_id: int) -> str:
    try:
        return reverse("listening_desk:mention", args=[mention_id])
    except NoReverseMatch:
        return ""


def acts_of(member: Member, reader: Member) -> list[Told]:
    """The newest acts behind a member's score, told to the reader: to the team only what is public."""
    since = Consenting.objects.filter(member=member).values("since")[:1]
    rows = Activity.objects.filter(actor=member, weight__gt=0, at__gte=since, erased_at=None)
    if member != reader:
        rows = rows.filter(public=True)
    newest = rows.select_related("actor", "target", "community").order_by("-id")[:5]
    return list(tell_all(list(newest), reader))


# --- circles


@dataclass(frozen=True)
class Shown:
    """A circle of five people or more, as the team sees it."""

    circle: Circle
    hosts: list[Face]
    mood: dict[str, Any]

    @property
    def title(self) -> str:
        return wording.circle_title(self.circle.topics, [str(face.name) for face in self.hosts], self.circle.name)


def circles(run: Run) -> tuple[list[Shown], int]:
    """The circles that may be shown, and how many are too small to be."""
    large = run.circles.filter(size__gte=FEWEST)[:500]
    return shown_circles(large), run.circles.filter(size__lt=FEWEST).count()


def shown_circles(rows: Iterable[Circle]) -> list[Shown]:
    rows = list(rows)
    seats: dict[int, list[int]] = {}
    for circle, node in Seat.objects.filter(circle__in=rows, rank__lte=3).values_list("circle_id", "node"):
        seats.setdefault(circle, []).append(node)
    known = faces(node for nodes in seats.values() for node in nodes)
    return [
        Shown(one, [known[node] for node in seats.get(one.pk, ()) if node in known], told_favour(one.mood))
        for one in rows
    ]


def circles_around(run: Run, node: int) -> list[Shown]:
    return shown_circles(run.circles.filter(seats__node=node, size__gte=FEWEST))


def people_of(circle: Circle) -> list[dict[str, Any]]:
    seats = list(circle.seats.all()[:300])
    known = faces(seat.node for seat in seats)
    others = Circle.objects.filter(run=circle.run_id, size__gte=FEWEST).exclude(pk=circle.pk)
    pairs = list(Seat.objects.filter(circle__in=others, node__in=known).values_list("node", "circle_id"))
    told = {one.circle.pk: one for one in shown_circles(others.filter(pk__in={pk for _, pk in pairs}))}
    also: dict[int, list[Shown]] = {}
    for node, pk in sorted(pairs):
        also.setdefault(node, []).append(told[pk])
    return [
        {"face": known[seat.node], "ties": seat.ties, "also": also.get(seat.node, ())}
        for seat in seats
        if seat.node in known
    ]


def map_of(run: Run) -> dict[str, Any]:
    """People of circles of five and more, those most heard first, and the ties between them that anyone could see:
    what two members did in private (a secret vote) counts in the calculation and is drawn for nobody."""
    large = Seat.objects.filter(circle__run=run, circle__size__gte=FEWEST)
    seated = run.people.filter(Exists(large.filter(node=OuterRef("node"))))
    rows = {row.node: row for row in seated.order_by("-heard", "node")[:ON_MAP]}
    circle_of: dict[int, int] = {}
    seats = large.filter(node__in=rows).order_by("-circle__size", "circle__name")
    for node, name in seats.values_list("node", "circle__name"):
        circle_of.setdefault(node, name)
    known = faces(rows)
    nodes = [
        {"id": node, "label": face.name, "url": face.url, "x": rows[node].x, "y": rows[node].y,
         "heard": rows[node].heard, "circle": circle_of[node]}
        for node, face in known.items()
    ]  # fmt: skip
    ties = Tie.objects.filter(source__in=known, target__in=known).values_list("source", "target")
    pairs = ties.annotate(sum=Sum("count")).order_by("-sum", "source", "target")[:TIES_ON_MAP]
    seen = _in_public({node for node in known if node > 0})
    edges = [[one, two] for one, two, _ in pairs if min(one, two) < 0 or (one, two) in seen]
    return {"circles": _labels(run, set(circle_of.values())), "nodes": nodes, "edges": edges}


def _labels(run: Run, names: Collection[int]) -> list[dict[str, Any]]:
    return [
        {"name": one.circle.name, "title": one.title, "url": reverse("influence:circle", args=[one.circle.name])}
        for one in shown_circles(run.circles.filter(name__in=names))
    ]


def _in_public(members: Collection[int]) -> set[tuple[int, int]]:
    """Who of these turned to whom of them where everybody could see it."""
    open_acts = Activity.objects.filter(public=True, weight__gt=0, actor__in=members, target__in=members)
    return set(open_acts.values_list("actor_id", "target_id").distinct())


# --- whom to invite


def latest_plan() -> Plan | None:
    return Plan.objects.select_related("asked_by").first()


def seeds(plan: Plan) -> list[dict[str, Any]]:
    rows = list(Seed.objects.filter(plan=plan))
    known = faces(row.node for row in rows)
    newest = _newest_mentions([-row.node for row in rows if row.node < 0])
    run = latest_run()
    seen = {row.node: row for row in run.people.filter(node__in=list(known))} if run is not None else {}
    return [
        {"seed": row, "face": known[row.node], "answer": newest.get(-row.node), **_told_of(seen.get(row.node))}
        for row in rows
        if row.node in known
    ]


def _told_of(row: Figures | None) -> dict[str, Any]:
    """What the latest run saw of somebody."""
    return {"roles": told_roles(row), "why": _why(row)} if row is not None else {}


def _newest_mentions(voices: Sequence[int]) -> dict[int, dict[str, str]]:
    """Where the newest post of each voice is answered."""
    newest = Mention.objects.filter(voice__in=voices, gone_at=None).order_by("voice", "-published_at", "-id")
    rows = newest.distinct("voice").values_list("voice_id", "id", "url")
    return {voice: {"desk": answer_address(pk), "url": url} for voice, pk, url in rows}


# --- a member's own


def consents(member: Member) -> bool:
    return Consenting.objects.filter(member=member).exists()


def own_figures(member: Member) -> Figures | None:
    run = latest_run()
    return run.people.filter(node=member.pk).first() if run is not None else None


def own_circles(member: Member) -> list[dict[str, Any]]:
    """The circles of the latest run the member is in; of the others there only those he turned to are named."""
    run = latest_run()
    if run is None:
        return []
    mine = list(Circle.objects.filter(run=run, seats__node=member.pk))
    friends = _turned_to(member)
    seats = Seat.objects.filter(circle__in=mine, node__in=friends).values_list("circle_id", "node")
    known = faces(friends)
    return [
        {
            "circle": circle,
            "title": wording.circle_title(circle.topics, (), circle.name),
            "friends": [known[node] for pk, node in seats if pk == circle.pk and node in known],
            "others": circle.size - 1,
        }
        for circle in mine
    ]


def _turned_to(member: Member) -> set[int]:
    """Whom he answered, voted for or called himself. Who did so towards him may have voted in secret: not told."""
    own = [member.pk, *(-pk for pk in _claimed(member))]
    return set(Tie.objects.filter(source__in=own).values_list("target", flat=True)) - set(own)


def _claimed(member: Member) -> list[int]:
    claims = Claim.objects.filter(member=member, proved_at__isnull=False, ended_at=None)
    return list(claims.values_list("voice_id", flat=True))
