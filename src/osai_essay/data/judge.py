"""A field of a schema as frictionless has it: the one door to frictionless."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from osai_essay.model import Column, Dataset

# A cell -> its value, and what is wrong with it by the name of the rule.
Judge = Callable[[Any], tuple[Any, dict[str, str] | None]]
# Takes all that version 1 takes, and exclusive bounds.
_VERSION = "https://datapackage.org/profiles/2.0/tableschema.json"


class FieldError(Exception):
    """Why no column can be read by a field."""


def field_descriptor(dataset: Dataset, column: Column) -> dict[str, Any]:
    """The field as plain values for frictionless, with our own type written in its terms."""
    schema = dataset.descriptor.get("schema")
    fields = schema.get("fields", ()) if isinstance(schema, Mapping) else ()
    found = next((f for f in fields if isinstance(f, dict) and f.get("name") == column.name), {})
    kind = "string" if column.type == "partial-date" else column.type
    kept = {
        key: value for key, value in found.items() if key not in ("title", "description", "example")
    }
    descriptor = {**kept, "name": column.name, "type": kind}
    if kind == "list":
        descriptor["delimiter"] = column.delimiter
    # Not the pattern: frictionless would match it without a clock, and anchor only a part of it.
    constraints = {name: rule for name, rule in column.constraints.items() if name != "pattern"}
    descriptor.pop("constraints", None)
    if constraints:
        descriptor["constraints"] = constraints
    return descriptor


def missing_values(dataset: Dataset) -> Any:
    """What stands for an empty cell, as the schema has it; None where it says nothing."""
    schema = dataset.descriptor.get("schema")
    return schema.get("missingValues") if isinstance(schema, Mapping) else None


def find_fault(descriptor: Mapping[str, Any], missing: Any) -> str:
    """Why no column can be read by a field; empty for a field that is right."""
    try:
        make_judge(descriptor, missing)
    except FieldError as error:
        return str(error)
    return ""


def make_judge(descriptor: Mapping[str, Any], missing: Any) -> Judge:
    """Frictionless's reader of a field's cells.

    Raises: FieldError, where the field or `missingValues` is wrong.
    """
    from frictionless import FrictionlessException, Schema

    described: dict[str, Any] = {"$schema": _VERSION, "fields": [descriptor]}
    if missing is not None:
        described["missingValues"] = missing
    try:
        field = Schema.from_descriptor(described).fields[0]
        values = field.create_value_reader()
        for name, bound in descriptor.get("constraints", {}).items():
            bounds = bound if name == "enum" else [bound] if "imum" in name else []
            for each in bounds:
                if values(each) is None:
                    kind = descriptor["type"]
                    raise FieldError(f'the {name} "{each}" is not of the field\'s type {kind}')
        return field.create_cell_reader()
    except FrictionlessException as error:
        notes = [reason.note for reason in error.reasons] or [error.error.note]
        raise FieldError("; ".join(notes)) from None
    except (ValueError, TypeError, KeyError, ArithmeticError) as error:
        raise FieldError(str(error)) from None
