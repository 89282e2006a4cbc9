"""Slow, obvious twins of the kernels: plain Python that imports nothing of the package but `Graph`."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from waggledance import Graph

Arc = tuple[int, int]


def arcs_of(graph: Graph) -> dict[Arc, float]:
    """{(source, target): weight} of a graph, weight 1 when it has none."""
    offsets = graph.in_offsets.tolist()
    arcs = {}
    for target in range(graph.n):
        for place in range(offsets[target], offsets[target + 1]):
            weight = 1.0 if graph.in_weights is None else float(graph.in_weights[place])
            arcs[int(graph.in_neighbours[place]), target] = weight
    return arcs


# Building


def merged(rows: list[tuple[int, int, float]], rule: str, undirected: bool) -> dict[Arc, float]:
    """{(source, target): weight} of rows, repeats merged by the rule, loops dropped."""
    both = []
    for source, target, weight in rows:
        both.append((source, target, weight))
        if undirected:
            both.append((target, source, weight))
    arcs: dict[Arc, float] = {}
    for source, target, weight in both:
        if source == target:
            continue
        kept = arcs.get((source, target))
        if kept is None:
            arcs[source, target] = weight
        elif rule == "sum":
            arcs[source, target] = kept + weight
        elif rule == "max":
            arcs[source, target] = max(kept, weight)
    return arcs


# Circles


def friends_of(graph: Graph) -> list[list[int]]:
    """Everybody's friends, in order, whichever way the arcs lead."""
    both: list[set[int]] = [set() for _ in range(graph.n)]
    for source, target in arcs_of(graph):
        both[source].add(target)
        both[target].add(source)
    return [sorted(one) for one in both]


def chance_of_sharing(friends: list[list[int]]) -> float:
    """Friends that two people share by accident, per product of their numbers of friends."""
    total = sum(map(len, friends))
    return sum(len(one) * (len(one) - 1.0) for one in friends) / total**2 if total else 0.0


def known_nearby(friends: list[list[int]], node: int, kappa: float) -> list[int]:
    """People two steps away who share friends with the node by no accident, in the order they are met."""
    met: dict[int, int] = {}
    for friend in friends[node]:
        for person in friends[friend]:
            if person != node and person not in friends[node]:
                met[person] = met.get(person, 0) + 1
    near = []
    for person, shared in met.items():
        expected = kappa * len(friends[node]) * len(friends[person])
        people = float(len(friends))
        for k in range(1, shared + 1):
            people *= expected / k
        if shared >= 2 and shared > expected and people < 1.0:
            near.append(person)
    return near


def ties_around(friends: list[list[int]], mine: list[int], people: list[int]) -> list[list[int]]:
    """Who knows whom around a node, by place among the people: earlier friends first, then in the order of ids."""
    places = {person: i for i, person in enumerate(people)}
    known = []
    for i, person in enumerate(people):
        around = [places[b] for b in friends[person] if b in places and (i < len(mine) or places[b] < len(mine))]
        known.append([j for j in around if j < min(i, len(mine))] + [j for j in around if j >= min(i, len(mine))])
    return known


def triangle_labels(ties: list[list[int]]) -> list[int]:
    """One label per triangle, of triangles taken as they come while nobody is in two."""
    labels = [-1] * len(ties)
    for i in range(len(ties)):
        if labels[i] >= 0:
            continue
        labels[i] = i
        triangles = [(j, k) for j in ties[i] for k in ties[j] if k in ties[i] and labels[j] < 0 and labels[k] < 0]
        for j in triangles[0] if triangles else ():
            labels[j] = i
    return labels


def grouped_friends(friends: list[list[int]], node: int, kappa: float, rounds: int = 8) -> list[list[int]]:
    """A node's friends in groups, by label propagation among them and the people nearby."""
    mine = friends[node]
    ties = ties_around(friends, mine, mine + known_nearby(friends, node, kappa))
    labels = triangle_labels(ties)
    for _ in range(rounds):
        before = labels.copy()
        for i in range(len(ties)):
            around = [labels[j] for j in ties[i]]
            if around:
                labels[i] = min(around, key=lambda label: (-around.count(label), label))
        if labels == before:
            break
    groups: dict[int, list[int]] = {}
    for i, friend in enumerate(mine):
        groups.setdefault(labels[i], []).append(friend)
    return list(groups.values())


def density(friends: list[list[int]], members: list[int]) -> float:
    """Ties among members per pair of them."""
    return sum(b in friends[a] for a in members for b in members) / (len(members) * (len(members) - 1))


