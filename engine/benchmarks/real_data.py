"""What the engine finds in real networks: writes docs/real-data.md and its pictures.

`python -m benchmarks.real_data` from this folder; the data is looked for in ESSAIM_SAMPLE_DATA. Only sums and means
leave it: no name, no handle, no row.
"""

from __future__ import annotations

import os
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waggledance import (
    ActionLog,
    Circles,
    Graph,
    Partition,
    circles,
    credit_distribution,
    effective_number,
    forecast,
    gini,
    learn_em,
    maximize,
    models,
    partial_credit,
    partition,
    simulate,
)
from waggledance._parents import possible_parents
from waggledance.forecasting import beginners
from waggledance.planted import best_match_f1

from .drawing import Line, picture

ENGINE = Path(__file__).resolve().parents[1]
PAGE, PICTURES = ENGINE / "docs" / "real-data.md", ENGINE / "docs" / "pictures"
DAY = 86_400.0
HEADS = ("forecast", "mean", "bias", "MAE", "median \\|ln ratio\\|", "Spearman")
HIDDEN_HEADS = (
    *("network", "circle: hidden tie", "friend of a friend", "anybody", "ratio"),
    *("community: hidden tie", "friend of a friend", "anybody", "ratio"),
)
SEED_HEADS = (
    *("network", "k", "ε 0.1", "ε 0.02", "best connected", "random", "proven", "proven, ε 0.02"),
    *("CPU s", "CPU s, ε 0.02"),
)


@dataclass(frozen=True)
class Network:
    """A real graph, and what is known of its members: a class each, or None."""

    name: str
    ties: NDArray[np.int64]
    classes: NDArray[Any] | None
    about: str

    @property
    def graph(self) -> Graph:
        """Every tie in both directions."""
        return self.graph_of(self.ties)

    def graph_of(self, ties: NDArray[np.int64]) -> Graph:
        """The graph of some of the ties, with all the members."""
        return Graph.from_edges(ties[:, 0], ties[:, 1], n=int(self.ties.max()) + 1, undirected=True)


def data_folder() -> Path:
    """Where the data is."""
    given = os.environ.get("ESSAIM_SAMPLE_DATA", ENGINE.parents[1] / "shared" / "data")
    return Path(given) / "open"


def networks(folder: Path) -> Iterator[Network]:
    """The graphs, one after the other."""
    yield _football(folder / "nx_football" / "football.zip")
    lastfm = folder / "karateclub_social" / "lastfm"
    yield Network("LastFM", _ties(lastfm / "edges.csv"), _column(lastfm / "target.csv", 1), "country")
    musae = folder / "musae"
    yield Network("Twitch, English", _ties(musae / "edges" / "ENGB_edges.csv"), None, "")
    yield Network("Twitch, French", _ties(musae / "edges" / "FR_edges.csv"), None, "")
    pages = _column(musae / "target" / "facebook_target.csv", -1)
    yield Network("Facebook pages", _ties(musae / "edges" / "facebook_edges.csv"), pages, "kind of page")


def _ties(path: Path) -> NDArray[np.int64]:
    return np.loadtxt(path, delimiter=",", skiprows=1, dtype=np.int64)


def _column(path: Path, position: int) -> NDArray[Any]:
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return np.array([line.rsplit(",", 1)[1] if position < 0 else line.split(",")[position] for line in lines])


def _football(path: Path) -> Network:
    text = zipfile.ZipFile(path).read("football.gml").decode("latin-1")
    classes = np.array(re.findall(r"value (\d+)", text)[:115])
    ends = re.findall(r"source (\d+)\s+target (\d+)", text)
    return Network("Football", np.array(ends, np.int64), classes, "conference")


def cpu(task: Callable[[], Any]) -> tuple[Any, float]:
    """The answer and the CPU seconds it took, compiled code being ready."""
    task()
    started = time.process_time()
    return task(), time.process_time() - started


# Circles


def circles_row(network: Network) -> tuple[str, Circles]:
    """A row of the table of circles."""
    graph = network.graph
    found, seconds = cpu(lambda: circles(graph))
    inside = np.unique(found.members).size
    whole = partition(graph, threads=1)
    cells = (
        network.name,
        f"{graph.n:,}",
        f"{graph.m // 2:,}",
        f"{len(found):,}",
        f"{inside / graph.n:.0%}",
        f"{found.members.size / inside:.2f}",
        f"{np.median(found.sizes):.0f}",
        f"{found.sizes.max():,}",
        f"{found.cohesion.mean():.2f}",
        f"{seconds:.2f}",
        f"{len(whole):,}",
        f"{whole.modularity:.2f}",
    )
    return _row(cells), found


