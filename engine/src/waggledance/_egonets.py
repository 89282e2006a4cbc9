"""The circles around one member: his friends grouped by who knows whom, without him.

Two friends belong together when they know each other, and when they both know somebody near him whom he should know
too. Label propagation over this small graph gives every friend the name of his group: each in turn takes the most
common label around him, the smallest on a tie, until nothing changes or `ROUNDS` are over. It begins with one label
per triangle, for with one each a single tie between two groups is enough for a label to run through both.

Somebody two steps away takes part when he shares `c ≥ 2` friends with the member and that is no accident: were ties
drawn at random with the same number per person, the two would share λ = κ·d·d' friends, and fewer than one of the n
people would share c (n·λ^c/c! < 1). He only carries labels. This finds circles whose ties are not all visible.

The friends of friends are found in a hash table sized for this member alone, which stays in the nearest cache: the
cost does not depend on how many people there are. A member's list is at `neighbours[spans[u, 0] : spans[u, 1]]`, so
that lists may have room to grow between them.
"""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from ._prefetch import prefetch

ROUNDS: Final = 8
REACH = 1 << 18  # more friends of friends than this are not looked through for people to know: bounded work
COMMON = (1024, 1 << 14)  # friends and friends of friends for whom one member's scratch memory is kept: 1.2 MB
_LINE = 16  # neighbours in a cache line
_FETCHED = 4 * _LINE  # of a list that is walked next; the processor sees by itself how it goes on
_SMALLEST_FIRST = np.int64(0x7FFFFFFF)
_FREE = np.uint32(0xFFFFFFFF)
_MULTIPLIER = np.uint64(2654435769)
_LOW = np.uint64(0xFFFFFFFF)


@njit(nogil=True, cache=True)
def chance(offsets):
    """κ = Σ k(k − 1) / (Σ k)²: friends that two people with d and d' ties share by accident, per d·d'."""
    above = 0.0
    total = 0.0
    for node in range(offsets.size - 1):
        degree = float(offsets[node + 1] - offsets[node])
        above += degree * (degree - 1.0)
        total += degree
    return above / (total * total) if total > 0.0 else 0.0


@njit(inline="always")
def _reach(spans, neighbours, node):
    """Number of friends' friends, counted with repetition; fetches the lists that are walked next."""
    total = np.int64(0)
    for place in range(spans[node, 0], spans[node, 1]):
        prefetch(spans, 2 * np.int64(neighbours[place]))
    for place in range(spans[node, 0], spans[node, 1]):
        friend = np.int64(neighbours[place])
        for line in range(spans[friend, 0], min(spans[friend, 1], spans[friend, 0] + _FETCHED), _LINE):
            prefetch(neighbours, line)
        total += spans[friend, 1] - spans[friend, 0]
    return total


