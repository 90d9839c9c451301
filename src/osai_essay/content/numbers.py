"""Numbers and claims as their authors declare them: content/numbers.yml and front matter."""

from __future__ import annotations

import keyword
import math
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from osai_essay.dates import read_partial_date
from osai_essay.fields import Fields
from osai_essay.files import is_inside, is_there, outside, read_text
from osai_essay.formats import read_pattern
from osai_essay.located import YamlList, YamlMap, read_yaml
from osai_essay.model import NO_MEMO, ClaimSpec, Memo, NumberSpec, Text, Use
from osai_essay.problem import Problem, SiteError, Where
from osai_essay.punctuation import typeset
from osai_essay.struct import replace
from osai_essay.template import parse_formula
from osai_essay.units import UnitError, read_unit

FILE = "content/numbers.yml"
WORDS = tuple(
    "label from where value sql rows how formula constant range source unit format digits "
    "note".split()
)
KINDS = ("from", "sql", "formula", "constant", "range")
# what else a name could mean where numbers are used
RESERVED = frozenset("site page include loop chart numbers true false none".split())
_NAME = re.compile(r"[a-z][a-z0-9_]*")
# words -> the kinds they go with
_NEEDS = {"where": "from", "value": "from", "rows": "sql", "how": "from sql", "source": "constant"}


def read_numbers(
    root: Path, memo: Memo = NO_MEMO
) -> tuple[tuple[NumberSpec, ...], tuple[Problem, ...]]:
    """The numbers that every essay and chart may use."""
    path = root / FILE
    if not is_there(path):
        return (), ()
    if not is_inside(root, path):
        return (), (outside(Where(file=FILE), FILE),)
    try:
        source = read_text(root, path)
        return memo.get("numbers.yml", source, lambda: _read(source))
    except SiteError as error:
        return (), (error.problem,)


def _read(source: str) -> tuple[tuple[NumberSpec, ...], tuple[Problem, ...]]:
    """Raises: SiteError."""
    data = read_yaml(source, FILE)
    return read_declared(data, Where(file=FILE, line=1)) if data is not None else ((), ())


def read_declared(
    data: Any, place: Where, essay: str = ""
) -> tuple[tuple[NumberSpec, ...], tuple[Problem, ...]]:
    """The numbers of a mapping of names to declarations; essay: whose front matter it is."""
    if not isinstance(data, YamlMap):
        return (), (_no_mapping(place, "numbers"),)
    specs: list[NumberSpec] = []
    problems: list[Problem] = []
    for name in data:
        where = replace(data.key_where(name), width=len(name))
        declared = data[name]
        if not _NAME.fullmatch(name) or name in RESERVED or keyword.iskeyword(name):
            problems.append(_bad_name(where, name))
        elif not isinstance(declared, YamlMap):
            problems.append(_no_mapping(data.where(name), f'the number "{name}"'))
            specs.append(NumberSpec(name=name, where=where, label="", essay=essay, is_broken=True))
        else:
            spec, found = _Reader(declared, name, where, essay).read()
            problems += found
            specs.append(spec)
    return tuple(specs), tuple(problems)


def read_claims(data: Any, place: Where) -> tuple[tuple[ClaimSpec, ...], tuple[Problem, ...]]:
    """The rules of `claims:` in front matter, which have to be true and print nothing."""
    if not isinstance(data, YamlList):
        return (), (_no_rules(place),)
    claims: list[ClaimSpec] = []
    problems: list[Problem] = []
    for index, rule in enumerate(data):
        where = data.where(index)
        if not isinstance(rule, str):
            problems.append(_no_rules(where))
            continue
        formula, found = parse_formula(rule, where)
        problems += found
        claims += [ClaimSpec(rule=formula, words=Text(source="", where=where))] if formula else []
    return tuple(claims), tuple(problems)


def keep_first(
    specs: Iterable[NumberSpec],
) -> tuple[tuple[NumberSpec, ...], tuple[Problem, ...]]:
    """The numbers without those whose name an earlier one has: every number has a page by it."""
    first: dict[str, NumberSpec] = {}
    twice = [spec for spec in specs if first.setdefault(spec.name, spec) is not spec]
    return tuple(first.values()), tuple(_twice(spec, first[spec.name]) for spec in twice)


