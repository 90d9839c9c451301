"""How Jinja finds the theme's templates, and what it is taught besides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from jinja2.ext import Extension

from osai_essay.files import is_file, is_inside
from osai_essay.problem import nearest
from osai_essay.struct import Struct, field_names
from osai_essay.template.tags import apply_edits, find_tags, include_edits, lex, read_include


class ThemeLoader(BaseLoader):
    """Reads templates from folders in turn, never from outside of them."""

    def __init__(self, folders: tuple[tuple[Path, str], ...]) -> None:
        self.folders = folders

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


class Compiled(BytecodeCache):
    """Templates as they were compiled before in this process: a preview builds again and again."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, CodeType | None]] = {}  # file -> its text's hash, its code

    def load_bytecode(self, bucket: Bucket) -> None:
        """The code of a template whose text is the same."""
        checksum, code = self._kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code."""
        self._kept[bucket.key] = bucket.checksum, bucket.code


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
