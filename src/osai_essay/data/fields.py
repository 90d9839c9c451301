"""One field of a schema -> Column."""

from __future__ import annotations

import re

from osai_essay.data.shape import Shapes
from osai_essay.located import YamlList, YamlMap, plain
from osai_essay.model import Column
from osai_essay.problem import Where, did_you_mean
from osai_essay.units import UnitError, read_unit

_BOUNDS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"})
_LENGTHS = frozenset({"minLength", "maxLength"})
_ANY = frozenset({"required", "unique"})
_ORDERED = _ANY | _BOUNDS | {"enum"}
# Field type -> the constraints it may have, as frictionless has them.
CONSTRAINTS = {
    "string": _ANY | _LENGTHS | {"pattern", "enum"},
    "integer": _ORDERED,
    "number": _ORDERED,
    "boolean": _ANY | {"enum"},
    "date": _ORDERED,
    "datetime": _ORDERED,
    "time": _ORDERED,
    "year": _ORDERED,
    "yearmonth": _ORDERED,
    "list": _ANY | _LENGTHS,
}
ENTITIES = ("country", "company")
_KEYS = {
    "name", "type", "format", "title", "description", "constraints", "missingValues", "example",
    "rdfType", "unit", "unitFrom", "references", "dates", "entity", "delimiter", "itemType",
    "trueValues", "falseValues", "decimalChar", "groupChar", "bareNumber", "categories",
    "categoriesOrdered",
}  # fmt: skip


def read_fields(shapes: Shapes, schema: YamlMap) -> tuple[Column, ...]:
    """The columns of a schema; two of one name, capitals aside, are a problem."""
    columns: dict[str, Column] = {}  # folded name -> column
    units: list[tuple[Column, Where]] = []
    for entry in shapes.entries(schema, "fields"):
        column = _read_field(shapes, entry)
        if column is None:
            continue
        first = columns.setdefault(column.name.casefold(), column)
        if first is not column:
            message = (
                f'two fields are called "{column.name}"; the first is on line {first.where.line}'
            )
            fix = "give each field a name of its own; capitals make no difference."
            shapes.add("field-twice", column.where, message, fix)
        units.append((column, entry.where("unitFrom")))
    names = [column.name for column in columns.values()]
    for column, where in units:
        _check_unit_from(shapes, column, where, names)
    return tuple(columns.values())


def _read_field(shapes: Shapes, entry: YamlMap) -> Column | None:
    name = shapes.text(entry, "name")
    if not name.strip():
        shapes.add("field-nameless", entry.place, "this field has no name", "add `name:`.")
        return None
    shapes.check_keys(entry, _KEYS, "field")
    kind = _read_type(shapes, entry)
    return Column(
        name=name,
        type=kind,
        title=shapes.text(entry, "title"),
        description=shapes.text(entry, "description"),
        unit=_read_unit(shapes, entry),
        unit_from=shapes.text(entry, "unitFrom") or None,
        references=shapes.text(entry, "references") or None,
        entity=_read_choice(shapes, entry, "entity", ENTITIES),
        constraints=_read_constraints(shapes, entry, kind),
        delimiter=_read_delimiter(shapes, entry),
        where=entry.where("name"),
    )


def _read_type(shapes: Shapes, entry: YamlMap) -> str:
    kind = shapes.text(entry, "type") or "string"
    if kind not in CONSTRAINTS:
        message = f'there is no field type "{kind}"'
        fix = did_you_mean(kind, CONSTRAINTS, else_say=f"the types are {', '.join(CONSTRAINTS)}.")
        shapes.add("field-type-unknown", entry.where("type"), message, fix)
        return "string"
    if not _read_choice(shapes, entry, "dates", ("partial",)):
        return kind
    if kind == "string":
        return "partial-date"
    message = f"`dates: partial` is for fields of type string, and this is {kind}"
    shapes.add("field-key-wrong", entry.where("dates"), message, "write `type: string`.")
    return kind


def _read_unit(shapes: Shapes, entry: YamlMap) -> str | None:
    try:
        return read_unit(shapes.text(entry, "unit")).text or None
    except UnitError as error:
        shapes.add("unit-unknown", entry.where("unit"), error.message, error.fix)
        return None


def _read_choice(shapes: Shapes, entry: YamlMap, key: str, choices: tuple[str, ...]) -> str | None:
    value = shapes.text(entry, key)
    if not value or value in choices:
        return value or None
    message = f'`{key}` cannot be "{value}"'
    fix = did_you_mean(value, choices, else_say=f"write {' or '.join(choices)}.")
    shapes.add("field-key-wrong", entry.where(key), message, fix)
    return None


def _read_delimiter(shapes: Shapes, entry: YamlMap) -> str:
    delimiter = entry.get("delimiter")
    if delimiter is None:
        return "," if entry.get("type") == "list" else ";"
    if isinstance(delimiter, str) and delimiter:
        return delimiter
    shapes.wrong(entry.where("delimiter"), "delimiter", "text such as ';'", delimiter)
    return ";"


def _read_constraints(shapes: Shapes, entry: YamlMap, kind: str) -> dict[str, object]:
    constraints = shapes.value(entry, "constraints", YamlMap)
    allowed = CONSTRAINTS["string" if kind == "partial-date" else kind]
    found: dict[str, object] = {}
    for key in constraints or ():
        if key not in allowed:
            message = f'a field of type {kind} has no constraint "{key}"'
            fix = did_you_mean(key, allowed, else_say=f"it may have {', '.join(sorted(allowed))}.")
            shapes.add("field-constraint", constraints.key_where(key), message, fix)
        elif _is_constraint(shapes, constraints, key):
            found[key] = plain(constraints[key])
    return found


def _is_constraint(shapes: Shapes, constraints: YamlMap, key: str) -> bool:
    value, where = constraints[key], constraints.where(key)
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    if key in _ANY and not isinstance(value, bool):
        shapes.wrong(where, key, "true or false", value)
    elif key in _LENGTHS and not is_whole:
        shapes.wrong(where, key, "a whole number", value)
    elif key == "enum" and not (isinstance(value, YamlList) and value):
        shapes.wrong(where, key, "a list of the values allowed", value)
    elif key in _BOUNDS and isinstance(value, YamlMap | YamlList | bool | None):
        shapes.wrong(where, key, "one value", value)
    elif key == "pattern":
        return _is_pattern(shapes, constraints)
    else:
        return True
    return False


def _is_pattern(shapes: Shapes, constraints: YamlMap) -> bool:
    value, where = constraints["pattern"], constraints.where("pattern")
    if not isinstance(value, str):
        shapes.wrong(where, "pattern", "a regular expression in quotes", value)
        return False
    try:
        re.compile(value)
    except (re.error, RecursionError, OverflowError) as error:
        message = f"this is not a regular expression: {error}"
        shapes.add("field-constraint", where, message, "correct it; try it on a value or two.")
        return False
    return True


def _check_unit_from(shapes: Shapes, column: Column, where: Where, names: list[str]) -> None:
    if column.unit_from and column.unit_from not in names:
        message = f'`unitFrom` names no field: "{column.unit_from}"'
        fix = did_you_mean(column.unit_from, names, else_say="name the field that holds the unit.")
        shapes.add("field-unknown", where, message, fix)
