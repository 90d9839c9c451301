"""Who hears of the steps of a build, while it goes on."""

from __future__ import annotations

from collections.abc import Callable

Tell = Callable[[str, int, int], None]  # a step of the build, its parts done, and all of them


def tell_nobody(step: str, done: int, total: int) -> None:
    """For a build that nobody watches."""
