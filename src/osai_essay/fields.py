"""Typed values out of a located mapping: what has the wrong type is a problem, not a crash."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from osai_essay.located import YamlList, YamlMap
from osai_essay.problem import Problem, Where, did_you_mean, nearest

_COMMENT = re.compile(r"<!--(?!-?>)(?:(?!--)[^<])*-->", re.DOTALL)
_TRUE = {"yes", "on", "true", "y"}
_FALSE = {"no", "off", "false", "n"}


class Fields:
    """Reads one mapping key by key and gathers what is wrong with it.

    kind: what the mapping is, for codes and messages, such as `front matter` and `front-matter`.
    """

    def __init__(self, data: YamlMap, kind: str) -> None:
        self.data = data
        self.kind = kind
        self.problems: list[Problem] = []

    def text(self, key: str, default: str = "") -> str:
        """A line of text; a number is taken as its text."""
        value = self.data.get(key)
        if value is None:
            return default
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            return str(value)
        self.wrong(key, "text")
        return default

    def comment(self, key: str) -> str:
        """An HTML comment such as `<!--more-->`; blank lines alone stand for none."""
        text = self.text(key).strip()
        if text and not _COMMENT.fullmatch(text):
            self.wrong(key, "an HTML comment such as <!--more-->")
            return ""
        return text

    def flag(self, key: str, *, default: bool = False) -> bool:
        """True or false; yes, no, on and off count too, as they do in Jekyll."""
        value = self.data.get(key)
        if value is None:
            return default
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value.casefold() in _TRUE | _FALSE:
            return value.casefold() in _TRUE
        self.wrong(key, "true or false")
        return default

    def texts(self, key: str, *, split: bool = False) -> tuple[tuple[str, Where], ...]:
        """A list of words, each with its place; one word alone counts as a list of one.

        split: take one string apart at spaces, as Jekyll does with tags.
        """
        value = self.data.get(key)
        if value is None:
            return ()
        if isinstance(value, str):
            where = self.data.where(key)
            return tuple((word, where) for word in (value.split() if split else [value]) if word)
        if isinstance(value, YamlList):
            found = [self._word(key, item, value.where(i)) for i, item in enumerate(value)]
            return tuple(each for each in found if each)
        self.wrong(key, "a list of words")
        return ()

    def _word(self, key: str, item: Any, where: Where) -> tuple[str, Where] | None:
        if isinstance(item, str | int | float) and not isinstance(item, bool):
            return str(item), where
        self.wrong(key, "a list of words", where, item=item)
        return None

    def mapping(self, key: str) -> YamlMap | None:
        """A mapping, or None where the key is absent."""
        value = self.data.get(key)
        if value is None or isinstance(value, YamlMap):
            return value
        self.wrong(key, "a mapping of keys and values")
        return None

    def maps(self, key: str) -> tuple[YamlMap, ...]:
        """A list of mappings; empty where the key is absent."""
        value = self.data.get(key)
        if value is None:
            return ()
        if isinstance(value, YamlList):
            for index, item in enumerate(value):
                if not isinstance(item, YamlMap):
                    self.wrong(key, "a list of mappings", value.where(index), item=item)
            return tuple(item for item in value if isinstance(item, YamlMap))
        self.wrong(key, "a list of mappings")
        return ()

    def require(self, key: str, fix: str) -> bool:
        """True if the key has a value; a problem if it has none."""
        if self.data.get(key) not in (None, ""):
            return True
        self.problems.append(
            Problem(
                code=f"{self.code}-incomplete",
                where=self.data.key_where(key),
                message=f'this {self.kind} has no "{key}"',
                fix=fix,
            )
        )
        return False

    def only(self, known: Iterable[str], *, also: Iterable[str] = ()) -> None:
        """A problem for each key that is not known; `also`: known, but not offered."""
        known = tuple(known)
        for key in self.data:
            if key not in known and key not in tuple(also):
                self.problems.append(
                    Problem(
                        code=f"{self.code}-key-unknown",
                        where=self.data.key_where(key),
                        message=f'{self.article} {self.kind} has no key "{key}"',
                        fix=did_you_mean(key, known, else_say=f"it knows {', '.join(known)}."),
                    )
                )

    def alike(self, known: Iterable[str], *, grave: Iterable[str] = (), to: str) -> None:
        """Warn of each key that an author may have any of, and that is nearly a known one.

        grave: keys near which it is an error, as a slip would publish what is not meant to be.
        to: what templates have the other keys in, `page` or `site`.
        """
        known = tuple(known)
        for key in self.data:
            near = None if key in known else nearest(key, known, cutoff=0.8)
            is_own = near and key.startswith((f"{near}_", f"{near}-"))  # such as published_at
            if near and not is_own:
                self.problems.append(
                    Problem(
                        code="key-alike",
                        where=self.data.key_where(key),
                        message=f'"{key}" is no key of the {self.kind} that this program reads',
                        fix=f'did you mean "{near}"? Other keys go to templates as {to}.KEY.',
                        severity="error" if near in tuple(grave) else "warning",
                    )
                )

    @property
    def article(self) -> str:
        """`a` or `an`, as the kind wants it."""
        return "an" if self.kind[0] in "aeiou" else "a"

    @property
    def code(self) -> str:
        """The kind as codes have it."""
        return self.kind.replace(" ", "-")

    def wrong(self, key: str, wanted: str, where: Where | None = None, *, item: Any = None) -> None:
        """Note that a key's value, or the item of it at `where`, is not what it should be."""
        found = item if where else self.data.get(key)
        self.problems.append(
            Problem(
                code=f"{self.code}-wrong",
                where=where or self.data.where(key),
                message=f'"{key}" must be {wanted}, not {_describe(found)}',
                fix=f"write {key}: as {wanted}.",
            )
        )


def _describe(value: Any) -> str:
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, YamlList):
        return "a list"
    if value is None:
        return "empty"
    return f'"{str(value)[:60]}"'
