"""content/site.yml and the grants of pyproject.toml or the command line -> Config."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from osai_essay.fields import Fields
from osai_essay.files import is_file, read_bytes, read_text
from osai_essay.located import YamlMap, empty_map, plain, read_yaml
from osai_essay.model import NO_MEMO, Config, Entity, Memo, NavItem, Use
from osai_essay.problem import Problem, SiteError, Where, did_you_mean, nearest

SITE_FILE = "content/site.yml"
PROJECT_FILE = "pyproject.toml"
GRANTS = ("python", "html")
PRINT_TABLES = ("open", "drop")

_KNOWN = (
    "title",
    "description",
    "url",
    "baseurl",
    "author",
    "language",
    "permalink",
    "excerpt_separator",
    "navigation",
    "entities",
    "explore",
    "print",
    "claim_margin",
)
_ENTITY_KEYS = ("label", "color", "color_dark", "dash", "symbol")
_NEEDED = {  # of an entry of the navigation
    "title": "write title: and the words of the link.",
    "url": "write url: /data/, or another page from the site's root, or a web address.",
}
_ENTITY_KINDS = ("country", "company")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LINK = re.compile(r"(/(?!/)|#|https?://|mailto:)[^\s\x00-\x1f\\]*\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


def read_config(
    root: Path, allow: Iterable[str] = (), memo: Memo = NO_MEMO
) -> tuple[Config, tuple[Problem, ...]]:
    """The site's configuration; a site without site.yml has one with its folder's name as title.

    allow: what the command line grants, `python` or `html`.
    """
    grants, problems = read_grants(root)
    granted = frozenset(allow) | grants
    path = root / SITE_FILE
    if not is_file(path):
        return Config(title=root.resolve().name or "Essays", allow=granted), problems
    try:
        source = read_text(root, path)
        data = memo.get("site.yml", source, lambda: read_yaml(source, SITE_FILE))
    except SiteError as error:
        return Config(title="", allow=granted), (*problems, error.problem)
    if data is None:
        data = empty_map(Where(file=SITE_FILE))
    if not isinstance(data, YamlMap):
        return Config(title="", allow=granted), (*problems, _no_mapping())
    config, more = _config(data, granted)
    return config, (*problems, *more)


def read_grants(root: Path) -> tuple[frozenset[str], tuple[Problem, ...]]:
    """What `[tool.osai-essay] allow` of the site's pyproject.toml grants."""
    if not is_file(root / PROJECT_FILE):
        return frozenset(), ()
    import tomllib

    try:
        source = read_bytes(root, PROJECT_FILE).decode("utf-8-sig")
        tools = tomllib.loads(source.replace("\r\n", "\n")).get("tool", {})
    except SiteError as error:
        return frozenset(), (error.problem,)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return frozenset(), (_bad_grants(f"this is not valid TOML: {error}"),)
    table = tools.get("osai-essay", {}) if isinstance(tools, dict) else None
    allow = table.get("allow", []) if isinstance(table, dict) else None
    if not isinstance(allow, list):
        return frozenset(), (_bad_grants("[tool.osai-essay] allow is no list of words"),)
    wrong = check_allow(map(str, allow))
    if wrong:
        return frozenset(), (_bad_grants(f"[tool.osai-essay] allow: {wrong}"),)
    return frozenset(allow), ()


def _bad_grants(message: str) -> Problem:
    return Problem(
        code="grant-wrong",
        where=Where(file=PROJECT_FILE),
        message=message,
        fix='write allow = ["python"], or ["html"], or both.',
    )


def _no_mapping() -> Problem:
    return Problem(
        code="site-wrong",
        where=Where(file=SITE_FILE, line=1),
        message="site.yml must be keys and values",
        fix='begin with title: "..." on a line of its own.',
    )


def _config(data: YamlMap, allow: frozenset[str]) -> tuple[Config, tuple[Problem, ...]]:
    fields = Fields(data, "site")
    config = Config(
        title=fields.text("title"),
        description=fields.text("description"),
        url=_url(fields),
        baseurl=_baseurl(fields),
        author=fields.text("author"),
        language=_language(fields),
        permalink=fields.text("permalink", "/:title/"),
        excerpt_separator=fields.comment("excerpt_separator"),
        navigation=_navigation(fields),
        entities=_entities(fields),
        bundle=_bundle(fields),
        print_tables=_print_tables(fields),
        claim_margin=_claim_margin(fields),
        extra={key: plain(data[key]) for key in data if key not in _KNOWN},
        allow=allow,
    )
    fields.alike(_KNOWN, to="site")
    fields.require("title", 'write title: "The name of your site".')
    return config, tuple(fields.problems)


