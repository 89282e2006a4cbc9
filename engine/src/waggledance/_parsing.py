"""Numbers out of lines of text, a block of bytes at a time."""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

FINE: Final = 0
NO_INTEGER: Final = 1  # an id column holds something else than a whole number
NO_NUMBER: Final = 2  # the weight column holds no finite number, zero or more
MISSING: Final = 3  # the line has too few columns
TOO_LONG: Final = 4  # a whole number does not fit 64 bits

_TAB, _NEWLINE, _RETURN, _SPACE = 9, 10, 13, 32
_PLUS, _MINUS, _POINT, _ZERO, _NINE, _E = 43, 45, 46, 48, 57, 101
_SPACES: Final = 0  # the delimiter that stands for runs of spaces and tabs


@njit(nogil=True, cache=True)
def count_lines(block):
    """Number of line ends in a block of bytes."""
    lines = 0
    for byte in block:
        if byte == _NEWLINE:
            lines += 1
    return lines


@njit(nogil=True, cache=True)
def parse_rows(block, shape, rows, made):
    """Fill `made` with the rows of a block of whole lines.

    `shape` is (delimiter, source, target, weight, first comment byte, second one): positions of columns, weight −1
    when there is none. `rows` is (columns of int64, int64 and float64). Returns (status, rows made, position of the
    line where reading stopped, lines before it).
    """
    delimiter, source_at, target_at, weight_at, sharp, percent = shape
    sources, targets, weights = rows
    last = max(source_at, target_at, weight_at)
    position, line, size = 0, 0, block.size
    while position < size:
        start = position
        while position < size and (block[position] == _SPACE or (delimiter == _SPACES and block[position] == _TAB)):
            position += 1
        if position < size and _ends(block[position]):
            position, line = position + 1, line + (block[position] == _NEWLINE)
            continue
        if position >= size or block[position] == sharp or block[position] == percent:
            position, line = _skip_line(block, position), line + 1
            continue
        column = 0
        while column <= last:
            status = FINE
            if column == source_at or column == target_at:
                status, position, whole = _whole(block, position)
                if column == source_at:
                    sources[made] = whole
                if column == target_at:
                    targets[made] = whole
            elif column == weight_at:
                status, position, weights[made] = _decimal(block, position)
            else:
                position = _skip_field(block, position, delimiter)
            if status == FINE:
                status, position = _next_field(block, position, delimiter, column == last)
                if status == NO_NUMBER and column != weight_at:
                    status = NO_INTEGER
            if status != FINE:
                return status, made, start, line
            column += 1
        position = _skip_line(block, position)
        line += 1
        made += 1
    return FINE, made, position, line


@njit(inline="always")
def _ends(byte):
    return byte == _NEWLINE or byte == _RETURN


@njit(inline="always")
def _skip_line(block, position):
    """Past the end of the line."""
    while position < block.size and block[position] != _NEWLINE:
        position += 1
    return position + 1


@njit(inline="always")
def _skip_field(block, position, delimiter):
    """To the end of a field that is not read."""
    while position < block.size and not _ends(block[position]):
        byte = block[position]
        if byte == delimiter or (delimiter == _SPACES and (byte == _SPACE or byte == _TAB)):
            break
        position += 1
    return position


@njit(inline="always")
def _next_field(block, position, delimiter, is_last):
    """From the end of a field to the start of the next one, or to the rest of the line after the last one."""
    while position < block.size and (block[position] == _SPACE or (delimiter == _SPACES and block[position] == _TAB)):
        position += 1
    at_end = position >= block.size or _ends(block[position])
    if is_last:
        started = position > 0 and (block[position - 1] == _SPACE or block[position - 1] == _TAB)
        fine = at_end or (started if delimiter == _SPACES else block[position] == delimiter)
        return (FINE if fine else NO_NUMBER), position
    if at_end:
        return MISSING, position
    if delimiter == _SPACES:
        spaced = block[position - 1] == _SPACE or block[position - 1] == _TAB
        return (FINE if spaced else NO_NUMBER), position
    if block[position] != delimiter:
        return NO_NUMBER, position
    position += 1
    while position < block.size and block[position] == _SPACE:
        position += 1
    return FINE, position


@njit(inline="always")
def _whole(block, position):
    """A whole number: (status, position after it, value)."""
    negative = position < block.size and block[position] == _MINUS
    if negative:
        position += 1
    value = np.int64(0)
    start = position
    while position < block.size and _ZERO <= block[position] <= _NINE:
        value = value * np.int64(10) + np.int64(block[position] - _ZERO)
        position += 1
    if position == start:
        return NO_INTEGER, position, value
    if position - start > 18:
        return TOO_LONG, position, value
    return FINE, position, -value if negative else value


@njit(inline="always")
def _decimal(block, position):
    """A finite decimal number, zero or more: (status, position after it, value)."""
    negative = position < block.size and block[position] == _MINUS
    if position < block.size and (negative or block[position] == _PLUS):
        position += 1
    value, scale, digits = 0.0, 0, 0
    while position < block.size and _ZERO <= block[position] <= _NINE:
        value = value * 10.0 + (block[position] - _ZERO)
        position, digits = position + 1, digits + 1
    if position < block.size and block[position] == _POINT:
        position += 1
        while position < block.size and _ZERO <= block[position] <= _NINE:
            value = value * 10.0 + (block[position] - _ZERO)
            position, digits, scale = position + 1, digits + 1, scale - 1
    if digits == 0:
        return NO_NUMBER, position, np.nan
    if position < block.size and (block[position] | 32) == _E:
        status, position, exponent = _whole(block, position + 1 + (block[min(position + 1, block.size - 1)] == _PLUS))
        if status != FINE:
            return NO_NUMBER, position, np.nan
        scale += exponent
    value = value * 10.0**scale if scale >= 0 else value / 10.0 ** (-scale)
    if (negative and value > 0.0) or not value < np.inf:
        return NO_NUMBER, position, np.nan
    return FINE, position, value
