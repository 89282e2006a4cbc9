"""What can be refused, each refusal under its own name.

Every error is an `EngineError`, itself a `ValueError`; its message names the row or the node, the value found, and
what to do about it.
"""

from __future__ import annotations


class EngineError(ValueError):
    """The root of every refusal of this package."""


class EmptyGraph(EngineError):
    """There is no node to work on."""


class TooManyNodes(EngineError):
    """Node indices are 32 bits wide: at most 4,294,967,294 nodes."""


class TooManySeeds(EngineError):
    """More seeds were asked for than there are nodes to choose from."""


class NoSeeds(EngineError):
    """A word that nobody says first goes nowhere."""


class BadProbability(EngineError):
    """A probability is not a number between 0 and 1."""


class BadWeight(EngineError):
    """A weight is not a finite number, zero or more."""


class BadParameter(EngineError):
    """A setting is outside the values it may take."""


class UnknownNode(EngineError, KeyError):
    """An id or an index is not one of the graph's."""

    __str__ = ValueError.__str__  # KeyError would show the message quoted


class UnequalColumns(EngineError):
    """Columns that describe the same rows have different lengths."""


class DuplicateArc(EngineError):
    """An arc is given twice where that is refused."""


class SelfLoop(EngineError):
    """An arc leads from a node to itself where that is refused."""


class BadRow(EngineError):
    """A row of a file does not say what it should."""


class TruncatedFile(EngineError):
    """A file ends before its content does."""


class NotAGraphFile(EngineError):
    """A file is not of the kind it was opened as."""


class WrongVersion(EngineError):
    """A graph file was written in a version this package does not read."""


class UnsavableNames(EngineError):
    """Node ids have no form that a file can keep."""


class MissingPackage(EngineError, ImportError):
    """An optional package is needed and not installed."""

    def __init__(self, package: str, purpose: str, extra: str) -> None:
        super().__init__(
            f"{purpose} needs the package {package}, which is not installed: pip install 'waggledance[{extra}]'"
        )