class _Reader:
    """Reads one declaration and gathers what is wrong with it."""

    def __init__(self, data: YamlMap, name: str, where: Where, essay: str) -> None:
        self.data = data
        self.name = name
        self.where = where
        self.essay = essay
        self.fields = Fields(data, "number")

    def read(self) -> tuple[NumberSpec, tuple[Problem, ...]]:
        fields, data = self.fields, self.data
        fields.only(WORDS)
        fields.require("label", "say in a few words what it counts, such as label: Models listed.")
        self.check_kind()
        formula = self.formula()
        spec = NumberSpec(
            name=self.name,
            where=self.where,
            label=typeset(fields.text("label")),
            essay=self.essay,
            dataset=fields.text("from") or None,
            selection=fields.text("where") or None,
            value=fields.text("value") or None,
            sql=fields.text("sql") or None,
            rows=fields.text("rows") or None,
            how=typeset(fields.text("how").strip().removesuffix(".")),
            formula=formula,
            constant=self.constant(),
            span=self.span(),
            sources=self.uses("source"),
            unit=self.unit(),
            format=self.format(),
            digits=self.digits(),
            note=typeset(fields.text("note")),
            places={key: data.value_where(key) for key in data},
        )
        return replace(spec, is_broken=bool(fields.problems)), tuple(fields.problems)

    def check_kind(self) -> None:
        """One way of coming by its value, and no word that belongs to another way."""
        given = [word for word in KINDS if word in self.data]
        if len(given) != 1:
            said = " and ".join(f"`{word}:`" for word in given) or "no value"
            fix = "give one: from: with value:, or sql:, formula:, constant: or range:."
            self.add("number-source-wrong", self.where, f'"{self.name}" has {said}', fix)
            return
        for word, kinds in _NEEDS.items():
            if word in self.data and given[0] not in kinds.split():
                message = f"`{word}:` goes with `{kinds.replace(' ', ':` or `')}:`"
                self.add("number-source-wrong", self.key(word), message, f"take `{word}:` out.")
        if given == ["from"] and "value" not in self.data:
            fix = "add a line such as value: sum(amount_usd_bn), or value: count(*)."
            self.add("number-source-wrong", self.key("from"), "`from:` needs `value:`", fix)
        if given == ["constant"] and "source" not in self.data:
            fix = "add source: with the id of a record of data/sources.csv (columns id,title,url)."
            self.add("number-source-wrong", self.key("constant"), "a constant needs `source:`", fix)

    def key(self, word: str) -> Where:
        return replace(self.data.key_where(word), width=len(word))

    def add(self, code: str, where: Where, message: str, fix: str) -> None:
        self.fields.problems.append(Problem(code=code, where=where, message=message, fix=fix))

    def formula(self) -> Any:
        source = self.fields.text("formula")
        if not source:
            return None
        formula, found = parse_formula(source, self.data.where("formula"))
        self.fields.problems += found
        return formula

    def constant(self) -> Any:
        value = self.data.get("constant")
        if value is not None and (
            isinstance(value, bool) or not isinstance(value, int | float | str)
        ):
            self.fields.wrong("constant", "a number, a date or a text")
            return None
        if isinstance(value, float) and not math.isfinite(value):
            self.fields.wrong("constant", "a number with an end")
            return None
        day, precision = read_partial_date(str(value)) or (None, "")
        return day if precision == "day" else value

    def uses(self, word: str) -> tuple[Use, ...]:
        return tuple(Use(name=name, where=where) for name, where in self.fields.texts(word))

    def span(self) -> tuple[Use, ...]:
        ends = self.uses("range")
        if ends and len(ends) != 2:
            self.fields.wrong("range", "the names of two numbers, such as [low, high]")
        return ends

    def unit(self) -> str | None:
        text = self.fields.text("unit")
        try:
            return read_unit(text).text or None
        except UnitError as error:
            self.add("unit-unknown", self.data.where("unit"), error.message, error.fix)
            return None

    def format(self) -> str | None:
        pattern = self.fields.text("format")
        if pattern and read_pattern(pattern) is None:
            self.fields.wrong("format", "a pattern such as $0.0bn, 0% or 0,0")
        return pattern or None

    def digits(self) -> int:
        digits = self.data.get("digits", 3)
        if isinstance(digits, bool) or not isinstance(digits, int) or not 1 <= digits <= 15:
            self.fields.wrong("digits", "a whole number from 1 to 15")
            return 3
        return digits


def _no_mapping(where: Where, what: str) -> Problem:
    return Problem(
        code="number-wrong",
        where=where,
        message=f"{what} must be a mapping",
        fix="write a name, then its words, such as us_capex: {label: ..., from: capex, value: "
        "sum(amount_usd_bn)}.",
    )


def _no_rules(where: Where) -> Problem:
    return Problem(
        code="claim-wrong",
        where=where,
        message="`claims:` must be a list of rules",
        fix='write each as "cn_capex < us_capex / 3".',
    )


def _twice(spec: NumberSpec, first: NumberSpec) -> Problem:
    return Problem(
        code="number-twice",
        where=spec.where,
        message=f'there is a number "{spec.name}" already, in {first.where}',
        fix="give one of the two another name.",
    )


def _bad_name(where: Where, name: str) -> Problem:
    other = re.sub(r"[^a-z0-9_]+", "_", name.lower())
    offer = f'write "{other}": ' if _NAME.fullmatch(other) and other not in RESERVED else ""
    return Problem(
        code="number-name-wrong",
        where=where,
        message=f'"{name}" cannot be the name of a number',
        fix=f"{offer}begin with a small letter, go on with small letters, digits and underlines; "
        f"{', '.join(sorted(RESERVED))} are taken.",
    )
