"""What the command prints, and where to."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from osai_essay.cli import cli


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site with one mistake."""
    posts = tmp_path / "content" / "posts"
    posts.mkdir(parents=True)
    (tmp_path / "content" / "site.yml").write_text("title: Site\n", encoding="utf-8")
    text = "---\ntitle: A\n---\n\n[b](nowhere.md)\n"
    (posts / "2026-11-01-a.md").write_text(text, encoding="utf-8")
    return tmp_path


def test_text_is_plain_in_a_pipe_and_coloured_on_a_terminal(root):
    arguments = ["check", "--root", str(root)]
    plain = CliRunner().invoke(cli, arguments)
    coloured = CliRunner().invoke(cli, arguments, color=True)
    assert plain.exit_code == coloured.exit_code == 1
    assert "error[link-broken]" in plain.stderr
    assert "\x1b[" not in plain.stderr
    assert "\x1b[31m\x1b[1merror[link-broken]\x1b[0m" in coloured.stderr
    without = coloured.stderr.replace("\x1b[1m", "").replace("\x1b[0m", "")
    for code in ("31", "32"):
        without = without.replace(f"\x1b[{code}m", "")
    assert without == plain.stderr


def test_problems_for_github_go_to_stdout_alone(root):
    result = CliRunner().invoke(cli, ["check", "--root", str(root), "--format", "github"])
    assert result.exit_code == 1
    assert result.stdout.startswith("::error file=content/posts/2026-11-01-a.md,line=5,")
    assert result.stderr == ""
