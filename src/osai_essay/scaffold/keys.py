"""The columns that tell a table's rows apart, guessed from its rows."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

_KEY_TYPES = frozenset("string date datetime year yearmonth partial-date".split())
MOST = 6  # columns a key is looked for among


def guess_key(
    names: Sequence[str], types: Sequence[str], rows: Sequence[Sequence[Any]]
) -> tuple[str, ...]:
    """The first columns that together stand once only, without those that are not needed for it.

    Amounts tell no rows apart, whatever they happen to be; a whole number may in the first column.
    Returns: names in the order of the table, none where rows are twice.
    """
    usable = [
        index
        for index, kind in enumerate(types)
        if (kind in _KEY_TYPES or (kind == "integer" and index == 0))
        and all(row[index] not in ("", None) and isinstance(row[index], Hashable) for row in rows)
    ][:MOST]
    sizes = range(1, len(usable) + 1)
    found = next((usable[:size] for size in sizes if _is_key(usable[:size], rows)), [])
    for index in reversed(found):
        fewer = [each for each in found if each != index]
        if fewer and _is_key(fewer, rows):
            found = fewer
    return tuple(names[index] for index in found)


def _is_key(indexes: Sequence[int], rows: Sequence[Sequence[Any]]) -> bool:
    return len({tuple(row[index] for index in indexes) for row in rows}) == len(rows)
