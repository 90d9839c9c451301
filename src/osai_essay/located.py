"""YAML whose every value knows its line: the one door to PyYAML.

Safe by construction: a document is composed into nodes and the nodes become plain values; no tag
makes an object. Scalars follow YAML 1.2: `no` is text, `2026-11-21` is text, `010` is ten.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from osai_essay.problem import Problem, SiteError, TextWhere, Where
from osai_essay.struct import replace
from osai_essay.written import where_text
from osai_essay.yaml_faults import QUOTES, explain

MAX_DEPTH = 40
MAX_VALUES = 2_000_000
MAX_DIGITS = 18

_NULLS = {"", "~", "null", "Null", "NULL"}
_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPECIAL_FLOATS = {".inf": math.inf, "-.inf": -math.inf, ".nan": math.nan}

Value = Any  # None, bool, int, float, str, YamlMap or YamlList


@dataclass(frozen=True, slots=True, eq=False)
class YamlMap(Mapping[str, Value]):
    """A mapping; `where(key)` is the place of its value, `key_where(key)` that of the key."""

    values_by_key: Mapping[str, Value]
    places: Mapping[str, Where]
    key_places: Mapping[str, Where]
    place: Where

    def __getitem__(self, key: str) -> Value:
        """The value of a key."""
        return self.values_by_key[key]

    def __iter__(self) -> Iterator[str]:
        """The keys in the order of the file."""
        return iter(self.values_by_key)

    def __len__(self) -> int:
        """How many keys there are."""
        return len(self.values_by_key)

    def where(self, key: str) -> Where:
        """Where the value of a key begins; the mapping's own place for an absent key."""
        return self.places.get(key, self.place)

    def value_where(self, key: str) -> Where:
        """Where the value of a key stands, as wide as it is if it is a word on one line."""
        value, where = self.values_by_key.get(key), self.where(key)
        is_short = isinstance(value, str | int | float) and not isinstance(where, TextWhere)
        return replace(where, width=max(1, len(str(value)))) if is_short else where

    def key_where(self, key: str) -> Where:
        """Where the key stands; the mapping's own place for an absent key."""
        return self.key_places.get(key, self.place)


def empty_map(place: Where) -> YamlMap:
    """A mapping without keys, for a file that says nothing."""
    return YamlMap(values_by_key={}, places={}, key_places={}, place=place)


@dataclass(frozen=True, slots=True, eq=False)
class YamlList(Sequence[Value]):
    """A list; `where(index)` is the place of an item."""

    items: tuple[Value, ...]
    places: tuple[Where, ...]
    place: Where

    def __getitem__(self, index: Any) -> Any:
        """An item, or items for a slice."""
        return self.items[index]

    def __len__(self) -> int:
        """How many items there are."""
        return len(self.items)

    def where(self, index: int) -> Where:
        """Where an item begins."""
        return self.places[index]


def read_yaml(source: str, file: str, *, first_line: int = 1) -> Value:
    """The one document of a YAML text, with places.

    first_line: the file's line on which the text begins (front matter begins on 2).
    Raises: SiteError with yaml-unreadable, yaml-key-twice or yaml-too-deep.
    """
    try:
        _check_events(source, file, first_line)
        node = yaml.compose(source, Loader=_loader())
    except yaml.MarkedYAMLError as error:
        fault = explain(error, source)
        where = Where(file=file, line=fault.line + first_line, column=fault.column + 1)
        raise SiteError(_unreadable(where, fault.what, fault.fix)) from None
    except yaml.reader.ReaderError as error:
        before = source.encode("utf-8", "replace")[: error.position]  # it counts in bytes
        line = before.count(b"\n") + first_line
        what = f"it holds a character that no YAML may hold: {error.reason}"
        raise SiteError(_unreadable(Where(file=file, line=line), what)) from None
    except (yaml.YAMLError, ValueError) as error:
        raise SiteError(_unreadable(Where(file=file, line=first_line), str(error))) from None
    except RecursionError:
        raise SiteError(_too_deep(Where(file=file, line=first_line))) from None
    if node is None:
        return None
    return _Reader(file, first_line, source).read(node, depth=0)


def _check_events(source: str, file: str, first_line: int) -> None:
    """What the composer may not be shown: it crashes on deep nesting, and tags mean nothing here.

    Raises: SiteError with yaml-too-deep or yaml-unreadable.
    """
    depth = 0
    for event in yaml.parse(source, Loader=_loader()):
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            depth += isinstance(event, yaml.CollectionStartEvent)
            if event.tag is not None:
                where = _where(event.start_mark, file, first_line)
                raise SiteError(_tag_refused(where, event.tag))
            if depth > MAX_DEPTH:
                raise SiteError(_too_deep(_where(event.start_mark, file, first_line)))


def plain(value: Value) -> Any:
    """The value with plain dicts and lists in it, for a library that wants those."""
    if isinstance(value, YamlMap):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, YamlList):
        return [plain(item) for item in value]
    return value


