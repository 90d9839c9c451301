"""Which module may import which: the architecture as a small table, held against every import.

A package counts as one module. An arrow that is not in the table is a decision to take, not to
slip in: add it here with a reason, or hand the value on through build.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "osai_essay"

# module -> what it may import of ours. Each module may import problem and model besides.
ARROWS = {
    # values and words that everybody may use
    "__init__": "",
    "struct": "",
    "problem": "",
    "model": "",
    "located": "written yaml_faults",
    "yaml_faults": "",
    "written": "text_lines",
    "fields": "located",
    "blanks": "located",
    "files": "",
    "dates": "",
    "colors": "",
    "formats": "dates",
    "units": "formats",
    "images": "",
    "names": "",
    "urls": "",
    "punctuation": "",
    "text_lines": "",
    "template": "files formats located punctuation text_lines units",  # what is a file, what leads out of a folder
    "child": "",  # a process with a clock and a memory limit
    # stages: values in, values out
    "config": "fields files located",
    "content": "dates fields files formats located punctuation template units",
    "data": "blanks dates files formats located text_lines units",
    "query": "child",
    "charts": "child colors files formats located punctuation",
    "prose": "punctuation",
    "plan": "urls",
    # charts: the kinds, and how figures are read; template and prose: which words are an author's
    "checks": "bind charts colors files formats links plan prose template text_lines urls",
    "write": "urls",
    # what turns values into pages: prose and tables come in here, for they are asked page by page
    "assets": "template",
    "links": "files images plan urls",
    "pages": "assets bind charts child files formats links names plan prose punctuation template urls",
    # build knows every stage; load, gather and draw are its first steps, each a file of its own
    "load": "blanks charts config content data fields files located template",
    "gather": "data query files",
    # gather for the rows behind a number and the sources they name
    "bind": "formats gather located query template units",
    # a state of the data is gathered and bound as a build does it
    "changes": "bind blanks charts data files formats gather located names query template",
    "report": "blanks changes load plan",
    # drafts what an author goes on with, from the files as data reads them
    "scaffold": "blanks data files formats located urls",
    "draw": "bind charts gather names query template",
    "steps": "assets bind charts checks draw gather pages plan query template",
    "build": "blanks changes charts checks draw gather load pages plan query report steps template write",
    "cache": "files",
    "serve": "build cache changes files",
    "cli": "__init__ build cache changes config files load report scaffold serve",
    "__main__": "cli",
}
EVERYBODYS = {"problem", "model", "struct"}
STAGES = "config content data query charts prose plan write".split()

# library -> the modules that may import it
DOORS = {
    "babel": "formats",
    "click": "cli",
    "duckdb": "query",
    "frictionless": "data",
    "jinja2": "template",
    "latex2mathml": "prose",
    "markdown": "prose",
    "markupsafe": "template pages",
    "mirage": "charts",
    "msgspec": "struct",
    "numpy": "charts data",
    "pandas": "charts data",
    "PIL": "charts images",
    "plotly": "charts",
    "pyarrow": "data",
    "pygments": "prose",
    "pymdownx": "prose",
    "quickjs": "charts",
    "regex": "data",
    "resvg_py": "charts",
    "starlette": "serve",
    "uvicorn": "serve",
    "watchfiles": "serve",
    "yaml": "located",
}
# These take a tenth of a second or more to load: imported by the function that needs them.
HEAVY = set("PIL babel duckdb frictionless mirage numpy pandas plotly pyarrow quickjs".split())
CHILD_ONLY = {"query/worker.py"}  # loaded in the child alone, where it is needed at once


def module_of(path: Path) -> str:
    return path.relative_to(SOURCE).with_suffix("").parts[0]


def imports_of(tree: ast.AST) -> Iterator[tuple[str, ...]]:
    """Each imported name as its parts: ("osai_essay", "plan")."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (tuple(each.name.split(".")) for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "write imports in full: from osai_essay.x import y"
            parts = tuple((node.module or "").split("."))
            is_root = parts == ("osai_essay",)
            yield from ((*parts, each.name) for each in node.names) if is_root else [parts]


def imports_at_top(tree: ast.Module) -> Iterator[tuple[str, ...]]:
    """Those that run when the module is loaded."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from imports_of(node)
        waiting += ast.iter_child_nodes(node)


def our_module(parts: tuple[str, ...]) -> str:
    """The module of ours that an import names: `from osai_essay import __version__` is __init__."""
    name = parts[1] if len(parts) > 1 else "__init__"
    return name if name in MODULES else "__init__"


FILES = sorted(SOURCE.rglob("*.py"))
MODULES = sorted({module_of(path) for path in FILES})
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}


def test_every_module_stands_in_the_table():
    assert set(MODULES) <= set(ARROWS)


@pytest.mark.parametrize("module", MODULES)
def test_module_imports_only_what_it_may(module):
    used = {
        our_module(parts)
        for path in FILES
        if module_of(path) == module
        for parts in imports_of(TREES[path])
        if parts[0] == "osai_essay"
    }
    assert sorted(used - {module} - EVERYBODYS - set(ARROWS[module].split())) == []


@pytest.mark.parametrize("module", MODULES)
def test_library_is_imported_through_its_door(module):
    used = {
        parts[0]
        for path in FILES
        if module_of(path) == module
        for parts in imports_of(TREES[path])
        if parts[0] not in sys.stdlib_module_names and parts[0] != "osai_essay"
    }
    assert sorted(name for name in used if module not in DOORS.get(name, "").split()) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_heavy_library_is_imported_late(path):
    if path.relative_to(SOURCE).as_posix() not in CHILD_ONLY:
        assert {parts[0] for parts in imports_at_top(TREES[path])} & HEAVY == set()


@pytest.mark.parametrize("name", sorted(CHILD_ONLY))
def test_module_of_the_child_is_imported_by_nobody(name):
    dotted = ("osai_essay", *Path(name).with_suffix("").parts)
    importers = [path for path in FILES if dotted in set(imports_of(TREES[path]))]
    assert importers == []


def test_stages_do_not_import_one_another():
    crossing = {stage: set(ARROWS[stage].split()) & set(STAGES) for stage in STAGES}
    assert not any(crossing.values())


def test_arrows_run_one_way():
    graph = {module: set(arrows.split()) | EVERYBODYS for module, arrows in ARROWS.items()}
    graph |= {"struct": set(), "problem": {"struct"}, "model": {"problem", "struct"}}
    TopologicalSorter(graph).prepare()


def test_only_build_and_its_steps_know_several_stages():
    knowing = {
        name for name, arrows in ARROWS.items() if len(set(arrows.split()) & set(STAGES)) > 1
    }
    assert knowing == {"build", "steps", "load", "gather", "draw", "changes", "pages", "checks"}
