"""What a parsed SELECT reads and calls: DuckDB's syntax tree, walked without DuckDB."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from osai_essay.struct import Struct

# The only functions that may stand after FROM; every other one reads files, settings or itself.
TABLE_FUNCTIONS = frozenset(
    {"range", "generate_series", "unnest", "repeat", "repeat_row", "json_each", "json_tree"}
)
# Not the same on every run, though DuckDB calls them consistent, or tied to one version of it.
NOT_REPEATABLE = frozenset(
    {"current_localtime", "current_localtimestamp", "localtime", "localtimestamp", "ago", "version",
     "reservoir_quantile", "pg_conf_load_time", "pg_postmaster_start_time", "pg_sleep"}
)  # fmt: skip
# Words that are a function without brackets.
CLOCK_WORDS = frozenset(
    {"current_date", "current_time", "current_timestamp", "localtime", "localtimestamp"}
)
OUTSIDE = frozenset(
    {"getenv", "current_setting", "getvariable", "current_database", "current_schema",
     "current_schemas", "current_catalog", "current_user", "current_role", "session_user", "user",
     "current_query", "in_search_path", "query", "query_table", "json_execute_serialized_sql",
     "json_serialize_plan", "write_log", "get_block_size", "col_description", "obj_description",
     "shobj_description", "stats", "sniff_csv", "glob", "which_secret", "summary"}
)  # fmt: skip
OUTSIDE_STARTS = ("read_", "parquet_", "pg_", "duckdb_", "pragma_", "inet_", "has_", "__internal_")
# The statements that only read; DuckDB takes INSERT and the like inside WITH too.
QUERY_NODES = frozenset(
    {"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE", "STATEMENT_NODE"}
)
_NO_PLACE = 18446744073709551615  # DuckDB's "no location"


class Refused(Struct, frozen=True, kw_only=True):
    """Something a query may not hold; byte: its offset in the SQL, None if unknown."""

    code: str
    message: str
    fix: str
    byte: int | None
    width: int = 1


class TableUse(Struct, frozen=True, kw_only=True):
    """A table named after FROM: its path (`main.capex` has two parts) and its place."""

    path: tuple[str, ...]
    byte: int | None
    width: int


def walk(tree: Any) -> Iterator[Mapping[str, Any]]:
    """Every node of a tree, parents first, in the order of the text; without recursion."""
    todo = [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            yield node
            todo.extend(reversed(list(node.values())))
        elif isinstance(node, list):
            todo.extend(reversed(node))


def find_tables(tree: Any) -> tuple[TableUse, ...]:
    """Every table named in a tree, names of WITH included."""
    found = []
    for node in walk(tree):
        if node.get("type") == "BASE_TABLE":
            path = node.get("qualified_name", {}).get("path") or [node.get("table_name", "")]
            byte, width = _place(node)
            found.append(TableUse(path=tuple(path), byte=byte, width=width))
    return tuple(found)


def find_with_names(tree: Any) -> frozenset[str]:
    """The names, case folded, that WITH gives to parts of the query."""
    maps = (node["cte_map"].get("map", ()) for node in walk(tree) if "cte_map" in node)
    return frozenset(str(entry["key"]).casefold() for entries in maps for entry in entries)


def find_refused(tree: Any, volatile: frozenset[str]) -> Refused | None:
    """The first thing that may not stand in a query.

    volatile: the functions that DuckDB itself says are not the same on every call.
    """
    for node in walk(tree):
        refused = (
            _refuse_table(node)
            or _refuse_function(node, volatile)
            or _refuse_word(node)
            or _refuse_sample(node)
        )
        if refused:
            return refused
    return None


def is_one_expression(tree: Any, bare: Any) -> bool:
    """True if `SELECT (text)` is nothing but one bracket, so that no text can break out of it.

    bare: the tree of `SELECT (1)`.
    """
    if len(tree.get("statements", ())) != 1:
        return False
    node, plain = tree["statements"][0]["node"], bare["statements"][0]["node"]
    if node.get("type") != "SELECT_NODE" or len(node.get("select_list", ())) != 1:
        return False
    if node["select_list"][0].get("alias") or node["select_list"][0].get("class") == "STAR":
        return False
    return _without_places(node) == _without_places(plain)


def _without_places(node: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in node.items() if key != "select_list"}
    table = kept.get("from_table")
    if isinstance(table, dict):
        kept["from_table"] = {
            key: value for key, value in table.items() if not key.startswith("query_location")
        }
    return kept


def _place(node: Mapping[str, Any]) -> tuple[int | None, int]:
    byte = node.get("query_location")
    known = isinstance(byte, int) and byte != _NO_PLACE
    return (byte if known else None), int(node.get("query_location_length") or 1)


def _refuse_table(node: Mapping[str, Any]) -> Refused | None:
    byte, width = _place(node)
    if node.get("type") == "SHOW_REF":
        return Refused(
            code="sql-not-one-select",
            message="DESCRIBE, SHOW and SUMMARIZE are not queries over the data",
            fix="write one SELECT.",
            byte=byte,
        )
    kind = str(node.get("type", ""))
    if kind.endswith("_NODE") and kind not in QUERY_NODES:
        return Refused(
            code="sql-not-one-select",
            message=f"{kind.split('_')[0]} changes data or writes files",
            fix="write SELECT alone, after WITH too.",
            byte=byte,
        )
    if kind != "TABLE_FUNCTION":
        return None
    name = str(node.get("function", {}).get("function_name", "")).casefold()
    if name in TABLE_FUNCTIONS:
        return None
    return _outside(f"{name}(...) after FROM", byte, width)


def _refuse_function(node: Mapping[str, Any], volatile: frozenset[str]) -> Refused | None:
    if node.get("class") not in ("FUNCTION", "WINDOW"):
        return None
    name = str(node.get("function_name", "")).casefold()
    byte, width = _place(node)
    if name in OUTSIDE or name.startswith(OUTSIDE_STARTS):
        return _outside(f"{name}(...)", byte, width)
    arguments = node.get("arguments") or node.get("children") or []
    if name in volatile or name in NOT_REPEATABLE or (name == "age" and len(arguments) == 1):
        return _not_repeatable(f"{name}(...)", byte, width)
    return None


def _refuse_word(node: Mapping[str, Any]) -> Refused | None:
    if node.get("class") == "PARAMETER":
        return Refused(
            code="sql-unreadable",
            message="a placeholder such as ? or $1 has no value here",
            fix="write the value itself.",
            byte=_place(node)[0],
        )
    names = node.get("column_names") if node.get("class") == "COLUMN_REF" else None
    if not names or len(names) != 1 or str(names[0]).casefold() not in CLOCK_WORDS:
        return None
    return _not_repeatable(str(names[0]), *_place(node))


def _refuse_sample(node: Mapping[str, Any]) -> Refused | None:
    sample = node.get("sample")
    return _not_repeatable("a sample", *_place(node)) if isinstance(sample, dict) else None


def _not_repeatable(what: str, byte: int | None, width: int) -> Refused:
    return Refused(
        code="sql-not-repeatable",
        message=f"{what} is not the same on every build",
        fix="write the value itself, such as DATE '2026-11-21', or leave it out.",
        byte=byte,
        width=width,
    )


def _outside(what: str, byte: int | None, width: int) -> Refused:
    return Refused(
        code="sql-outside",
        message=f"{what} looks outside the site's datasets",
        fix="read datasets alone, by their names; put a file into data/ to make it one.",
        byte=byte,
        width=width,
    )
