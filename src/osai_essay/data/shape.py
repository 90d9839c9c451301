"""Reading YAML that may have any shape: what is not of the due kind becomes a problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from osai_essay.located import YamlList, YamlMap
from osai_essay.problem import Problem, Severity, Where, did_you_mean, nearest

_KINDS = {str: "text", bool: "true or false", YamlMap: "a mapping", YamlList: "a list"}


class Shapes:
    """Gathers the problems of one file while its keys are read."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(
        self, code: str, where: Where, message: str, fix: str, severity: Severity = "error"
    ) -> None:
        """One more problem."""
        self.problems.append(
            Problem(code=code, where=where, message=message, fix=fix, severity=severity)
        )

    def text(self, data: YamlMap, key: str) -> str:
        """Text, empty where the key is absent or of another kind."""
        value = self.value(data, key, str)
        return value if isinstance(value, str) else ""

    def value(self, data: YamlMap, key: str, kind: type) -> Any:
        """The value of a key if it is of this kind, else None."""
        value = data.get(key)
        if value is None or isinstance(value, kind):
            return value
        self.wrong(data.where(key), key, _KINDS[kind], value)
        return None

    def texts(self, data: YamlMap, key: str) -> tuple[tuple[str, Where], ...]:
        """One text or a list of them, with their places."""
        value = data.get(key)
        if value is None:
            return ()
        if isinstance(value, str):
            return ((value, data.where(key)),)
        if not isinstance(value, YamlList):
            self.wrong(data.where(key), key, "text or a list of texts", value)
            return ()
        return tuple(self._texts_of(value, key))

    def entries(self, data: YamlMap, key: str) -> tuple[YamlMap, ...]:
        """A list of mappings."""
        value = self.value(data, key, YamlList)
        found = []
        for index, entry in enumerate(value or ()):
            if isinstance(entry, YamlMap):
                found.append(entry)
            else:
                self.wrong(value.where(index), f"{key} entry", "a mapping", entry)
        return tuple(found)

    def entries_of(
        self, data: YamlMap, key: str, known: Iterable[str], what: str
    ) -> tuple[YamlMap, ...]:
        """A list of mappings, each of which has these keys."""
        found = self.entries(data, key)
        for entry in found:
            self.check_keys(entry, known, what)
        return found

    def wrong(self, where: Where, key: str, due: str, value: Any) -> None:
        """A value of another kind than the key wants."""
        message = f"`{key}` must be {due}, and is {describe_kind(value)}"
        self.add("datapackage-shape", where, message, f"write {due} here.")

    def check_keys(self, data: YamlMap, known: Iterable[str], what: str) -> None:
        """Warn of a key that looks like a known one: other keys are anyone's own."""
        names = set(known)
        for key in data:
            near = None if key in names else nearest(key, names - set(data))
            if near:
                message = f"`{key}` is no key of a {what} that this program reads"
                fix = did_you_mean(key, [near], else_say="")
                self.add("datapackage-key", data.key_where(key), message, fix, "warning")

    def _texts_of(self, value: YamlList, key: str) -> Iterator[tuple[str, Where]]:
        for index, item in enumerate(value):
            if isinstance(item, str):
                yield item, value.where(index)
            else:
                self.wrong(value.where(index), f"{key} entry", "text", item)


def describe_kind(value: Any) -> str:
    """What a YAML value is, in words."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return f'the text "{value[:40]}"'
    return "a mapping" if isinstance(value, YamlMap) else "a list"
