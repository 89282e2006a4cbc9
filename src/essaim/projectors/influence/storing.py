"""What a run found, kept: whole columns at a time, and nobody who left while it was calculated."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from essaim.listening.models import Claim, Voice
from essaim.people.models import Member
from essaim.projectors.influence import columns, domain, drawing, evidence
from essaim.projectors.influence.models import Consenting, Figures, Run
from essaim.standing.actions import conclude_all, concluded

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from essaim.projectors.influence.engine import Before, Found, Rings

    Array = NDArray[Any]

MOST_VOICES = 5_000
MANY = 10_000
RUNS_KEPT = 2
"""Runs whose figures about people are kept; of older ones only what they say of the whole."""
SEATS = {"circle_id": ">i8", "node": ">i8", "ties": ">i4", "rank": ">i4"}
PRESENT = """
SELECT y.member_id FROM influence_consenting y JOIN people_member m ON m.id = y.member_id AND m.is_active
WHERE y.since <= {as_of}
UNION ALL
SELECT -v.id FROM listening_voice v WHERE NOT EXISTS (
    SELECT FROM listening_claim k WHERE k.voice_id = v.id AND k.proved_at IS NOT NULL AND k.ended_at IS NULL
      AND NOT EXISTS (SELECT FROM influence_consenting g WHERE g.member_id = k.member_id))
"""
"""Members who said yes and did not take it back since the ties were read, and voices whose owner did not say no."""


def present(nodes: Array, as_of: datetime) -> Array:
    """Which of these nodes may still be told of: a yes or no for each."""
    import numpy as np

    found = columns.read(PRESENT.format(as_of="%s"), {"node": ">i8"}, as_of)
    return np.isin(nodes, found["node"])


def before(run: Run) -> Before:
    """The circles of the run before, and the names given so far."""
    from essaim.projectors.influence.engine import FIRST_NAME, Before

    last = Run.objects.filter(state=Run.State.DONE, pk__lt=run.pk, circles__isnull=False).first()
    named = Run.objects.filter(state=Run.State.DONE, pk__lt=run.pk, figures__has_key="naming").first()
    seats = columns.read(
        "SELECT c.name::bigint, s.node FROM influence_seat s JOIN influence_circle c ON c.id = s.circle_id"
        " WHERE c.run_id = %s",
        {"name": ">i8", "node": ">i8"},
        last.pk if last else 0,
    )
    return Before(seats["name"], seats["node"], named.figures["naming"]["next"] if named else FIRST_NAME)


@transaction.atomic
def store(run: Run, found: Found) -> None:
    """All of it or nothing. Only at the end is the map held still, to see who left meanwhile."""
    assert run.as_of is not None
    _clear([run.pk])
    here = present(found.ids, run.as_of)
    run.figures |= {"naming": found.naming, "modularity": found.modularity}
    _store_circles(run, found.circles, found.ids[here])
    evidence.describe_circles(run.pk)
    rows = _figures_of_all(run, found, here)
    _store_figures(rows)
    drawing.one_at_a_time()
    left = _left_meanwhile(run)
    drawing.forget_nodes(sorted(left))
    _conclude([row for row in rows if row.advocacy is not None and row.node not in left], run.as_of)


def _left_meanwhile(run: Run) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "(SELECT s.node FROM influence_seat s JOIN influence_circle c ON c.id = s.circle_id WHERE c.run_id = %s"
            f" UNION SELECT node FROM influence_figures WHERE run_id = %s) EXCEPT ({PRESENT.format(as_of='%s')})",
            [run.pk, run.pk, run.as_of],
        )
        return {node for (node,) in cursor.fetchall()}


@transaction.atomic
def forget_older(run: Run) -> None:
    drawing.one_at_a_time()
    done = Run.objects.filter(state=Run.State.DONE, pk__lte=run.pk).values_list("pk", flat=True)
    _clear(list(done[RUNS_KEPT : RUNS_KEPT + 50]))


def _clear(runs: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM influence_seat s USING influence_circle c WHERE c.id = s.circle_id AND c.run_id = ANY(%s)",
            [list(runs)],
        )
        cursor.execute("DELETE FROM influence_circle WHERE run_id = ANY(%s)", [list(runs)])
        cursor.execute("DELETE FROM influence_figures WHERE run_id = ANY(%s)", [list(runs)])


# --- circles


def _store_circles(run: Run, rings: Rings, here: Array) -> None:
    import numpy as np

    owners = np.repeat(np.arange(len(rings)), np.diff(rings.offsets))
    kept = np.isin(rings.nodes, here)
    owners, nodes, ties = owners[kept], rings.nodes[kept], rings.ties[kept]
    sizes = np.bincount(owners, minlength=len(rings))
    members = np.bincount(owners[nodes > 0], minlength=len(rings))
    each = (rings.names, sizes, members, rings.cohesion, rings.overlap, rings.x, rings.y)
    _copy(
        "influence_circle",
        ("name", "size", "members", "cohesion", "overlap", "x", "y", "run_id", "topics", "mood"),
        ((*row, run.pk, "[]", "{}") for row in zip(*(one.tolist() for one in each), strict=True)),
    )
    firsts = np.concatenate([[0], np.cumsum(sizes)[:-1]]) if sizes.size else sizes
    columns.write(
        "influence_seat",
        SEATS,
        {
            "circle_id": _numbers_of(run, rings.names)[owners],
            "node": nodes,
            "ties": ties,
            "rank": np.arange(nodes.size) - np.repeat(firsts, sizes) + 1,
        },
    )
    if nodes.size > MANY:
        _count_again()


def _count_again() -> None:
    """PostgreSQL counts what came in before it is asked about it: not knowing, it would look at people one by one."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE influence_circle, influence_seat")