def _loader() -> type[Any]:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Reader:
    """Turns the nodes of one document into values, each shared node once."""

    def __init__(self, file: str, first_line: int, source: str) -> None:
        self.file = file
        self.source = source
        self.first_line = first_line
        self.done: dict[int, Value] = {}
        self.weights: dict[int, int] = {}  # how many values each node stands for
        self.open: set[int] = set()
        self.count = 0

    def read(self, node: yaml.Node, *, depth: int) -> Value:
        where = _where(node.start_mark, self.file, self.first_line)
        if id(node) in self.done:
            self.count += self.weights[id(node)]  # an alias counts as all it stands for
            if self.count > MAX_VALUES:
                raise SiteError(_too_deep(where))
            return self.done[id(node)]
        before = self.count
        self.count += 1
        if depth > MAX_DEPTH or id(node) in self.open or self.count > MAX_VALUES:
            raise SiteError(_too_deep(where))
        self.open.add(id(node))
        value = self._read_kind(node, where, depth)
        self.open.discard(id(node))
        self.done[id(node)] = value
        self.weights[id(node)] = self.count - before
        return value

    def _read_kind(self, node: yaml.Node, where: Where, depth: int) -> Value:
        if isinstance(node, yaml.MappingNode):
            return self._read_map(node, where, depth)
        if isinstance(node, yaml.SequenceNode):
            items = tuple(self.read(item, depth=depth + 1) for item in node.value)
            places = tuple(self._value_where(item) for item in node.value)
            return YamlList(items=items, places=places, place=where)
        return _read_scalar(node, where)

    def _read_map(self, node: yaml.MappingNode, where: Where, depth: int) -> YamlMap:
        values: dict[str, Value] = {}
        places: dict[str, Where] = {}
        key_places: dict[str, Where] = {}
        for key_node, value_node in node.value:
            key, key_where = self._read_key(key_node)
            if key in values:
                raise SiteError(_key_twice(key, key_where, key_places[key]))
            values[key] = self.read(value_node, depth=depth + 1)
            places[key] = self._value_where(value_node)
            key_places[key] = key_where
        return YamlMap(values_by_key=values, places=places, key_places=key_places, place=where)

    def _read_key(self, node: yaml.Node) -> tuple[str, Where]:
        where = _where(node.start_mark, self.file, self.first_line)
        if node.tag == "tag:yaml.org,2002:merge":
            raise SiteError(_unreadable(where, "YAML 1.2 has no `<<`; write the keys out"))
        if not isinstance(node, yaml.ScalarNode):
            raise SiteError(_unreadable(where, "a key must be a word, not a list or a mapping"))
        return str(node.value), where

    def _value_where(self, node: yaml.Node) -> Where:
        """Where the text of a value begins: behind its quote, or below its `|`."""
        where = _where(node.start_mark, self.file, self.first_line)
        if not isinstance(node, yaml.ScalarNode):
            return where
        text, written = str(node.value), self.source[node.start_mark.index : node.end_mark.index]
        return where_text(where, node.style, text, written)


def _read_scalar(node: yaml.Node, where: Where) -> Value:
    text = str(node.value)
    if NO_TEXT.search(text):
        what = "it holds a control character, which no page or picture may hold"
        fix = "take it out; an editor shows it as a blank, a box or a code such as <85>."
        raise SiteError(_unreadable(where, what, fix))
    if getattr(node, "style", None):
        return text  # quoted, or a block: text whatever it says
    if text in _NULLS:
        return None
    if text in _BOOLS:
        return _BOOLS[text]
    if _INTEGER.fullmatch(text) and len(text) <= MAX_DIGITS:
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return _SPECIAL_FLOATS.get(text.lower().lstrip("+"), text)


def _where(mark: Any, file: str, first_line: int) -> Where:
    return Where(file=file, line=mark.line + first_line, column=mark.column + 1)


def _unreadable(where: Where, what: str, fix: str = QUOTES) -> Problem:
    message = f"this is not valid YAML: {what}"
    return Problem(code="yaml-unreadable", where=where, message=message, fix=fix)


def _tag_refused(where: Where, tag: str) -> Problem:
    return Problem(
        code="yaml-unreadable",
        where=where,
        message=f"the tag {tag.replace('tag:yaml.org,2002:', '!!')} is not read: a site has plain "
        "values only",
        fix="take the tag out; put quotes around what should be text.",
    )


def _key_twice(key: str, where: Where, first: Where) -> Problem:
    return Problem(
        code="yaml-key-twice",
        where=where,
        message=f'the key "{key}" stands twice; the first is on line {first.line}',
        fix="keep one of the two.",
    )


def _too_deep(where: Where) -> Problem:
    return Problem(
        code="yaml-too-deep",
        where=where,
        message="this YAML is nested too deeply, refers to itself or is too large",
        fix=f"keep it under {MAX_DEPTH} levels and {MAX_VALUES:,} values, without alias loops.",
    )
