"""How Jinja finds the theme's templates, and what it is taught besides."""

from __future__ import annotations

import marshal
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.ext import Extension

from osai_essay.files import is_file, is_inside
from osai_essay.model import NO_MEMO, Memo
from osai_essay.problem import nearest
from osai_essay.struct import Struct, field_names
from osai_essay.template.tags import apply_edits, find_tags, include_edits, lex, read_include


class ThemeLoader(BaseLoader):
    """Reads templates from folders in turn, never from outside of them."""

    def __init__(self, folders: tuple[tuple[Path, str], ...], memo: Memo = NO_MEMO) -> None:
        self.folders = folders
        self.memo = memo

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """A template, compiled by an earlier build where its text is the same."""
        source, filename, uptodate = self.get_source(environment, name)
        compiled = self.memo.get(
            "template",
            (name, filename, source),
            lambda: marshal.dumps(environment.compile(source, name, filename)),
        )
        code = marshal.loads(compiled)  # noqa: S302 - of this memo alone
        return environment.template_class.from_code(environment, code, globals or {}, uptodate)

    def get_source(
        self,
        environment: Environment,  # noqa: ARG002 - Jinja's signature
        template: str,
    ) -> tuple[str, str, Callable[[], bool]]:
        """The text of a template and its file."""
        for folder, _ in self.folders:
            path = folder / template
            if is_inside(folder, path) and is_file(path):
                try:
                    return path.read_text(encoding="utf-8-sig"), str(path), lambda: True
                except UnicodeDecodeError:
                    raise TemplateSyntaxError("it is not UTF-8", 1, template, str(path)) from None
        raise TemplateNotFound(template)


class JekyllInclude(Extension):
    """`{% include name.html key="value" %}`, unquoted, beside Jinja's own quoted form."""

    tags: set[str] = set()  # noqa: RUF012 - Jinja's own annotation

    def preprocess(
        self,
        source: str,
        name: str | None,  # noqa: ARG002 - Jinja's signature
        filename: str | None = None,  # noqa: ARG002
    ) -> str:
        """A template with Jekyll's includes in Jinja's words."""
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
        return apply_edits(source, include_edits(source, unquoted))


class NamedUndefined(StrictUndefined):
    """A name a template uses and was not given: an error that offers the nearest one."""

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        near = nearest(str(self._undefined_name), _parts_of(self._undefined_obj))
        offer = f'; did you mean "{near}"?' if near else ""
        return f'there is no "{self._undefined_name}" here{offer}'


def _parts_of(holder: Any) -> tuple[str, ...]:
    if isinstance(holder, Struct):
        return field_names(type(holder))
    return tuple(map(str, holder)) if isinstance(holder, dict) else ()
