"""A Markdown file -> its front matter and its body, each with its place."""

from __future__ import annotations

from osai_essay.located import YamlMap, empty_map, read_yaml
from osai_essay.problem import Problem, SiteError, Where
from osai_essay.struct import Struct


class Parts(Struct, frozen=True):
    """A Markdown file taken apart; `body_line` is the file's line on which the body begins."""

    meta: YamlMap
    body: str
    body_line: int


def split_front_matter(text: str, file: str) -> Parts:
    """The two parts of a file.

    Raises: SiteError with front-matter-missing, front-matter-open, front-matter-wrong or a
    problem of its YAML.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise SiteError(_missing(file, text))
    end = next((i for i, line in enumerate(lines) if i and line.rstrip() in ("---", "...")), None)
    if end is None:
        raise SiteError(_open(file))
    meta = read_yaml("\n".join(lines[1:end]), file, first_line=2)
    if meta is None:
        meta = empty_map(Where(file=file, line=1))
    if not isinstance(meta, YamlMap):
        raise SiteError(_no_mapping(file))
    return Parts(meta=meta, body="\n".join(lines[end + 1 :]), body_line=end + 2)


def _missing(file: str, text: str) -> Problem:
    fix = 'begin it with a line "---", then title: "...", then another line "---".'
    if text.lstrip().startswith("---"):
        fix = 'take out what stands before the line "---".'
    elif text.startswith("+++"):
        fix = 'write it as YAML, title: "..." between two lines "---": TOML is not read.'
    return Problem(
        code="front-matter-missing",
        where=Where(file=file, line=1),
        message="this file does not begin with front matter",
        fix=fix,
    )


def _open(file: str) -> Problem:
    return Problem(
        code="front-matter-open",
        where=Where(file=file, line=1),
        message='the front matter that opens here is never closed by a line "---"',
        fix='put a line "---" between the front matter and the text.',
    )


def _no_mapping(file: str) -> Problem:
    return Problem(
        code="front-matter-wrong",
        where=Where(file=file, line=2),
        message="the front matter must be keys and values",
        fix='write each as key: value, such as title: "...".',
    )