@njit(nogil=True, cache=True)
def room(degree, reach):
    """Memory to group the friends of members with at most so many friends and friends of friends: uint32[]."""
    near, pairs, slots, _ = _sizes(degree, reach)
    return np.empty(2 * slots + _slots_for(4 * near) // 4 + 5 * near + 4 * pairs, np.uint32)


@njit(inline="always")
def _sizes(degree, reach):
    """People and pairs there may be, slots of the table of people, and bytes that tell who was met twice."""
    near = degree + min(reach, REACH) + 2
    pairs = max(min(reach, REACH), min(reach, degree * (degree - 1) // 2)) + 1
    return near, pairs, _slots_for(2 * near), _slots_for(4 * near)


@njit(inline="always")
def laid_out(memory, degree, reach):
    """Scratch arrays, one behind the other: table, people int32[4, p], their indices, pairs uint32[2, e], lists."""
    near, pairs, slots, seen = _sizes(degree, reach)
    keys, values, rest = memory[:slots], memory[slots : 2 * slots].view(np.int32), memory[2 * slots :]
    table = (keys, values, rest[: seen // 4].view(np.uint8))
    rest = rest[seen // 4 :]
    people, who, rest = rest[: 4 * near].view(np.int32).reshape(4, near), rest[4 * near : 5 * near], rest[5 * near :]
    return table, people, who, rest[: 2 * pairs].reshape(2, pairs), rest[2 * pairs : 4 * pairs]


@njit(inline="always")
def _slots_for(entries):
    """The power of two, 16 or more, that has room for so many."""
    slots = 16
    while slots < entries:
        slots *= 2
    return slots


@njit(inline="always")
def _shift_for(slots):
    """How far a 32-bit hash is shifted to be a place in a table of that size."""
    bits = 0
    while slots > 1:
        slots //= 2
        bits += 1
    return np.uint64(32 - bits)


@njit(inline="always")
def _place(person, shift):
    """Where a person's hash points: multiplicative hashing (Knuth, volume 3, section 6.4)."""
    return np.int64(((np.uint64(person) * _MULTIPLIER) & _LOW) >> shift)


@njit(inline="always")
def _bucket(person, shift):
    """The same as an unsigned number, which needs no check for being negative."""
    return ((np.uint64(person) * _MULTIPLIER) & _LOW) >> shift


@njit(inline="always")
def _slot(keys, mask, shift, person):
    """Where a person is in the table, or would be."""
    at = _place(person, shift)
    while keys[at] != _FREE and keys[at] != person:
        at = (at + 1) & mask
    return at


@njit(inline="always")
def _table_of_friends(lists, node, entries, table):
    """A table with the member as −1 and his friends as 0 … d − 1, with room for others; its mask and shift."""
    spans, neighbours = lists
    keys, values, _ = table
    slots = _slots_for(2 * entries)
    shift = _shift_for(slots)
    keys[:slots] = _FREE
    first = spans[node, 0]
    for i in range(spans[node, 1] - first):
        at = _slot(keys, slots - 1, shift, neighbours[first + i])
        keys[at] = neighbours[first + i]
        values[at] = i
    at = _slot(keys, slots - 1, shift, np.uint32(node))
    keys[at] = node
    values[at] = -1
    return slots - 1, shift


@njit(inline="always")
def _met_twice(lists, node, reach, work):
    """Friends' friends who are friends themselves or were met more than once, and through whom; how many.

    A byte per hash counts 0, 1, 3 for never, once, twice or more. What is met once is most of all and drops out
    here, without a branch to mispredict. A few accidents of hashing stay in.
    """
    spans, neighbours = lists
    (_, _, seen), _, _, pairs, met = work
    first = spans[node, 0]
    degree = spans[node, 1] - first
    slots = _slots_for(4 * (degree + reach))
    shift = _shift_for(slots)
    seen[:slots] = 0
    for i in range(degree):
        seen[_bucket(neighbours[first + i], shift)] = 2
    for i in range(degree):
        friend = np.int64(neighbours[first + i])
        for place in range(spans[friend, 0], spans[friend, 1]):
            at = _bucket(neighbours[place], shift)
            seen[at] = (seen[at] << 1) | 1
    count = 0
    for i in range(degree):
        friend = np.int64(neighbours[first + i])
        for place in range(spans[friend, 0], spans[friend, 1]):
            met[count] = neighbours[place]
            pairs[1, count] = i
            count += seen[_bucket(neighbours[place], shift)] > 1
    return count


@njit(nogil=True, cache=True)
def _meet(lists, node, reach, work):
    """Pairs of local numbers that know each other: friends 0 … d − 1, then the people they lead to as they are met.

    Returns the number of pairs and of people; person p ≥ d has the index `who[p]` and people[0, p] friends in common
    with the member.
    """
    table, people, who, pairs, met = work
    keys, values, _ = table
    degree = lists[0][node, 1] - lists[0][node, 0]
    entries = _met_twice(lists, node, reach, work)
    mask, shift = _table_of_friends(lists, node, degree + entries + 1, table)
    count = 0
    known = degree
    for entry in range(entries):
        at = _slot(keys, mask, shift, met[entry])
        if keys[at] == _FREE:
            keys[at] = met[entry]
            values[at] = known
            people[0, known] = 0
            who[known] = met[entry]
            prefetch(lists[0], 2 * np.int64(met[entry]))
            known += 1
        i, other = pairs[1, entry], values[at]
        pairs[0, count] = i
        pairs[1, count] = max(other, 0)
        people[0, pairs[1, count]] += 1  # of friends it is not read
        count += other > i
    return count, known


@njit(nogil=True, cache=True)
def _meet_friends_only(lists, node, work):
    """The same without looking further than the friends, for members who reach too many."""
    spans, neighbours = lists
    table, _, _, pairs, _ = work
    keys, values, _ = table
    first = spans[node, 0]
    degree = spans[node, 1] - first
    mask, shift = _table_of_friends(lists, node, degree + 1, table)
    count = 0
    for i in range(degree):
        friend = np.int64(neighbours[first + i])
        for place in range(spans[friend, 0], spans[friend, 1]):
            at = _slot(keys, mask, shift, neighbours[place])
            if keys[at] != _FREE and values[at] > i:
                pairs[0, count] = i
                pairs[1, count] = values[at]
                count += 1
    return count, degree


@njit(inline="always")
def _is_no_accident(shared, expected, n):
    """Whether fewer than one of n people would share that many friends where `expected` are shared by accident."""
    if shared < 2 or shared <= expected:
        return False
    people = float(n)
    for k in range(1, shared + 1):
        people *= expected / k
    return people < 1.0


@njit(nogil=True, cache=True)
def _choose(spans, degree, found, setting, work):
    """Keep the people who share friends with the member by no accident; returns the pairs and people left."""
    n, kappa = setting
    count, known = found
    _, people, who, pairs, _ = work
    kept = degree
    for person in range(degree):
        people[2, person] = person
    for person in range(degree, known):
        people[2, person] = -1
        if people[0, person] < 2:
            continue
        index = np.int64(who[person])
        expected = kappa * degree * (spans[index, 1] - spans[index, 0])
        if _is_no_accident(people[0, person], expected, n):
            people[2, person] = kept
            kept += 1
    left = 0
    for pair in range(count):
        other = people[2, pairs[1, pair]]
        pairs[0, left] = pairs[0, pair]
        pairs[1, left] = max(other, 0)
        left += other >= 0
    return left, kept


@njit(inline="always")
def _group_pairs(count, size, work):
    """Lists of who knows whom, from the pairs: starts in people[3], those known in the last array of `work`."""
    _, people, _, pairs, known = work
    starts = people[3]
    starts[: size + 1] = 0
    pair = 0
    while pair < count:  # pairs come by their first one, whose count need not go through memory each time
        one, begin = pairs[0, pair], pair
        while pair < count and pairs[0, pair] == one:
            starts[pairs[1, pair]] += 1
            pair += 1
        starts[one] += pair - begin
    for i in range(1, size + 1):
        starts[i] += starts[i - 1]
    pair = count - 1
    while pair >= 0:
        one = pairs[0, pair]
        at = starts[one]
        while pair >= 0 and pairs[0, pair] == one:
            other = pairs[1, pair]
            at -= 1
            known[at] = other
            starts[other] -= 1
            known[starts[other]] = one
            pair -= 1
        starts[one] = at


@njit(inline="always")
def _seed_labels(size, work):
    """One label per triangle, of triangles taken as they come while nobody is in two; the others have their own."""
    _, people, _, _, known = work
    labels, near, starts = people[0], people[1], people[3]
    labels[:size] = -1
    near[:size] = -1
    for i in range(size):
        if labels[i] >= 0:
            continue
        labels[i] = i
        around = known[starts[i] : starts[i + 1]]
        for j in around:
            near[j] = i
        for j in around:
            if labels[j] < 0 and _closes(labels, near, known[starts[j] : starts[j + 1]], i):
                labels[j] = i
                break


@njit(inline="always")
def _closes(labels, near, around, i):
    """Give the first of these who is near i and has no label yet the label of i; False when there is none."""
    for third in around:
        if near[third] == i and labels[third] < 0:
            labels[third] = i
            return True
    return False


@njit(inline="always")
def _most_common(labels, scores, around, own):
    """The most common label around somebody, the smallest on a tie; his own when he is alone."""
    most = _SMALLEST_FIRST - np.int64(own)  # a score and, below it, a label: one comparison for both
    for other in around:
        label = labels[other]
        score = scores[label] + np.int32(1)
        scores[label] = score
        most = max(most, (np.int64(score) << 32) + _SMALLEST_FIRST - np.int64(label))
    for other in around:
        scores[labels[other]] = 0
    return np.uint32(_SMALLEST_FIRST - (most & _SMALLEST_FIRST))


@njit(inline="always")
def _spread_labels(size, work):
    """Label propagation over the lists; labels are left in people[0].

    A label depends on those around it alone, so only those around whom one has changed are looked at again.
    """
    _, people, _, _, known = work
    waiting, starts = people[2], people[3]
    scores, labels = people[1], people[0].view(np.uint32)  # an index of this type is not checked for being negative
    _seed_labels(size, work)
    waiting[:size] = 1
    scores[:size] = 0
    for _ in range(ROUNDS):
        changed = False
        for i in range(size):
            if not waiting[i]:
                continue
            waiting[i] = 0
            around = known[starts[i] : starts[i + 1]]
            best = _most_common(labels, scores, around, labels[i])
            if best != labels[i]:
                labels[i] = best
                changed = True
                for other in around:
                    waiting[other] = 1
        if not changed:
            break


@njit(nogil=True, cache=True)
def group_friends(lists, node, reach, setting, work):
    """Group one member's friends, who have so many; friend i's group is left in `work[1][2, i]`, numbered as met.

    Returns the number of groups and of pairs that know each other (left in `work[3]`).
    """
    spans, _ = lists
    degree = spans[node, 1] - spans[node, 0]
    if reach <= REACH:
        found = _meet(lists, node, reach, work)
    else:
        found = _meet_friends_only(lists, node, work)
    count, size = _choose(spans, degree, found, setting, work)
    _group_pairs(count, size, work)
    _spread_labels(size, work)
    people = work[1]
    labels, numbers, groups = people[0], people[1], people[2]
    for i in range(size):
        numbers[i] = -1
    met = 0
    for i in range(degree):
        if numbers[labels[i]] < 0:
            numbers[labels[i]] = met
            met += 1
        groups[i] = numbers[labels[i]]
    return met, count


@njit(nogil=True, cache=True)
def group_all(lists, part, setting, found):
    """Group the friends of members start … stop − 1: uint16 group per tie, and the number of groups per member."""
    spans, neighbours = lists
    groups, counts = found
    start, stop = part
    degree = np.int64(0)
    reach = np.int64(0)
    for node in range(start, stop):
        degree = max(degree, spans[node, 1] - spans[node, 0])
        reach = max(reach, _reach(spans, neighbours, node))
    work = laid_out(room(degree, reach), degree, reach)
    for node in range(start, stop):
        counts[node], _ = group_friends(lists, node, _reach(spans, neighbours, node), setting, work)
        first = spans[node, 0]
        for i in range(spans[node, 1] - first):
            groups[first + i] = work[1][2, i]


@njit(nogil=True, cache=True)
def one_member(spans, neighbours, node, n, kappa, kept):
    """One member's friends; the group of each and his ties into other groups; the size of each group and its ties.

    `kept` is what `room(*COMMON)` made once: allocating it every time takes longer than to group a few friends. For
    the same reason what comes in and goes out is a few plain arrays: each that crosses over from Python costs as much
    as grouping a friend.
    """
    degree = spans[node, 1] - spans[node, 0]
    reach = _reach(spans, neighbours, node)
    if degree <= COMMON[0] and reach <= COMMON[1]:
        work = laid_out(kept, COMMON[0], COMMON[1])
    else:
        work = laid_out(room(degree, reach), degree, reach)
    met, count = group_friends((spans, neighbours), node, reach, (n, kappa), work)
    _, people, _, pairs, _ = work
    of_friends = np.zeros((2, degree), np.int32)
    of_groups = np.zeros((2, met), np.int32)
    groups, outside = of_friends[0], of_friends[1]
    sizes, held = of_groups[0], of_groups[1]
    for i in range(degree):
        groups[i] = people[2, i]
        sizes[groups[i]] += 1
    pair = 0
    while pair < count:  # pairs come by their first one, whose counts need not go through memory each time
        one, inside, out = pairs[0, pair], np.int64(0), np.int64(0)
        while pair < count and pairs[0, pair] == one:
            other = pairs[1, pair]
            if other < degree:
                apart = np.int64(groups[one] != groups[other])
                outside[other] += apart
                out += apart
                inside += 1 - apart
            pair += 1
        outside[one] += out
        held[groups[one]] += inside
    return neighbours[spans[node, 0] : spans[node, 1]].copy(), of_friends, of_groups