def hidden_row(network: Network, rng_seed: int = 1) -> str:
    """A tenth of the ties hidden: how often both ends are in one circle or community, beside pairs without a tie."""
    random = np.random.default_rng(rng_seed)
    shown = random.random(len(network.ties)) >= 0.1
    graph = network.graph_of(network.ties[shown])
    found = circles(graph)
    hidden = network.ties[~shown][:5000]
    anybody = random.integers(0, graph.n, (5000, 2))
    near = _two_steps(graph, network, random)
    shares = [_share_together(found, pairs) for pairs in (hidden, near, anybody)]
    labels = partition(graph, threads=1).labels
    alike = [float(np.mean(labels[pairs[:, 0]] == labels[pairs[:, 1]])) for pairs in (hidden, near, anybody)]
    cells = [f"{share:.1%}" for share in (*shares, *alike)]
    return _row((network.name, *cells[:3], _gain(shares), *cells[3:], _gain(alike)))


def _gain(shares: list[float]) -> str:
    return f"{shares[0] / shares[1]:.1f}" if shares[1] else "—"


def _two_steps(graph: Graph, network: Network, random: np.random.Generator) -> NDArray[np.int64]:
    """Pairs who share a friend and have no tie, hidden ones included."""
    offsets, friends = graph.in_offsets.astype(np.int64), graph.in_neighbours
    tied = {(min(pair), max(pair)) for pair in network.ties.tolist()}
    found: list[tuple[int, int]] = []
    while len(found) < 5000:
        arcs = random.integers(0, graph.m, 5000)
        middle = friends[arcs].astype(np.int64)
        spot = offsets[middle] + (random.random(5000) * (offsets[middle + 1] - offsets[middle])).astype(np.int64)
        for one, other in zip(graph.in_targets[arcs].tolist(), friends[spot].tolist(), strict=True):
            if one != other and (min(one, other), max(one, other)) not in tied:
                found.append((one, other))
    return np.array(found[:5000])


def _share_together(found: Circles, pairs: NDArray[np.int64]) -> float:
    together = [
        np.intersect1d(found.numbers_of(one), found.numbers_of(other)).size > 0 for one, other in pairs.tolist()
    ]
    return float(np.mean(together))


def known_row(network: Network, found: Circles) -> str:
    """How alike the members of a circle are, beside what chance would make them."""
    assert network.classes is not None
    _, classes = np.unique(network.classes, return_inverse=True)
    counts = np.bincount(classes)
    chance = float((counts * (counts - 1)).sum() / (classes.size * (classes.size - 1)))
    tied = float(np.mean(classes[network.ties[:, 0]] == classes[network.ties[:, 1]]))
    whole = partition(found.graph, threads=1)
    shares = (_alike(found, classes), _alike(whole, classes), tied, chance)
    return _row((network.name, network.about, str(counts.size), *(f"{share:.0%}" for share in shares)))


def _alike(found: Circles | Partition, classes: NDArray[np.integer]) -> float:
    """How often somebody else of the same circle is of the same class; a circle counts by members, not by pairs."""
    same = total = 0.0
    for begin, end in pairwise(found.offsets.tolist()):
        inside = np.bincount(classes[found.members[begin:end]])
        size = end - begin
        if size > 1:
            same += float((inside * (inside - 1)).sum()) / (size - 1)
            total += size
    return same / total


def football_f1(network: Network, found: Circles) -> tuple[float, float]:
    """Best-match F1 with the conferences, of circles and of communities."""
    assert network.classes is not None
    _, classes = np.unique(network.classes, return_inverse=True)
    offsets = np.concatenate([[0], np.cumsum(np.bincount(classes))])
    truth = offsets, np.argsort(classes, kind="stable").astype(np.uint32)
    whole = partition(found.graph, threads=1)
    return tuple(  # type: ignore[return-value]
        best_match_f1((one.offsets, one.members), truth, found.graph.n) for one in (found, whole)
    )


# Seeds


