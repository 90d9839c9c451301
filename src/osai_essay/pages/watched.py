"""What a template takes by name, noted, so that a kept page is used only while that stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Taken = dict[tuple[str, str], None]  # ("number", "us_capex"): asked for, known or not


class Watched(Mapping[str, Any]):
    """A mapping of values of one kind, which notes every name that it is asked for.

    No attribute of it has a name that a number could have, for templates say `numbers.NAME`.
    """

    def __init__(self, kind: str, values: Mapping[str, Any], taken: Taken) -> None:
        self._kind = kind
        self._values = values
        self._taken = taken

    def __getitem__(self, name: str) -> Any:
        """The value of a name."""
        self._note(name)
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        """Every name, for whoever asks for all asks for each."""
        self._note(*self._values)
        return iter(self._values)

    def __len__(self) -> int:
        """How many there are."""
        self._note(*self._values)
        return len(self._values)

    def _note(self, *names: str) -> None:
        self._taken.update(dict.fromkeys((self._kind, name) for name in names))
