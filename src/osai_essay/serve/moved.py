"""What a change of the data did since the last good build, in a few words."""

from __future__ import annotations

from collections import Counter

from osai_essay.changes import Snapshot
from osai_essay.model import Table

HOW = "osai-essay diff shows it"


def say_moved(before: Snapshot, after: Snapshot) -> str:
    """`2 rows; 1 number moved (osai-essay diff shows it)`; empty where nothing moved.

    A row that is another counts once; rows of derived datasets follow from these.
    """
    names = [each.name for each in after.site.datasets if not each.is_derived]
    both = [name for name in names if name in before.tables and name in after.tables]
    rows = sum(_count_rows(before.tables[name], after.tables[name]) for name in both)
    old, new = before.numbers, after.numbers
    numbers = sum(old[name].value != new[name].value for name in old.keys() & new.keys())
    said = [f"{rows} row{'s' if rows != 1 else ''}"] if rows else []
    said += [f"{numbers} number{'s' if numbers != 1 else ''} moved"] if numbers else []
    return f"{'; '.join(said)} ({HOW})" if said else ""


def _count_rows(before: Table, after: Table) -> int:
    if before is after or before == after:
        return 0
    old, new = (Counter(map(repr, table.rows)) for table in (before, after))  # cells may be lists
    return max((new - old).total(), (old - new).total())
