"""Results of earlier builds, as a stage sees them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NoReturn, Protocol, TypeVar

from osai_essay.model.output import Content
from osai_essay.problem import has_errors

Made = TypeVar("Made")


def always(made: Any) -> bool:  # noqa: ARG001
    """True: a result that depends on its key alone."""
    return True


def without_errors(made: tuple[Any, ...]) -> bool:
    """True for a result whose problems, its second part, are no errors.

    An error may be of its moment alone, such as a clock that ran out on a busy machine.
    """
    return not has_errors(made[1])


class NotKeptError(Exception):
    """No earlier build made this."""


def refuse() -> NoReturn:
    """In the place of a `make`: for whoever looks up what is kept, and makes the rest later.

    Raises: NotKeptError.
    """
    raise NotKeptError


class Memo(Protocol):
    """Gives results of earlier builds again, while what they were made from is the same."""

    def get(
        self,
        kind: str,
        key: object,
        make: Callable[[], Made],
        *,
        still: Callable[[Made], bool] = always,
    ) -> Made:
        """The result of `make`, or that of an earlier build.

        kind: what is made, one word. key: all that goes into it, as plain values.
        still: True while what a kept result asked on its way would be answered alike.
        What `make` raises goes through and is not kept.
        """

    def get_files(
        self,
        kind: str,
        key: object,
        make: Callable[[], tuple[Mapping[str, bytes], Made]],
        *,
        still: Callable[[Made], bool] = always,
    ) -> tuple[Mapping[str, Content], Made]:
        """Files by their paths, and what `make` gives besides; for the rest see `get`.

        Those that are kept are not read before somebody asks for their bytes.
        """

    def mark(self, value: object) -> str:
        """What stands for a large value in keys: the same for equal values alone."""

    def seen(self, file: str) -> str:
        """The SHA-256 of a file of the site as the build began, in hex digits; empty: not known.

        It may find what was made from those bytes. Nothing is to be made under it: a file is read
        later, and may be another then.
        """


class NoMemo:
    """Makes everything anew."""

    def get(
        self,
        kind: str,  # noqa: ARG002
        key: object,  # noqa: ARG002
        make: Callable[[], Made],
        *,
        still: Callable[[Made], bool] = always,  # noqa: ARG002
    ) -> Made:
        """What `make` gives."""
        return make()

    def get_files(
        self,
        kind: str,  # noqa: ARG002
        key: object,  # noqa: ARG002
        make: Callable[[], tuple[Mapping[str, bytes], Made]],
        *,
        still: Callable[[Made], bool] = always,  # noqa: ARG002
    ) -> tuple[Mapping[str, Content], Made]:
        """What `make` gives."""
        return make()

    def mark(self, value: object) -> str:  # noqa: ARG002
        """Nothing, as nothing is looked up by it."""
        return ""

    def seen(self, file: str) -> str:  # noqa: ARG002
        """Nothing, as nothing is looked up by it."""
        return ""


NO_MEMO = NoMemo()
