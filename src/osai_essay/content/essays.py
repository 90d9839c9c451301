"""content/posts and content/pages -> essays, with Jekyll's front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from osai_essay.content.front_matter import Parts, split_front_matter
from osai_essay.content.numbers import read_claims, read_declared
from osai_essay.dates import read_date
from osai_essay.fields import Fields
from osai_essay.files import is_note, list_files, read_bytes, relative, to_text
from osai_essay.located import YamlList, YamlMap, plain
from osai_essay.model import (
    NO_MEMO,
    CardImage,
    ClaimSpec,
    Essay,
    Memo,
    Moment,
    NotKeptError,
    NumberSpec,
    Text,
    Use,
    refuse,
)
from osai_essay.problem import Problem, SiteError, Where
from osai_essay.template import parse_text

FOLDERS = {"post": "content/posts", "page": "content/pages"}
SUFFIXES = (".md", ".markdown")

_DATED_NAME = re.compile(r"(?P<date>\d{4}-\d{1,2}-\d{1,2})-(?P<slug>.+)")
# Characters of the private planes stand for numbers and charts on the way through Markdown.
_PRIVATE = re.compile("[\U000f0000-\U0010ffff]")
_KNOWN = frozenset(
    "layout title date updated author description tags tag categories category permalink slug "
    "excerpt_separator redirect_from published draft math toc reading_time references numbers "
    "claims".split()
)
_READ = _KNOWN | {"image"}  # templates have it too
_GRAVE = ("draft", "published", "date")  # a slip in one may publish what is not meant to be


def read_essays(root: Path, memo: Memo = NO_MEMO) -> tuple[tuple[Essay, ...], tuple[Problem, ...]]:
    """Every post and page, by path; one that cannot be read is a problem and left out."""
    essays: list[Essay] = []
    problems: list[Problem] = []
    for kind, path in _essay_files(root):
        try:
            essay, found = read_essay(root, path, kind, memo)
        except SiteError as error:
            is_of_folder = is_note(path.name) and error.problem.code == "front-matter-missing"
            problems += [] if is_of_folder else [error.problem]
        else:
            essays.append(essay)
            problems += found
    return tuple(essays), tuple(problems)


def _essay_files(root: Path) -> Iterator[tuple[str, Path]]:
    for kind, folder in FOLDERS.items():
        for path in list_files(root, folder, SUFFIXES):
            yield kind, path


def read_essay(
    root: Path, path: Path, kind: str, memo: Memo = NO_MEMO
) -> tuple[Essay, tuple[Problem, ...]]:
    """One Markdown file. Raises: SiteError where it cannot be read at all."""
    file = relative(root, path)
    seen = memo.seen(file)
    if seen:
        with suppress(NotKeptError):
            return memo.get("essay", (file, kind, seen), refuse)
    content = read_bytes(root, file)
    key = file, kind, sha256(content).hexdigest()
    return memo.get("essay", key, lambda: _read(*key, content))


def _read(file: str, kind: str, sha: str, content: bytes) -> tuple[Essay, tuple[Problem, ...]]:
    parts = split_front_matter(to_text(file, content), file)
    digest = sha256("\0".join((file, kind, sha)).encode("utf-8", "replace")).hexdigest()
    return _Reader(file, kind, parts, digest).read()


class _Reader:
    """Reads one file's front matter and gathers its problems."""

    def __init__(self, file: str, kind: str, parts: Parts, digest: str) -> None:
        self.file = file
        self.kind = kind
        self.digest = digest
        self.parts = parts
        self.meta: YamlMap = parts.meta
        self.fields = Fields(parts.meta, "front matter")
        dated = _DATED_NAME.fullmatch(Path(file).stem) if kind == "post" else None
        self.slug = dated["slug"] if dated else Path(file).stem
        self.name_date = dated["date"] if dated else None

    def read(self) -> tuple[Essay, tuple[Problem, ...]]:
        fields = self.fields
        fields.alike(_READ, grave=_GRAVE, to="page")
        body = self.text(
            self.parts.body, Where(file=self.file, line=self.parts.body_line, column=1)
        )
        essay = Essay(
            kind=self.kind,
            slug=fields.text("slug") or self.slug,
            source=self.file,
            digest=self.digest,
            title=self.words("title") or self.title_from_slug(),
            body=body,
            layout=fields.text("layout", self.kind),
            layout_where=self.meta.where("layout"),
            date=self.date(),
            updated=self.moment("updated"),
            author=self.author(),
            description=self.words("description"),
            tags=self.labels("tags", "tag"),
            tags_where=self.meta.where("tags" if "tags" in self.meta else "tag"),
            categories=self.labels("categories", "category"),
            permalink=fields.text("permalink") or None,
            permalink_where=self.meta.where("permalink"),
            redirect_from=self.uses("redirect_from"),
            excerpt_separator=fields.comment("excerpt_separator"),
            is_published=fields.flag("published", default=True),
            is_draft=fields.flag("draft"),
            math=fields.flag("math"),
            toc=fields.flag("toc"),
            numbers=self.numbers(),
            claims=self.claims(),
            reading_time=fields.text("reading_time") or None,
            references=self.uses("references"),
            image=self.image(),
            meta={key: plain(self.meta[key]) for key in self.meta if key not in _KNOWN},
        )
        return essay, tuple(fields.problems)

    def numbers(self) -> tuple[NumberSpec, ...]:
        data = self.meta.get("numbers")
        if data is None:
            return ()
        specs, problems = read_declared(data, self.meta.where("numbers"), self.file)
        self.fields.problems += problems
        return specs

    def claims(self) -> tuple[ClaimSpec, ...]:
        data = self.meta.get("claims")
        if data is None:
            return ()
        claims, problems = read_claims(data, self.meta.where("claims"))
        self.fields.problems += problems
        return claims

    def image(self) -> CardImage | None:
        """An address, or `{path: ..., alt: ...}` as blogs have it; it stays in meta as well."""
        data = self.meta.get("image")
        if isinstance(data, YamlMap):
            inner = Fields(data, "front matter")
            path, alt, where = inner.text("path"), inner.text("alt"), data.where("path")
            self.fields.problems += inner.problems
        else:
            path, alt, where = self.fields.text("image"), "", self.meta.where("image")
        return CardImage(path=path, alt=alt, where=where) if path else None

    def text(self, source: str, where: Where) -> Text:
        text, problems = parse_text(_PRIVATE.sub("", source), where)
        self.fields.problems += problems
        return text

    def words(self, key: str) -> Text | None:
        source = self.fields.text(key)
        return self.text(source, self.meta.where(key)) if source else None

    def title_from_slug(self) -> Text:
        words = self.slug.replace("-", " ").replace("_", " ")
        return Text(source=words[:1].upper() + words[1:], where=Where(file=self.file, line=1))

    def date(self) -> Moment | None:
        if self.meta.get("date") is not None:
            return self.moment("date")
        if self.name_date:
            moment = read_date(self.name_date)
            if moment is None:
                self.fields.problems.append(_no_date(Where(file=self.file), self.name_date))
            return moment
        if self.kind == "post":
            self.fields.problems.append(_date_missing(self.file))
        return None

    def moment(self, key: str) -> Moment | None:
        text = self.fields.text(key)
        moment = read_date(text) if text else None
        if text and moment is None:
            self.fields.problems.append(_no_date(self.meta.where(key), text))
        return moment

    def author(self) -> str:
        if isinstance(self.meta.get("author"), YamlList):
            return ", ".join(word for word, _ in self.fields.texts("author"))
        return self.fields.text("author")

    def labels(self, *keys: str) -> tuple[str, ...]:
        found = (
            word.strip()
            for key in keys
            for word, _ in self.fields.texts(key, split=key.endswith("s"))  # `tag` is one
        )
        return tuple(dict.fromkeys(word for word in found if word))

    def uses(self, key: str) -> tuple[Use, ...]:
        return tuple(Use(name=word, where=where) for word, where in self.fields.texts(key))


def _no_date(where: Where, text: str) -> Problem:
    return Problem(
        code="date-wrong",
        where=where,
        message=f'"{text}" is no date',
        fix="write it as 2026-11-21, or 2026-11-21 10:00:00 -0500.",
    )


def _date_missing(file: str) -> Problem:
    return Problem(
        code="date-missing",
        where=Where(file=file, line=1),
        message="this post has no date",
        fix="write date: 2026-11-21 into its front matter, or name the file 2026-11-21-name.md.",
    )
