"""The wheel, the pins and the Makefile say the same thing, and a fresh machine can use them."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from email.parser import Parser
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import osai_essay
from osai_essay.charts.bundle import NPM_VERSION

ROOT = Path(__file__).parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
MAKEFILE = (ROOT / "Makefile").read_text()
CONSTRAINTS = (ROOT / "constraints.txt").read_text()
RUNTIME, DEVELOPMENT = CONSTRAINTS.split("# Development", 1)


SMALL_SITE = {
    "essays/content/posts/2026-11-01-a.md": "---\ntitle: A\n---\n\n{% include money.html %}\n",
    "essays/content/charts/money.yml": "title: Amazon leads in 2025\nalt: Two bars.\nkind: bar\n"
    "from: money\nx: company\ny: amount\n",
    "essays/data/money.csv": "company,amount\nAmazon,100\nTencent,12.5\n",
}


def read_pins(text: str) -> dict[str, Requirement]:
    """{"babel": babel==2.18.0, ...}, by the names that pip compares."""
    lines = [line for line in text.splitlines() if re.match(r"\w", line)]
    pins = [Requirement(line) for line in lines]
    return {canonicalize_name(pin.name): pin for pin in pins}


def source_files(folder: Path) -> set[str]:
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in files if "__pycache__" not in path.parts}


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command as on a machine that knows nothing of this project's .venv; its output."""
    ours = ("PYTHON", "VIRTUAL_ENV", "MAKE")
    env = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def build_wheel(folder: Path) -> Path:
    hatchling = (sys.executable, "-m", "hatchling", "build")
    run(*hatchling, "--target", "wheel", "--directory", folder, cwd=ROOT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


def test_wheel_holds_the_package_and_the_theme_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    package = {f"osai_essay/{name}" for name in source_files(ROOT / "src" / "osai_essay")}
    theme = {f"osai_essay/theme/{name}" for name in source_files(ROOT / "templates")}
    assert theme, "templates/ is empty"
    assert names == package | theme


def test_wheel_is_the_same_bytes_when_built_again(wheel: Path, tmp_path: Path) -> None:
    assert build_wheel(tmp_path).read_bytes() == wheel.read_bytes()


def test_wheel_states_the_version_licence_and_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        parts = {Path(name).name: name for name in archive.namelist() if ".dist-info/" in name}
        metadata = Parser().parsestr(archive.read(parts["METADATA"]).decode())
        scripts = archive.read(parts["entry_points.txt"]).decode()
    assert metadata["Version"] == osai_essay.__version__
    assert metadata["License-Expression"] == "MIT"
    assert "LICENSE" in parts
    assert "osai-essay = osai_essay.cli:main" in scripts


def test_every_pin_is_exact_and_names_no_address() -> None:
    for pin in [*read_pins(RUNTIME).values(), *read_pins(DEVELOPMENT).values()]:
        (specifier,) = pin.specifier
        assert specifier.operator == "==", pin
        assert not specifier.version.endswith(".*"), pin
        assert pin.url is None, pin
    for line in CONSTRAINTS.splitlines():
        assert not re.search(r"://|^-|^/|@ ", line), line


def test_no_package_is_pinned_twice() -> None:
    names = [line.split("==")[0] for line in CONSTRAINTS.splitlines() if "==" in line]
    assert sorted(names) == sorted(set(names))


def test_ranges_of_pyproject_admit_the_pinned_versions() -> None:
    runtime = read_pins(RUNTIME)
    everything = runtime | read_pins(DEVELOPMENT)
    groups = PROJECT["dependency-groups"]
    wanted = [
        *((line, runtime) for line in PROJECT["project"]["dependencies"]),
        *((line, runtime) for line in PROJECT["build-system"]["requires"]),
        *((line, runtime) for line in groups["install"]),
        *((line, everything) for line in groups["dev"]),
    ]
    for line, pins in wanted:
        need = Requirement(line)
        pin = pins[canonicalize_name(need.name)]
        (specifier,) = pin.specifier
        assert need.specifier.contains(specifier.version), f"{line} does not admit {pin}"
        assert pin.marker is None, pin


def test_every_library_that_the_package_imports_is_declared() -> None:
    declared = {canonicalize_name(Requirement(d).name) for d in PROJECT["project"]["dependencies"]}
    providers = packages_distributions()  # "yaml" -> ["PyYAML"]
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            modules = {name.split(".")[0] for name in names}
            for module in modules - sys.stdlib_module_names - {"osai_essay"}:
                owners = {canonicalize_name(owner) for owner in providers.get(module, [])}
                assert owners & declared, f"{path}:{node.lineno} imports {module}"


def test_exactly_one_quickjs_on_every_python() -> None:
    """plotly-mirage brings quickjs up to 3.12, the wheel brings quickjs-ng from 3.13 on."""
    needs = {need.name: need for need in map(Requirement, PROJECT["project"]["dependencies"])}
    mirage, quickjs_ng = needs["plotly-mirage"].marker, needs["quickjs-ng"].marker
    assert isinstance(mirage, Marker)
    assert isinstance(quickjs_ng, Marker)
    for python in ("3.11", "3.12", "3.13", "3.14"):
        here = {"python_version": python}
        assert mirage.evaluate(here) != quickjs_ng.evaluate(here), python
    assert "quickjs" not in read_pins(RUNTIME)
    assert "quickjs-ng" in read_pins(RUNTIME)


def test_install_page_names_the_pinned_plotly_mirage() -> None:
    pin = str(read_pins(RUNTIME)["plotly-mirage"])
    assert f"pip install --no-deps {pin}" in (ROOT / "docs" / "install.md").read_text()


def test_version_is_one_that_pip_can_order() -> None:
    assert str(Version(osai_essay.__version__)) == osai_essay.__version__


def test_make_help_lists_every_target() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony is not None
    listed = re.findall(r"^make (\w+) +\S", run("make", "help", cwd=ROOT), re.MULTILINE)
    assert listed == phony[1].split()


def test_no_file_of_ours_names_a_registry_or_this_machine() -> None:
    names = "pyproject.toml constraints.txt package.json .npmrc Makefile .ci/run"
    for name in names.split():
        text = (ROOT / name).read_text()
        assert not re.search(r"index-url|find-links|https?://|/root/|/work/|/home/", text), name


def test_npm_pins_are_exact_and_locked_without_addresses() -> None:
    package = json.loads((ROOT / "package.json").read_text())
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    pins = package["dependencies"] | package["devDependencies"]
    for name, version in pins.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
        assert locked[f"node_modules/{name}"]["version"] == version
    assert not [name for name, each in locked.items() if "resolved" in each]
    assert {pins[name] for name in pins if name.startswith("plotly.js-")} == {NPM_VERSION}


@pytest.mark.slow
def test_make_build_sets_up_an_empty_machine(tmp_path: Path) -> None:
    """In a folder with a space in its name; the second time without pip and without Python's venv."""
    copy = tmp_path / "my site"
    made = (".git", ".venv", "node_modules", "build", "dist", ".*_cache", ".cache", ".hypothesis")
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*made, "__pycache__"), symlinks=True)
    make = ("make", "-C", copy, "build")
    run(*make, f"PYTHON={sys._base_executable}", cwd=tmp_path)
    assert (copy / "build" / "index.html").is_file()
    again = run(*make, "PYTHON=/nowhere/python", "PIP=/nowhere/pip", cwd=tmp_path)
    assert "Installing" not in again


@pytest.mark.slow
def test_wheel_installs_into_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    run(sys._base_executable, "-m", "venv", tmp_path / "venv", cwd=tmp_path)
    python = tmp_path / "venv" / "bin" / "python"
    pip = (python, "-m", "pip", "--disable-pip-version-check", "install", "--only-binary", ":all:")
    run(*pip, wheel, cwd=tmp_path)
    if sys.version_info >= (3, 13):
        run(*pip, "--no-deps", str(read_pins(RUNTIME)["plotly-mirage"]), cwd=tmp_path)
    run(python, "-c", "import mirage, quickjs; quickjs.Context().eval('1 + 1')", cwd=tmp_path)
    for name, text in SMALL_SITE.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    command = (tmp_path / "venv" / "bin" / "osai-essay", "build")
    run(*command, "--root", "essays", "--output", "out", cwd=tmp_path)
    assert (tmp_path / "out" / "index.html").is_file()
    assert "Amazon" in (tmp_path / "out/charts/money/money.svg").read_text()
