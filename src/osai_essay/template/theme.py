"""The theme: full Jinja templates of the site, over those this program ships."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any

from jinja2 import (
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    select_autoescape,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from osai_essay.files import is_file, is_inside
from osai_essay.model import NO_MEMO, Memo
from osai_essay.problem import Problem, SiteError, Where, nearest
from osai_essay.struct import Struct
from osai_essay.template.loader import JekyllInclude, NamedUndefined, ThemeLoader

_TEMPLATE_FAULTS = (
    TemplateError,
    TypeError,
    ValueError,
    AttributeError,
    LookupError,
    ArithmeticError,
)


class ThemeError(SiteError):
    """A fault in a template."""


def packaged_theme() -> Path:
    """The folder of the default theme: inside the wheel, or templates/ of the checkout."""
    here = Path(__file__).resolve().parent.parent
    shipped = here / "theme"
    return shipped if shipped.is_dir() else here.parent.parent / "templates"


class _Sandbox(ImmutableSandboxedEnvironment):
    """What templates run in: they read, and reach nothing but what they are given."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Most often a field of one of our views, about which the sandbox has nothing to judge."""
        if isinstance(obj, Struct) and attribute in obj.__struct_fields__ and attribute[0] != "_":
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


class Theme:
    """Finds and renders templates: those of the site first, then the default theme's."""

    def __init__(self, root: Path, memo: Memo = NO_MEMO) -> None:
        own, shipped = root / "templates", packaged_theme()
        folders = ((own, "templates/"), (shipped, "templates/" if own == shipped else "theme/"))
        self._folders = folders if is_inside(root, own) else folders[1:]
        self._environment = _Sandbox(
            loader=ThemeLoader(self._folders, memo),
            autoescape=select_autoescape(("html", "htm", "xml", "svg")),
            undefined=NamedUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=[JekyllInclude],
        )

    def has(self, name: str) -> bool:
        """True if there is a template of that name, such as `post.html`."""
        return self.find(name) is not None

    def find(self, name: str) -> Path | None:
        """The file of a template or asset, the site's own before the default one."""
        return self._files.get(name)

    def ships(self, name: str) -> bool:
        """True for a file of the default theme, whose place a site's own of that name takes."""
        return is_file(self._folders[-1][0] / name)

    def names(self, folder: str = "") -> tuple[str, ...]:
        """Names of all files of the theme below a folder, such as `includes/`, sorted."""
        return tuple(sorted(name for name in self._files if name.startswith(folder)))

    @cached_property
    def contents(self) -> Mapping[str, bytes]:
        """Every file of the theme, by name."""
        return {name: self._files[name].read_bytes() for name in self.names()}

    @cached_property
    def _files(self) -> Mapping[str, Path]:
        """Every file by its name, the site's own before the default one."""
        return {
            path.relative_to(folder).as_posix(): path
            for folder, _ in reversed(self._folders)
            if folder.is_dir()
            for path in folder.glob("**/*")
            if is_inside(folder, path) and is_file(path)
        }

    def words_used(self, holder: str) -> frozenset[str]:
        """What templates take by its name: `x` of `{{ numbers.x }}` or of `{{ chart("x") }}`."""
        taken = re.compile(rf"\b{holder}(?:\.(\w+)|[\[(]\s*['\"]([^'\"]+))")
        texts = (content.decode("utf-8", "replace") for content in self.contents.values())
        return frozenset(one or two for text in texts for one, two in taken.findall(text))

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
        except _TEMPLATE_FAULTS as error:
            raise ThemeError(self._wrong(error, name)) from error

    def _place(self, filename: str | None, line: int | None, name: str) -> Where:
        for folder, label in self._folders:
            path = Path(filename) if filename else folder / name
            if path.is_file() and path.is_relative_to(folder):
                return Where(file=label + path.relative_to(folder).as_posix(), line=line)
        return Where(file=f"templates/{name}", line=line)

    def _line(self, traceback: TracebackType | None) -> tuple[str | None, int | None]:
        return _template_line(traceback, (folder for folder, _ in self._folders))

    def _not_found(self, error: TemplateNotFound, name: str) -> Problem:
        missing = str(error.name or name)
        filename, line = self._line(sys.exc_info()[2])
        near = nearest(missing, self.names())
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
            fix="mend the tag on this line: templates are Jinja.",
        )

    def _wrong(self, error: Exception, name: str) -> Problem:
        filename, line = self._line(error.__traceback__)
        what = str(error) or type(error).__name__
        return Problem(
            code="template-wrong",
            where=self._place(filename, line, name),
            message=f"this template fails: {what}",
            fix="use a name that this template is given, or one that it sets itself."
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


def _template_line(
    traceback: TracebackType | None, folders: Iterable[Path]
) -> tuple[str | None, int | None]:
    """File and line of the innermost template in a traceback, as Jinja has rewritten it."""
    found: tuple[str | None, int | None] = (None, None)
    prefixes = tuple(f"{folder}{os.sep}" for folder in folders)
    while traceback:
        filename = traceback.tb_frame.f_code.co_filename
        if filename.startswith(prefixes):
            found = (filename, traceback.tb_lineno)
        traceback = traceback.tb_next
    return found