def _url(fields: Fields) -> str:
    url = fields.text("url").rstrip("/")
    if url and not re.fullmatch(r"https?://[^\s/?#]+", url):
        fields.wrong("url", "an address such as https://example.org, without a path")
        return ""
    return url


def _baseurl(fields: Fields) -> str:
    baseurl = fields.text("baseurl").rstrip("/")
    if baseurl and not re.fullmatch(r"(/(?!\.{1,2}(/|$))[\w.~-]+)+", baseurl):
        fields.wrong("baseurl", "a path such as /essays")
        return ""
    return baseurl


def _language(fields: Fields) -> str:
    language = fields.text("language", "en")
    if not _LANGUAGE.fullmatch(language):
        fields.wrong("language", "a language tag such as en or zh-Hans")
        return "en"
    return language


def _navigation(fields: Fields) -> tuple[NavItem, ...]:
    items = []
    for entry in fields.maps("navigation"):
        each = Fields(entry, "navigation entry")
        complete = [each.require(key, fix) for key, fix in _NEEDED.items()]
        if all(complete) and not _LINK.match(each.text("url")):
            each.wrong("url", "a page from the site's root such as /data/, or a web address")
        elif all(complete):
            items.append(
                NavItem(title=each.text("title"), url=each.text("url"), where=entry.where("url"))
            )
        fields.problems += each.problems
    return tuple(items)


def _entities(fields: Fields) -> dict[str, dict[str, Entity]]:
    kinds: dict[str, dict[str, Entity]] = {}
    holder = fields.mapping("entities")
    outer = Fields(holder, "entity") if holder else None
    for kind in holder or ():
        fields.problems += _check_kind(kind, holder.key_where(kind)) if holder else ()
        values = outer.mapping(kind) if outer else None
        inner = Fields(values, "entity") if values else None
        kinds[kind] = {
            name: _entity(looks, name, fields)
            for name in values or ()
            if inner and (looks := inner.mapping(name))
        }
        fields.problems += inner.problems if inner else []
    fields.problems += outer.problems if outer else []
    return kinds


def _check_kind(kind: str, where: Where) -> tuple[Problem, ...]:
    """A warning where a kind looks like a field's `entity:`; else it is the name of a column."""
    near = None if kind in _ENTITY_KINDS else nearest(kind, _ENTITY_KINDS)
    if near is None:
        return ()
    message = f'no field has an entity "{kind}", so its looks are those of a column of that name'
    fix = did_you_mean(kind, (near,), else_say="")
    code = "entity-key-unknown"
    return (Problem(code=code, where=where, message=message, fix=fix, severity="warning"),)


def _entity(data: YamlMap, name: str, parent: Fields) -> Entity:
    fields = Fields(data, "entity")
    fields.only(_ENTITY_KEYS)
    values: dict[str, Any] = {key: fields.text(key) or None for key in _ENTITY_KEYS[1:]}
    for key in ("color", "color_dark"):
        if values[key] and not _COLOUR.fullmatch(values[key]):
            fields.wrong(key, "a colour such as #2a5fb0")
            values[key] = None
    parent.problems += fields.problems
    return Entity(label=fields.text("label", name), **values)


def _bundle(fields: Fields) -> Use | None:
    """Which build of Plotly readers get; that there is one of that name is checked with charts."""
    data = fields.mapping("explore")
    if data is None:
        return None
    inner = Fields(data, "explore setting")
    inner.only(("bundle",))
    name = inner.text("bundle")
    fields.problems += inner.problems
    return Use(name=name, where=data.where("bundle")) if name else None


def _claim_margin(fields: Fields) -> float:
    """Below which margin a claim is named as close, as a share: 0.05 where nothing is said."""
    margin = fields.data.get("claim_margin", 0.05)
    if isinstance(margin, int | float) and not isinstance(margin, bool) and 0 <= margin <= 1:
        return float(margin)
    fields.wrong("claim_margin", "a share from 0 to 1, such as 0.05")
    return 0.05


def _print_tables(fields: Fields) -> str:
    """Whether the tables behind an essay's charts are printed with it."""
    data = fields.mapping("print")
    if data is None:
        return "drop"
    inner = Fields(data, "print setting")
    inner.only(("tables",))
    choice = inner.text("tables", "drop")
    if choice not in PRINT_TABLES:
        inner.wrong("tables", "open or drop")
    fields.problems += inner.problems
    return choice


def check_allow(words: Iterable[str]) -> str | None:
    """What is wrong with the words of `--allow`, or None."""
    for word in words:
        if word not in GRANTS:
            fix = did_you_mean(word, GRANTS, else_say=f"there are {' and '.join(GRANTS)}.")
            return f'nothing is called "{word}": {fix}'
    return None
