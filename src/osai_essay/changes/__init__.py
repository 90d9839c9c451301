"""What a change of the data did: rows, numbers, sentences, claims and charts, before and after."""

from osai_essay.changes.accepted import (
    FILE,
    Accepted,
    check_accepted,
    find_stale,
    read_accepted,
    value_of,
    write_accepted,
)
from osai_essay.changes.baseline import Baseline, BaselineError, open_baseline
from osai_essay.changes.claims import find_close
from osai_essay.changes.compare import compare
from osai_essay.changes.say import FORMATS, say_accepted, say_changes, say_close
from osai_essay.changes.snapshot import Snapshot, make_snapshot, take_earlier, take_snapshot
from osai_essay.changes.values import Changes, NumberMove

__all__ = [
    "FILE",
    "FORMATS",
    "Accepted",
    "Baseline",
    "BaselineError",
    "Changes",
    "NumberMove",
    "Snapshot",
    "check_accepted",
    "compare",
    "find_close",
    "find_stale",
    "make_snapshot",
    "open_baseline",
    "read_accepted",
    "say_accepted",
    "say_changes",
    "say_close",
    "take_earlier",
    "take_snapshot",
    "value_of",
    "write_accepted",
]
