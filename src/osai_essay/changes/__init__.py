"""What a change of the data did: rows, numbers, sentences, claims and charts, before and after."""

from osai_essay.changes.accepted import (
    Values,
    accept_numbers,
    check_accepted,
    read_accepted,
)
from osai_essay.changes.baseline import BaselineError, open_baseline
from osai_essay.changes.compare import compare
from osai_essay.changes.say import FORMATS, say_changes
from osai_essay.changes.snapshot import Snapshot, make_snapshot, take_snapshot
from osai_essay.changes.values import Changes

__all__ = [
    "FORMATS",
    "BaselineError",
    "Changes",
    "Snapshot",
    "Values",
    "accept_numbers",
    "check_accepted",
    "compare",
    "make_snapshot",
    "open_baseline",
    "read_accepted",
    "say_changes",
    "take_snapshot",
]