def _numbers_of(run: Run, names: Array) -> Array:
    """The rows of circles just stored, in the order of their names given."""
    import numpy as np

    query = "SELECT name::bigint, id FROM influence_circle WHERE run_id = %s ORDER BY name"
    stored = columns.read(query, {"name": ">i8", "id": ">i8"}, run.pk)
    return stored["id"][np.searchsorted(stored["name"], names)]


def _copy(table: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


# --- people


def _figures_of_all(run: Run, found: Found, here: Array) -> list[Figures]:
    """All members, and the voices that were heard or took sides most."""
    assert run.as_of is not None
    rules, owned = drawing.rules(), _voices_of_members()
    heard = _most_heard(found, here)
    favours = evidence.favours([*(-node for node in heard), *(one for each in owned.values() for one in each)])
    taking = [-voice for voice, one in favours.items() if one.positive + one.negative >= domain.FEW_POSTS]
    places = _places_of(found, here, [*heard, *_most_taking(taking, favours)])
    voices = [-node for node in places if node < 0]
    expertises, deeds = evidence.expertises(voices), evidence.deeds(run.as_of)
    firsts, posts = _first_seen(places), evidence.newest_posts(voices)
    rows = []
    for node, place in places.items():
        row = _figures(run, node, place, found)
        row.first_at = firsts.get(node)
        favour = _together(favours, [-node] if node < 0 else owned.get(node, []))
        _describe(row, favour, expertises.get(node, []), found, place, run.as_of)
        row.posts = _behind(row, favour, expertises.get(node, []), posts.get(-node, []))
        if node > 0:
            _advocate(row, deeds.get(node, evidence.Deeds()), rules)
        rows.append(row)
    return rows


def _voices_of_members() -> dict[int, list[int]]:
    """Of each consenting member, the voices he showed to be his."""
    claims = Claim.objects.filter(
        proved_at__isnull=False, ended_at=None, member__in=Consenting.objects.values("member")
    )
    found: dict[int, list[int]] = {}
    for member, voice in claims.order_by("pk").values_list("member", "voice"):
        found.setdefault(member, []).append(voice)
    return found


def _most_heard(found: Found, here: Array) -> list[int]:
    """The voices whose word most people took up."""
    import numpy as np

    places = np.flatnonzero(here & (found.ids < 0))
    order = np.lexsort((-found.ids[places], -found.heard[places]))[:MOST_VOICES]
    return [int(node) for node in found.ids[places[order]]]


def _most_taking(nodes: list[int], favours: Mapping[int, evidence.Favour]) -> list[int]:
    sides = {node: favours[-node].positive + favours[-node].negative for node in nodes}
    return sorted(nodes, key=lambda node: (-sides[node], -node))[:MOST_VOICES]


def _places_of(found: Found, here: Array, voices: Sequence[int]) -> dict[int, int]:
    """Where the members and these voices stand in what was found, members first."""
    import numpy as np

    wanted = (found.ids > 0) | np.isin(found.ids, np.array(voices, np.int64))
    places = np.flatnonzero(here & wanted)
    return dict(zip(found.ids[places][::-1].tolist(), places[::-1].tolist(), strict=True))


def _first_seen(nodes: Iterable[int]) -> dict[int, datetime]:
    nodes = list(nodes)
    members = Member.objects.filter(pk__in=[node for node in nodes if node > 0]).values_list("pk", "joined_at")
    voices = Voice.objects.filter(pk__in=[-node for node in nodes if node < 0]).values_list("pk", "first_at")
    return dict(members) | {-pk: at for pk, at in voices}


def _figures(run: Run, node: int, place: int, found: Found) -> Figures:
    """What is counted of everybody; what is concluded, of members only."""
    row = Figures(
        run=run,
        node=node,
        heard=int(found.heard[place]),
        carried=int(found.carried[place]),
        x=float(found.x[place]),
        y=float(found.y[place]),
    )
    if node > 0:
        row.reach, row.spread = float(found.reach[place]), float(found.spread[place])
        row.spread_low, row.spread_high = float(found.low[place]), float(found.high[place])
        row.bridging, row.participation = float(found.bridging[place]), float(found.participation[place])
    return row


def _together(favours: Mapping[int, evidence.Favour], voices: Sequence[int]) -> evidence.Favour:
    total = evidence.Favour()
    for voice in voices:
        one = favours.get(voice, evidence.Favour())
        total = evidence.Favour(
            total.positive + one.positive,
            total.negative + one.negative,
            total.n + one.n,
            (total.praise + one.praise)[: evidence.KEPT],
            (total.blame + one.blame)[: evidence.KEPT],
        )
    return total


def _describe(
    row: Figures,
    favour: evidence.Favour,
    known: list[evidence.Expertise],
    found: Found,
    place: int,
    now: datetime,
) -> None:
    best = known[0] if known else evidence.Expertise("", 0, 0)
    if favour.n:
        row.favour = {"positive": favour.positive, "negative": favour.negative, "n": favour.n}
    row.topics = [{"topic": one.topic, "answers": one.answers, "people": one.people} for one in known]
    seen = domain.Seen(
        positive=favour.positive,
        negative=favour.negative,
        n=favour.n,
        topic=best.topic,
        answers=best.answers,
        answerers=best.people,
        participation=float(found.participation[place]),
        ties=int(found.degrees[place]),
        days=(now - row.first_at).total_seconds() / domain.DAY if row.first_at else float("inf"),
        heard=row.heard,
    )
    row.roles = [{"role": str(role), **figures} for role, figures in domain.roles(seen)]


def _behind(row: Figures, favour: evidence.Favour, known: list[evidence.Expertise], newest: list[int]) -> list[int]:
    """The posts that make the roles, then the newest."""
    named = {role["role"] for role in row.roles}
    posts = [
        *(favour.blame if domain.Role.CRITIC in named else ()),
        *(favour.praise if domain.Role.ENTHUSIAST in named else ()),
        *(known[0].posts if domain.Role.EXPERT in named else ()),
        *newest,
    ]
    return list(dict.fromkeys(posts))[: evidence.KEPT]


def _advocate(row: Figures, deeds: evidence.Deeds, rules: domain.Rules) -> None:
    found = domain.advocacy(
        answers=deeds.answers,
        helpful=deeds.helpful,
        love=deeds.love,
        acts=deeds.acts,
        participation=row.participation,
        weights=rules.advocacy,
    )
    row.advocacy = found.value
    row.parts = [
        {"name": part.name, "weight": part.weight, "share": part.share, "points": part.points, "n": part.n,
         "seen": round(part.seen, 2)}
        for part in found.parts
    ]  # fmt: skip


KEPT_AS = [one for one in Figures._meta.concrete_fields if not one.primary_key]


def _store_figures(rows: Iterable[Figures]) -> None:
    written = {one.attname: one.get_internal_type() == "JSONField" for one in KEPT_AS}
    _copy(
        "influence_figures",
        list(written),
        (
            [json.dumps(getattr(row, name)) if packed else getattr(row, name) for name, packed in written.items()]
            for row in rows
        ),
    )


def _conclude(rows: Sequence[Figures], now: datetime) -> None:
    """The score stands with the member's others as well."""
    conclude_all(
        [
            concluded(
                member=Member(pk=row.node),
                kind="advocacy",
                value=round(row.advocacy or 0.0, 6),  # type: ignore[arg-type]
                basis={"parts": row.parts, "run": row.run_id},
                at=now,
            )
            for row in rows
        ]
    )
