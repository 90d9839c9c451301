"""Python's collector of garbage, kept out of the way of what an author waits for."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# A build makes many objects, and few of them in circles: a short one ends before the first look.
COLLECT_AT = 100_000, 4, 20


@contextmanager
def uncollected() -> Iterator[None]:
    """For imports: they leave no garbage, and what they make stays. A tenth of a short build.

    After them it looks seldom, and not at what they made.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*COLLECT_AT)
        gc.enable()
