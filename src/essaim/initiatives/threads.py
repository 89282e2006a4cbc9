"""A contribution's discussion, ready to be shown: comments in threads, reactions counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from essaim.initiatives import policy, queries
from essaim.initiatives.models import Comment, Contribution, Reaction
from essaim.initiatives.policy import may

DEEPEST = 3


@dataclass(frozen=True)
class Bar:
    """The reactions to one contribution, and the reader's own."""

    contribution: Contribution
    counts: dict[str, int]
    mine: str
    open: bool

    @property
    def choices(self) -> Iterator[tuple[str, Any, int, bool]]:
        """(kind, label, how many, whether it is the reader's)."""
        for kind in Reaction.Kind:
            yield kind.value, kind.label, self.counts.get(kind.value, 0), self.mine == kind.value

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass
class Node:
    """A comment and the answers under it. Answers deeper than the page can indent stand beside their parent."""

    comment: Comment
    bar: Bar
    own: bool
    depth: int
    replies: list[Node] = field(default_factory=list)


@dataclass(frozen=True)
class Talk:
    """The whole discussion of a contribution, as one reader sees it."""

    contribution: Contribution
    nodes: list[Node]
    count: int
    may_comment: bool
    may_answer_officially: bool


def talk(contribution: Contribution, reader: Any) -> Talk:
    """The discussion in a number of queries that does not grow with it."""
    comments = list(queries.thread(contribution))
    bars = _bars(comments, reader, opened=may(policy.react, reader, contribution))
    return Talk(
        contribution=contribution,
        nodes=_tree(comments, bars, reader),
        count=sum(comment.is_visible for comment in comments),
        may_comment=may(policy.comment, reader, contribution),
        may_answer_officially=may(policy.comment_officially, reader, contribution),
    )


def bar(contribution: Contribution, reader: Any) -> Bar:
    opened = may(policy.react, reader, contribution)
    return _bars([contribution], reader, opened=opened)[contribution.pk]


def _bars(contributions: Iterable[Contribution], reader: Any, *, opened: bool) -> dict[int, Bar]:
    listed = {each.pk: each for each in contributions}
    reactions = Reaction.objects.filter(contribution__in=listed)
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for pk, kind, n in reactions.values_list("contribution", "kind").annotate(n=Count("pk")).order_by("kind"):
        counts[pk][kind] = n
    signed_in = getattr(reader, "is_authenticated", False)
    own = dict(reactions.filter(member=reader).values_list("contribution", "kind")) if signed_in else {}
    return {pk: Bar(each, counts[pk], own.get(pk, ""), opened) for pk, each in listed.items()}


def _tree(comments: list[Comment], bars: dict[int, Bar], reader: Any) -> list[Node]:
    """Every answer under what it answers; comments come in the order they were written, so parents come first."""
    nodes: dict[int, Node] = {}
    shelves: dict[int, list[Node]] = {}
    roots: list[Node] = []
    for comment in comments:
        parent = nodes.get(comment.in_reply_to_id or 0)
        shelf = roots if parent is None else shelves[parent.comment.pk]
        depth = 0 if parent is None else min(parent.depth + 1, DEEPEST)
        node = Node(comment, bars[comment.pk], own=comment.author_id == getattr(reader, "pk", None), depth=depth)
        shelf.append(node)
        nodes[comment.pk] = node
        shelves[comment.pk] = node.replies if depth < DEEPEST else shelf
    return roots
