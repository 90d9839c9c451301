"""The theme: full Jinja templates of the site, over those this program ships."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
)
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup

from osai_essay.problem import Problem, Where, nearest
from osai_essay.template.tags import INCLUDE_CALL, find_tags, lex, read_include, rewrite_includes

MAX_INCLUDE_DEPTH = 20

Includer = Callable[[str, Mapping[str, Any]], Markup]


class ThemeError(Exception):
    """A fault in a template, with its problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def packaged_theme() -> Path:
    """The folder of the default theme: inside the wheel, or templates/ of the checkout."""
    here = Path(__file__).resolve().parent.parent
    shipped = here / "theme"
    return shipped if shipped.is_dir() else here.parent.parent / "templates"


class Theme:
    """Finds and renders templates: those of the site first, then the default theme's."""

    def __init__(self, root: Path) -> None:
        self._folders = (
            (root / "templates", "templates/"),
            (packaged_theme(), "templates/" if root / "templates" == packaged_theme() else "theme/"),
        )
        self._environment = Environment(
            loader=_ThemeLoader(self._folders),
            autoescape=_is_escaped,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=[_JekyllInclude],
        )

    def has(self, name: str) -> bool:
        """True if there is a template of that name, such as `post.html`."""
        return self.find(name) is not None

    def find(self, name: str) -> Path | None:
        """The file of a template or asset, the site's own before the default one."""
        for folder, _ in self._folders:
            if is_under(folder / name, folder) and (folder / name).is_file():
                return folder / name
        return None

    def names(self, pattern: str) -> tuple[str, ...]:
        """Names of all templates that match a glob, such as `includes/**/*`, sorted."""
        return tuple(
            sorted(
                {
                    path.relative_to(folder).as_posix()
                    for folder, _ in self._folders
                    if folder.is_dir()
                    for path in folder.glob(pattern)
                    if path.is_file() and is_under(path, folder)
                }
            )
        )

    def render(self, name: str, values: Mapping[str, Any]) -> str:
        """One template with its values.

        Raises: ThemeError with template-syntax, template-unknown, template-wrong or include-loop.
        """
        try:
            return self._environment.get_template(name).render(values)
        except ThemeError:
            raise
        except TemplateNotFound as error:
            raise ThemeError(self._not_found(error, name)) from None
        except TemplateSyntaxError as error:
            raise ThemeError(self._syntax(error, name)) from None
        except RecursionError:
            raise ThemeError(self._loop(name)) from None
        except (TemplateError, TypeError, ValueError, KeyError, AttributeError, LookupError) as error:
            raise ThemeError(self._wrong(error, name)) from error
        except ArithmeticError as error:
            raise ThemeError(self._wrong(error, name)) from error

    def _place(self, filename: str | None, line: int | None, name: str) -> Where:
        for folder, label in self._folders:
            path = Path(filename) if filename else folder / name
            if path.is_file() and path.is_relative_to(folder):
                return Where(file=label + path.relative_to(folder).as_posix(), line=line)
        return Where(file=f"templates/{name}", line=line)

    def _not_found(self, error: TemplateNotFound, name: str) -> Problem:
        missing = error.name or name
        filename, line = _template_line(sys.exc_info()[2])
        near = nearest(missing, self.names("**/*"))
        return Problem(
            code="template-unknown",
            where=self._place(filename, line, name),
            message=f'there is no template "{missing}"',
            fix=f'did you mean "{near}"?' if near else f"make templates/{missing}.",
        )

    def _syntax(self, error: TemplateSyntaxError, name: str) -> Problem:
        return Problem(
            code="template-syntax",
            where=self._place(error.filename, error.lineno, error.name or name),
            message=f"this template cannot be read: {error.message}",
            fix="mend the tag; docs/templates.md has what a template may use.",
        )

    def _wrong(self, error: Exception, name: str) -> Problem:
        filename, line = _template_line(error.__traceback__)
        what = str(error) or type(error).__name__
        return Problem(
            code="template-wrong",
            where=self._place(filename, line, name),
            message=f"this template fails: {what}",
            fix="docs/templates.md lists the names this template is given."
            if isinstance(error, UndefinedError)
            else "mend the expression on this line.",
        )

    def _loop(self, name: str) -> Problem:
        return Problem(
            code="include-loop",
            where=self._place(None, None, name),
            message=f'"{name}" includes itself without end',
            fix="take the include that leads back out.",
        )


def is_under(path: Path, folder: Path) -> bool:
    """True if the path stays inside the folder, links followed."""
    return path.resolve().is_relative_to(folder.resolve())


def _is_escaped(name: str | None) -> bool:
    return name is None or name.endswith((".html", ".xml", ".htm", ".svg"))


def _template_line(traceback: TracebackType | None) -> tuple[str | None, int | None]:
    """File and line of the innermost template in a traceback."""
    found: tuple[str | None, int | None] = (None, None)
    while traceback:
        code = traceback.tb_frame.f_code
        if "__jinja_template__" in traceback.tb_frame.f_globals:
            found = (code.co_filename, _source_line(traceback))
        traceback = traceback.tb_next
    return found


def _source_line(traceback: TracebackType) -> int | None:
    template = traceback.tb_frame.f_globals.get("__jinja_template__")
    if isinstance(template, Template):
        return template.get_corresponding_lineno(traceback.tb_lineno)
    return traceback.tb_lineno


class _ThemeLoader(BaseLoader):
    """Reads templates from folders in turn, never from outside of them."""

    def __init__(self, folders: tuple[tuple[Path, str], ...]) -> None:
        self.folders = folders

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        for folder, _ in self.folders:
            path = folder / template
            if is_under(path, folder) and path.is_file():
                try:
                    return path.read_text(encoding="utf-8-sig"), str(path), lambda: True
                except UnicodeDecodeError:
                    raise TemplateSyntaxError("it is not UTF-8", 1, template, str(path)) from None
        raise TemplateNotFound(template)


class _JekyllInclude(Extension):
    """`{% include name.html key="value" %}`, unquoted, beside Jinja's own quoted form."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        if "include" not in source:
            return source
        tags = find_tags(lex(self.environment, source))
        unquoted = tuple(
            tag
            for tag in tags
            if tag.name == "include"
            and tag.rest.strip()[:1] not in ("'", '"')
            and read_include(tag.rest)
            and "." in tag.rest.split()[0]
        )
        return rewrite_includes(source, unquoted)

    def parse(self, parser: Parser) -> nodes.Node:
        raise NotImplementedError  # no tag of its own: preprocess does all

    tags: set[str] = set()  # noqa: RUF012


INCLUDE_GLOBAL = INCLUDE_CALL