def seeds_row(network: Network, k: int) -> str:
    """Spread of the seeds chosen, beside the best connected and random ones, all simulated alike."""
    graph, model = network.graph, models.WeightedCascade()
    chosen, seconds = cpu(lambda: maximize(graph, k, model, threads=1))
    finer, longer = cpu(lambda: maximize(graph, k, model, eps=0.02, threads=1))
    best_connected = np.argsort(-graph.out_degrees.astype(np.int64), kind="stable")[:k]
    random = np.random.default_rng(1).choice(graph.n, k, replace=False)
    spread = [simulate(graph, ids, model, 2000).mean for ids in (chosen.ids, finer.ids, best_connected, random)]
    ratios = (f"{chosen.ratio:.2f}", f"{finer.ratio:.2f}")
    times = (f"{seconds:.3f}", f"{longer:.3f}")
    return _row((network.name, str(k), *(f"{one:,.0f}" for one in spread), *ratios, *times))


def seeds_lines(networks: list[Network]) -> list[Line]:
    """Share of the members reached by 1 to 100 seeds, chosen and best connected (hubs)."""
    lines, model = [], models.WeightedCascade()
    for network in networks:
        graph = network.graph
        ranked = np.argsort(-graph.out_degrees.astype(np.int64), kind="stable")
        chosen = maximize(graph, 100, model, threads=1).ids
        for name, order in ((network.name, chosen), (f"{network.name}, hubs", ranked)):
            sizes = (1, 2, 5, 10, 20, 50, 100)
            reached = [simulate(graph, order[:k], model, 500).mean / graph.n for k in sizes]
            lines.append(Line(name, list(zip(map(float, sizes), reached, strict=True))))
    return lines


# Learning


def cascade_rows(path: Path, first: int) -> Iterator[tuple[int, int, float]]:
    """Rows (cascade, node, seconds) of a file of cascades; the first of each begins at 0."""
    for number, line in enumerate(path.read_text().splitlines()):
        fields = line.split()
        if fields:
            yield first + number, int(fields[0]), 0.0
        for node, seconds in zip(fields[1::2], fields[2::2], strict=True):
            yield first + number, int(node), float(seconds)


def learning(folder: Path) -> tuple[str, str]:
    """The section on learning, and its picture."""
    source = folder / "infvae_cascades" / "christianity"
    arcs = np.loadtxt(source / "graph.txt", skiprows=1, dtype=np.int64)
    n = int((source / "graph.txt").read_text().split(maxsplit=1)[0])
    rows = [list(cascade_rows(source / f"{part}.txt", 10_000 * at)) for at, part in enumerate(("train", "test"))]
    graphs = [Graph.from_edges(arcs[:, a], arcs[:, 1 - a], n=n) for a in (0, 1)]
    shares = [_explained(ActionLog.from_rows(graph, *zip(*rows[0], strict=True))) for graph in graphs]
    graph = graphs[int(np.argmax(shares))]
    train, test = (ActionLog.from_rows(graph, *zip(*part, strict=True)) for part in rows)
    told = [
        f"{graph.n:,} members, {graph.m:,} arcs; {len(train)} cascades to learn from ({train.sizes.mean():.1f} "
        f"members on average), {len(test)} to forecast ({test.sizes.mean():.1f}). Of two directions that arcs may "
        f"mean, the one is taken in which more of the earlier actions have an in-neighbour who acted before: "
        f"{max(shares):.0%} against {min(shares):.0%}.",
        "",
    ]
    lines: list[Line] = []
    for title, legend, who, window in (
        ("everybody known who joins untold, no window", "untold known", "unreached", np.inf),
        ("everybody known who joins untold, told within 90 days", "untold, 90 days", "unreached", 90 * DAY),
        ("only the first member known, no window", "first known", "first", np.inf),
    ):
        text, deciles = _compared(train, test, who, window)
        told += [f"**{title[0].upper()}{title[1:]}.**", "", text, ""]
        lines.append(Line(legend, deciles))
    largest = max(max(max(point) for point in line.points) for line in lines)
    lines.append(Line("forecast = measured", [(1, 1), (largest, largest)]))
    shown = picture("Forecast and measured size, by tenths", ("forecast", "measured"), lines, log=True)
    told.append(_concentration(train))
    return "\n".join(told), shown


def _explained(log: ActionLog) -> float:
    """Share of the actions, first ones left out, that somebody in the graph may have caused."""
    return float((np.diff(possible_parents(log).offsets) > 0).sum() / (log.nodes.size - len(log)))