def split_circles(
    friends: list[list[int]], smallest: int = 3, roomy: int = 150, rounds: int = 20
) -> list[tuple[list[int], int]]:
    """Members and ties of every circle: a persona per group of friends, label propagation over the personas."""
    kappa = chance_of_sharing(friends)
    personas = [(node, group) for node in range(len(friends)) for group in grouped_friends(friends, node, kappa)]
    shown = {(node, friend): i for i, (node, group) in enumerate(personas) for friend in group}
    ties = [[shown[friend, node] for friend in group] for node, group in personas]
    labels = list(range(len(personas)))
    waiting = [True] * len(personas)
    for _ in range(rounds):
        changed = 0
        for i in range(len(personas)):
            if not waiting[i]:
                continue
            waiting[i] = False
            around = [labels[j] for j in ties[i]]
            others = labels[:i] + labels[i + 1 :]
            beyond = {label: around.count(label) - max(others.count(label) - roomy, 0) * 0.1 for label in around}
            own = around.count(labels[i]) - max(others.count(labels[i]) - roomy, 0) * 0.1
            best = max(around, key=beyond.__getitem__, default=labels[i])
            if beyond.get(best, own) > own:
                labels[i] = best
                changed += 1
                for j in ties[i]:
                    waiting[j] = True
        if changed * 10_000 <= len(personas):
            break
    found = []
    for label in range(len(personas)):
        members = sorted({personas[i][0] for i in range(len(personas)) if labels[i] == label})
        held = sum(labels[j] == label for i in range(len(personas)) if labels[i] == label for j in ties[i]) // 2
        if len(members) >= smallest:
            found.append((members, held))
    return sorted(found, key=lambda circle: -len(circle[0]))


# Spread, exactly: every world that the word may find


def worlds(n: int, arcs: dict[Arc, float]) -> list[tuple[float, list[Arc]]]:
    """(probability, live arcs) of every world of independent arcs."""
    found: list[tuple[float, list[Arc]]] = [(1.0, [])]
    for arc, p in arcs.items():
        found = [(q * p, [*live, arc]) for q, live in found if p > 0] + [(q * (1 - p), live) for q, live in found]
    return [world for world in found if world[0] > 0]


def threshold_worlds(n: int, arcs: dict[Arc, float]) -> list[tuple[float, list[Arc]]]:
    """(probability, live arcs) of every world in which each node keeps at most one in-arc, by its share."""
    found: list[tuple[float, list[Arc]]] = [(1.0, [])]
    for node in range(n):
        incoming = [(arc, p) for arc, p in arcs.items() if arc[1] == node]
        rest = 1.0 - sum(p for _, p in incoming)
        grown = [(q * p, [*live, arc]) for q, live in found for arc, p in incoming]
        found = grown + ([(q * rest, live) for q, live in found] if rest > 1e-9 else [])
    return found


def distances(n: int, live: list[Arc], seeds: list[int]) -> dict[int, int]:
    """Steps from the nearest seed along live arcs, of those reached."""
    steps = dict.fromkeys(seeds, 0)
    queue = list(steps)
    for node in queue:
        for source, target in live:
            if source == node and target not in steps:
                steps[target] = steps[node] + 1
                queue.append(target)
    return steps


def exact_spread(
    found: list[tuple[float, list[Arc]]], n: int, seeds: list[int], worth: list[float] | None = None, q: float = 1.0
) -> float:
    """Expected worth of the nodes reached, each counted q ** (steps + 1) when the word may turn."""
    total = 0.0
    for probability, live in found:
        for node, steps in distances(n, live, seeds).items():
            value = 1.0 if worth is None else worth[node]
            total += probability * value * (q ** (steps + 1) if q < 1 else 1.0)
    return total


# Greedy cover


def greedy_cover(
    sets: list[list[int]],
    k: int,
    tie: list[int],
    barred: set[int],
    taken: set[int],
    alone: list[Fraction] | None = None,
) -> tuple[list[int], list[int], float]:
    """(nodes, sets covered after each, bound on any k nodes), by counting everything anew at every step.

    `alone` is what each node adds beside the sets it covers, to be counted in sixteenths, rounded up.
    """
    open_sets = [set(one) for one in sets if one and not taken & set(one)]
    covered = [len(sets) - len(open_sets)]
    nodes: list[int] = []
    met = {node for one in sets for node in one} | set(range(len(alone or [])))
    bound = float("inf")
    while True:
        gains = {node: sum(node in one for one in open_sets) for node in met - barred - taken - set(nodes)}
        counts = {node: 16 * gain + (ceil(16 * alone[node]) if alone else 0) for node, gain in gains.items()}
        added = sum(alone[node] for node in {*taken, *nodes}) if alone else 0
        bound = min(bound, float(covered[-1] + added + Fraction(sum(sorted(counts.values())[::-1][:k]), 16)))
        if len(nodes) == k or not counts:
            return nodes, covered, bound
        best = min(counts, key=lambda node: (-counts[node], -tie[node], node))
        nodes.append(best)
        covered.append(covered[-1] + gains[best])
        open_sets = [one for one in open_sets if best not in one]


