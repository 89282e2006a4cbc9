"""Ties out of PostgreSQL into arrays, faded, each voice being who showed it to be his."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from essaim.listening.models import Claim
from essaim.projectors.influence import domain
from essaim.projectors.influence.columns import Columns, read
from essaim.projectors.influence.models import Consenting

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

FADED_TO_NOTHING = 24
"""Half-lives after which a tie is left out: it weighs less than a ten-millionth of what it did."""

# The word goes from the one who told to the one who heard.
TIES = """
SELECT CASE WHEN told THEN source ELSE target END, CASE WHEN told THEN target ELSE source END, weight, count, month
FROM influence_tie WHERE month >= {oldest}
"""
COLUMNS = {"teller": ">i8", "hearer": ">i8", "weight": ">i8", "count": ">i4", "month": ">i2"}


def columns(now: datetime, half_life_days: float) -> Columns:
    """All ties, the voices of consenting members already being them."""
    import numpy as np

    oldest = domain.month_of(now) - int(FADED_TO_NOTHING * half_life_days / 30) - 1
    found = read(TIES.format(oldest=oldest), COLUMNS)
    latest = int(found["month"].max(initial=0))
    fading = np.zeros(latest + 1)
    fading[oldest:] = [domain.faded(1, month, now, half_life_days) for month in range(oldest, latest + 1)]
    weights = found["weight"] * fading[found["month"]]
    return _with_owners(Columns(found["teller"], found["hearer"], weights, found["count"], found["month"]))


def _with_owners(given: Columns) -> Columns:
    """A voice its owner claimed is him, if he is in the map; otherwise it is nobody."""
    import numpy as np

    claims = Claim.objects.filter(proved_at__isnull=False, ended_at=None).values_list("voice_id", "member_id")
    here = set(
        Consenting.objects.filter(member__in=[member for _, member in claims]).values_list("member", flat=True)
    )
    if not claims:
        return given
    owned = sorted((-voice, member if member in here else 0) for voice, member in claims)
    nodes = np.array([node for node, _ in owned], np.int64)
    owners = np.array([owner for _, owner in owned], np.int64)
    tellers, hearers = (_replaced(column, nodes, owners) for column in (given.tellers, given.hearers))
    kept = (tellers != 0) & (hearers != 0) & (tellers != hearers)
    return Columns(tellers[kept], hearers[kept], given.weights[kept], given.counts[kept], given.months[kept])


def _replaced(column: Array, nodes: Array, owners: Array) -> Array:
    import numpy as np

    places = np.minimum(np.searchsorted(nodes, column), nodes.size - 1)
    return np.where(nodes[places] == column, owners[places], column)