def _compared(train: ActionLog, test: ActionLog, who: str, window: float) -> tuple[str, list[tuple[float, float]]]:
    names = [train.graph.name_of(seeds) for seeds in beginners(test, who, window)]
    learnt, shared = learn_em(train, window=window), partial_credit(train, window=window)
    credit = credit_distribution(train, window=window)
    setting: dict[str, Any] = {"who": who, "window": window, "runs": 400}
    cascade = forecast(test, train.graph, model=models.WeightedCascade(), **setting)
    others = {
        "partial credit": forecast(test, shared.weighted, **setting).predicted,
        "credit distribution": [credit.spread(seeds) for seeds in names],
        "1 / in-degree, nothing learnt": cascade.predicted,
    }
    found = forecast(test, learnt.weighted, **setting).compare(float(train.sizes.mean()), others)
    lines = [
        _row(
            (
                "EM" if one.name == "forecast" else one.name,
                f"{one.mean:.1f}",
                f"{one.bias:+.1f}",
                f"{one.mae:.1f}",
                f"{one.log_ratio:.2f}",
                "" if np.isnan(one.spearman) else f"{one.spearman:.2f}",
            )
        )
        for one in found.scores
    ]
    note = f"\nMeasured mean {found.measured:.1f}; {found.coverage:.0%} of the cascades inside EM's 90 % interval."
    return _table(HEADS, lines) + f"\n{note}", [(one.predicted, one.measured) for one in found.deciles]


def _concentration(train: ActionLog) -> str:
    learnt = learn_em(train)
    held = np.bincount(train.graph.in_neighbours, weights=learnt.successes, minlength=train.graph.n)
    return (
        f"Influence, counted as actions that EM expects each member to have caused: {np.count_nonzero(held > 0.5):,} "
        f"members caused half an action or more, their effective number is {effective_number(held):,.0f}, and the "
        f"Gini coefficient over all {train.graph.n:,} members is {gini(held):.2f}."
    )


# The page


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"


def _table(heads: tuple[str, ...], rows: list[str]) -> str:
    return "\n".join([_row(heads), _row(("---",) + ("---:",) * (len(heads) - 1)), *rows])


def size_lines(found: dict[str, Circles]) -> list[Line]:
    """Share of the circles that have at least so many members."""
    lines = []
    for name, one in found.items():
        sizes, counts = np.unique(one.sizes, return_counts=True)
        above = np.cumsum(counts[::-1])[::-1] / counts.sum()
        lines.append(Line(name, list(zip(sizes.tolist(), above.tolist(), strict=True))))
    return lines


def main() -> None:
    """Measure and write."""
    folder = data_folder()
    every = list(networks(folder))
    rows, found = [], {}
    for network in every:
        row, found[network.name] = circles_row(network)
        rows.append(row)
    PICTURES.mkdir(parents=True, exist_ok=True)
    sizes = picture("Circles with at least so many members", ("members", "share"), size_lines(found), log=True)
    (PICTURES / "circle-sizes.svg").write_text(sizes)
    some = [one for one in every if one.name in ("LastFM", "Facebook pages")]
    reach = picture("Members reached by so many seeds", ("seeds", "share"), seeds_lines(some), log=True)
    (PICTURES / "seeds-reach.svg").write_text(reach)
    learnt, deciles = learning(folder)
    (PICTURES / "forecast-deciles.svg").write_text(deciles)
    by_circles, by_communities = football_f1(every[0], found["Football"])
    heads = ("network", "members", "ties", "circles", "in one", "each", "median", "largest", "cohesion", "CPU s")
    text = (
        (ENGINE / "benchmarks" / "real-data.md.in")
        .read_text()
        .format(
            circles=_table((*heads, "communities", "modularity"), rows),
            hidden=_table(
                HIDDEN_HEADS,
                [hidden_row(one) for one in every],
            ),
            known=_table(
                ("network", "class", "classes", "in a circle", "in a community", "across a tie", "by chance"),
                [known_row(one, found[one.name]) for one in every if one.classes is not None],
            ),
            football_circles=f"{by_circles:.2f}",
            football_communities=f"{by_communities:.2f}",
            seeds=_table(
                SEED_HEADS,
                [seeds_row(one, 5 if one.name == "Football" else 50) for one in every],
            ),
            learning=learnt,
        )
    )
    PAGE.write_text(text)


if __name__ == "__main__":
    main()