def favoured_cover(
    sets: list[list[tuple[int, int]]], k: int, tie: list[int], q: float, barred: set[int], taken: set[int]
) -> tuple[list[int], list[float]]:
    """(nodes, worth after each) when a set of (node, steps) is worth q ** (steps + 1) of its nearest seed."""

    def worth(seeds: set[int]) -> float:
        return sum(max((q ** (steps + 1) for node, steps in one if node in seeds), default=0.0) for one in sets)

    seeds, nodes = set(taken), []
    totals = [worth(seeds)]
    free = {node for one in sets for node, _ in one} - barred - taken
    while free and len(nodes) < k:
        gains = {node: round(worth(seeds | {node}) - totals[-1], 7) for node in free}
        best = min(free, key=lambda node: (-gains[node], -tie[node], node))
        free.remove(best)
        seeds.add(best)
        nodes.append(best)
        totals.append(worth(seeds))
    return nodes, totals


def affordable_cover(
    sets: list[list[int]], tie: list[int], costs: list[float], budget: float, barred: set[int]
) -> tuple[list[int], int]:
    """(nodes, sets covered): most new sets per cost while it fits, or the best single node."""
    open_sets = [set(one) for one in sets]
    free = {node for one in sets for node in one if costs[node] <= budget} - barred
    single = min(free, key=lambda node: (-sum(node in one for one in sets), -tie[node], node), default=None)
    alone = sum(single in one for one in sets)
    nodes, left, covered = [], budget, 0
    while True:
        gains = {node: sum(node in one for one in open_sets) for node in free if costs[node] <= left}
        gains = {node: gain for node, gain in gains.items() if gain}
        if not gains:
            break
        best = min(gains, key=lambda node: (-gains[node] / costs[node], -tie[node], node))
        nodes.append(best)
        covered += gains[best]
        left -= costs[best]
        free.remove(best)
        open_sets = [one for one in open_sets if best not in one]
    return ([single], alone) if alone > covered else (nodes, covered)


# Learning


Seen = list[list[tuple[int, float]]]  # cascades of (node, time), in the order of time


def parents_in(cascade: list[tuple[int, float]], arcs: dict[Arc, float], window: float) -> list[list[Arc]]:
    """Per action, the arcs along which it may have come."""
    return [
        sorted((u, v) for u, before in cascade if (u, v) in arcs and before < when and when - before <= window)
        for v, when in cascade
    ]


def exposures_of(seen: Seen, arcs: dict[Arc, float]) -> dict[Arc, int]:
    """Per arc, cascades in which its source acted while its target had not."""
    counts = {}
    for u, v in arcs:
        times = [dict(cascade) for cascade in seen]
        counts[u, v] = sum(u in acted and acted.get(v, float("inf")) > acted[u] for acted in times)
    return counts


def shared_credit(seen: Seen, arcs: dict[Arc, float], window: float) -> dict[Arc, float]:
    """Each action's credit in equal parts to its possible parents."""
    credit = dict.fromkeys(arcs, 0.0)
    for cascade in seen:
        for parents in parents_in(cascade, arcs, window):
            for arc in parents:
                credit[arc] += 1 / len(parents)
    return credit


def em_round(seen: Seen, arcs: dict[Arc, float], window: float, p: dict[Arc, float]) -> dict[Arc, float]:
    """Expected successes per arc, each action shared in proportion to the probabilities."""
    expected = dict.fromkeys(arcs, 0.0)
    for cascade in seen:
        for parents in parents_in(cascade, arcs, window):
            none = 1.0
            for arc in parents:
                none *= 1 - p[arc]
            for arc in parents:
                expected[arc] += p[arc] / (1 - none)
    return expected


def credited_spread(seen: Seen, arcs: dict[Arc, float], window: float, seeds: set[int]) -> float:
    """Goyal's σ by recursion: what every action owes to the seeds, per action of its node."""
    actions: dict[int, int] = {}
    for cascade in seen:
        for node, _ in cascade:
            actions[node] = actions.get(node, 0) + 1
    total = 0.0
    for cascade in seen:
        parents = {
            v: [u for u, _ in found] for (v, _), found in zip(cascade, parents_in(cascade, arcs, window), strict=True)
        }

        def owed(node: int, parents: dict[int, list[int]] = parents) -> float:
            if node in seeds:
                return 1.0
            return sum(owed(u) for u in parents[node]) / len(parents[node]) if parents[node] else 0.0

        total += sum(owed(node) / actions[node] for node, _ in cascade)
    return total


# Simulating


def cascade(graph: Graph, seeds: list[int], chances: dict[Arc, float], chance) -> list[set[int]]:
    """One independent cascade, generation by generation; `chance()` is uniform in [0, 1)."""
    told, generation = set(seeds), set(seeds)
    generations = []
    while generation:
        generations.append(generation)
        following = set()
        for source in sorted(generation):
            for arc, p in chances.items():
                if arc[0] == source and arc[1] not in told and chance() < p:
                    following.add(arc[1])
        told |= following
        generation = following
    return generations


def threshold_cascade(graph: Graph, seeds: list[int], shares: dict[Arc, float], chance) -> list[set[int]]:
    """One cascade under the linear threshold: who heard enough passes it on at the next step."""
    thresholds = [chance() for _ in range(graph.n)]
    told, generation = set(seeds), set(seeds)
    generations = []
    while generation:
        generations.append(generation)
        heard = dict.fromkeys(range(graph.n), 0.0)
        for (source, target), share in shares.items():
            if source in told:
                heard[target] += share
        generation = {node for node in heard if node not in told and heard[node] > thresholds[node]}
        told |= generation
    return generations


def favourable_cascade(
    graph: Graph, seeds: list[int], chances: dict[Arc, float], q: float, chance
) -> tuple[set[int], set[int]]:
    """One cascade of a word that may turn: (all told, those with a favourable word)."""
    told = set(seeds)
    good = {seed for seed in sorted(told) if chance() < q}
    queue = sorted(told)
    for source in queue:
        for arc, p in sorted(chances.items()):
            target = arc[1]
            if arc[0] == source and target not in told and chance() < p:
                told.add(target)
                queue.append(target)
                if source in good and chance() < q:
                    good.add(target)
    return told, good


def reachable(graph: Graph, seeds: list[int]) -> list[set[int]]:
    """Nodes by distance from the seeds, along all arcs."""
    return cascade(graph, seeds, dict.fromkeys(arcs_of(graph), 1.0), lambda: 0.5)


def enumerated_spread(seeds: list[int], chances: dict[Arc, float]) -> float:
    """The expected number told: every subset of arcs weighed by its probability (a dozen arcs at most)."""
    arcs = list(chances)
    total = 0.0
    for subset in range(1 << len(arcs)):
        weight, live = 1.0, []
        for place, arc in enumerate(arcs):
            taken = subset >> place & 1
            weight *= chances[arc] if taken else 1.0 - chances[arc]
            if taken:
                live.append(arc)
        told = set(seeds)
        grown = True
        while grown:
            more = {target for source, target in live if source in told} - told
            told |= more
            grown = bool(more)
        total += weight * len(told)
    return total


# Scoring


def told_within_two(node: int, chances: dict[Arc, float]) -> tuple[float, float]:
    """Expected numbers told by one node at the first step and at the second: every world of its two-step arcs."""
    near = {target for source, target in chances if source == node}
    arcs = [arc for arc in chances if arc[0] == node or (arc[0] in near and arc[1] != node)]
    first = second = 0.0
    for subset in range(1 << len(arcs)):
        live = [arc for place, arc in enumerate(arcs) if subset >> place & 1]
        weight = 1.0
        for arc in arcs:
            weight *= chances[arc] if arc in live else 1.0 - chances[arc]
        ones = {target for source, target in live if source == node}
        twos = {target for source, target in live if source in ones} - ones - {node}
        first += weight * len(ones)
        second += weight * len(twos)
    return first, second


def effective_size(graph: Graph, node: int) -> float:
    """A node's neighbours less the mean number of its other neighbours that each knows."""
    ties = {frozenset(arc) for arc in arcs_of(graph)}
    mine = [other for other in range(graph.n) if frozenset((node, other)) in ties and other != node]
    known = [sum(frozenset((one, other)) in ties for other in mine if other != one) for one in mine]
    return len(mine) - sum(known) / len(mine) if mine else 0.0
