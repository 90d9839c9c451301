"""content/charts/NAME.yml -> ChartSpec: every word of it known, of the right type, in its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from osai_essay.charts.arguments import check_argument, column_uses
from osai_essay.charts.kinds import KINDS, REFUSED_ARGUMENTS, REFUSED_KINDS
from osai_essay.charts.spec_marks import Marks, Parse
from osai_essay.charts.spec_places import all_places
from osai_essay.formats import read_pattern
from osai_essay.located import YamlList, YamlMap, plain
from osai_essay.model import ChartSpec, Text
from osai_essay.problem import Problem, Where, did_you_mean, has_errors
from osai_essay.struct import replace

HOUSE_WORDS = frozenset(
    "title subtitle alt note description kind from sql where sort limit highlight labels format"
    " height annotate lines update_layout allow".split()
)
ANY_ARGUMENT = frozenset[str]().union(*(kind.arguments for kind in KINDS.values()))
LABELS = ("ends", "bars", "none")
HEIGHTS = range(120, 2001)
DEFAULT_HEIGHT = 420


def read_chart(
    data: Any, file: str, name: str, *, parse: Parse
) -> tuple[ChartSpec | None, tuple[Problem, ...]]:
    """One chart file as values, as far as they can be read; None where it holds no mapping.

    data: the file as `read_yaml` gives it. name: of the chart, the file's without its ending.
    parse: a string with {{ }} or {% %} -> Text; it keeps its own problems.
    Problems: chart-unreadable, chart-word-missing, chart-word-unknown, chart-value-wrong,
        chart-kind-unknown, chart-kind-refused, chart-argument-refused, chart-source-wrong,
        chart-format-wrong.
    """
    if not isinstance(data, YamlMap):
        where = Where(file=file, line=1, column=1)
        said = "this file holds no chart: it is not a mapping of words to values"
        fix = "write `title:`, `alt:`, `kind:`, `from:` and the columns, one a line."
        return None, (Problem(code="chart-unreadable", where=where, message=said, fix=fix),)
    reader = _Reader(data, parse)
    spec = reader.read(file, name)
    return replace(spec, is_broken=has_errors(reader.problems)), tuple(reader.problems)


def check_columns(spec: ChartSpec, names: Iterable[str]) -> tuple[Problem, ...]:
    """Every word of the chart that must be a column of the result, and is not.

    names: the columns of the rows the chart draws.
    Problems: chart-column-unknown.
    """
    known = tuple(names)
    uses = list(column_uses(spec.arguments, spec.places, spec.where))
    if spec.sort:
        place = spec.places.get("sort", spec.where)
        uses.append((spec.sort.removeprefix("-"), "sort", place))
    return tuple(
        Problem(
            code="chart-column-unknown",
            where=where,
            message=f'`{word}:` names the column "{name}", which these rows do not have',
            fix=did_you_mean(name, known, else_say=f"the columns are {', '.join(known)}."),
        )
        for name, word, where in uses
        if name not in known
    )


class _Reader:
    """Reads the words of one chart and keeps what is wrong with them."""

    def __init__(self, data: YamlMap, parse: Parse) -> None:
        self.data = data
        self.parse = parse
        self.problems: list[Problem] = []

    def read(self, file: str, name: str) -> ChartSpec:
        kind = self._kind()
        self._check_words(kind)
        self._check_source()
        title, alt = self._text("title", needed=True), self._text("alt", needed=True)
        marks = Marks(self.data, self.parse, self._add, self._wrong)
        empty = Text(source="", where=self.data.place)
        return ChartSpec(
            name=name,
            source=file,
            where=self.data.place,
            kind=kind or "",
            title=title or empty,
            alt=alt or empty,
            subtitle=self._text("subtitle"),
            note=self._text("note"),
            description=self._text("description"),
            dataset=self._string("from"),
            dataset_where=self._place("from"),
            selection=self._string("where"),
            selection_where=self._place("where"),
            sql=self._string("sql"),
            sql_where=self._place("sql"),
            arguments=self._arguments(kind),
            places=all_places(self.data),
            sort=self._string("sort"),
            limit=self._whole("limit", range(1, 100_001)),
            highlight=self._highlight(),
            allow=self._allow(),
            labels=self._choice("labels", LABELS),
            format=self._format(),
            height=self._whole("height", HEIGHTS) or DEFAULT_HEIGHT,
            annotations=marks.annotations(),
            lines=marks.lines(),
            update_layout=self._update_layout(),
        )

    def _add(self, code: str, where: Where, message: str, fix: str) -> None:
        self.problems.append(Problem(code=code, where=where, message=message, fix=fix))

    def _wrong(self, word: str, where: Where, wanted: str) -> None:
        self._add("chart-value-wrong", where, f"`{word}:` must be {wanted}", "change the value.")

    def _place(self, word: str) -> Where | None:
        return self.data.value_where(word) if word in self.data else None

    def _kind(self) -> str | None:
        kind = self._string("kind", needed=True)
        if kind is None or kind in KINDS:
            return kind
        where = self.data.value_where("kind")
        if kind in REFUSED_KINDS:
            why, instead = REFUSED_KINDS[kind]
            message = f'the kind "{kind}" is not offered: {why}'
            self._add("chart-kind-refused", where, message, f"{instead}.")
        else:
            fix = did_you_mean(kind, KINDS, else_say=f"the kinds are {', '.join(KINDS)}.")
            self._add("chart-kind-unknown", where, f'there is no kind of chart "{kind}"', fix)
        return None

    def _check_words(self, kind: str | None) -> None:
        words = (KINDS[kind].arguments if kind else ANY_ARGUMENT) | HOUSE_WORDS
        said = f'a chart of kind "{kind}" has' if kind else "charts have"
        for word in self.data:
            where = replace(self.data.key_where(word), width=len(word))
            if word in REFUSED_ARGUMENTS:
                why, instead = REFUSED_ARGUMENTS[word]
                message = f"`{word}:` cannot be given: {why}"
                self._add("chart-argument-refused", where, message, f"{instead}.")
            elif word not in words:
                knows = f"it knows {', '.join(sorted(words))}." if kind else "drop the line."
                fix = did_you_mean(word, sorted(words), else_say=knows)
                self._add("chart-word-unknown", where, f'{said} no word "{word}"', fix)
        if kind:
            self._check_needs(kind)

    def _check_needs(self, kind: str) -> None:
        for group in KINDS[kind].needs:
            if not any(word in self.data for word in group):
                words = " or ".join(f"`{word}:`" for word in group)
                message = f'a chart of kind "{kind}" needs {words}'
                fix = f"add a line such as `{group[0]}: COLUMN`."
                self._add("chart-word-missing", self._kind_place(), message, fix)

    def _kind_place(self) -> Where:
        return replace(self.data.key_where("kind"), width=len("kind"))

    def _check_source(self) -> None:
        has_dataset, has_sql = "from" in self.data, "sql" in self.data
        if has_dataset == has_sql:
            word = "sql" if has_sql else "kind"
            said = "both `from:` and `sql:`" if has_sql else "neither `from:` nor `sql:`"
            where = replace(self.data.key_where(word), width=len(word))
            fix = "give one: `from: DATASET` (with `where:`), or `sql:` for a query."
            self._add("chart-source-wrong", where, f"this chart has {said}", fix)
        elif has_sql and "where" in self.data:
            where = replace(self.data.key_where("where"), width=len("where"))
            message = "`where:` goes with `from:`, not with `sql:`"
            self._add("chart-source-wrong", where, message, "put the condition into the query.")

    def _string(self, word: str, *, needed: bool = False) -> str | None:
        value = self.data.get(word)
        if word not in self.data:
            if needed:
                where = replace(self.data.place, width=1)
                fix = f"add a line `{word}: ...`."
                self._add("chart-word-missing", where, f"this chart has no `{word}:`", fix)
            return None
        if not isinstance(value, str) or not value.strip():
            self._wrong(word, self.data.value_where(word), "words, and not empty")
            return None
        return value if word in ("sql", "where") else value.strip()

    def _text(self, word: str, *, needed: bool = False) -> Text | None:
        value = self._string(word, needed=needed)
        return self.parse(self.data[word], self.data.where(word)) if value else None

    def _choice(self, word: str, choices: tuple[str, ...]) -> str | None:
        value = self.data.get(word)
        if word in self.data and value not in choices:
            where = self.data.value_where(word)
            fix = did_you_mean(str(value), choices, else_say="choose one of them.")
            message = f"`{word}:` must be one of {', '.join(choices)}"
            self._add("chart-value-wrong", where, message, fix)
            return None
        return value

    def _whole(self, word: str, allowed: range) -> int | None:
        value = self.data.get(word)
        if word not in self.data:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or value not in allowed:
            wanted = f"a whole number from {allowed.start} to {allowed.stop - 1}"
            self._wrong(word, self.data.value_where(word), wanted)
            return None
        return value

    def _format(self) -> str | None:
        pattern = self._string("format")
        if pattern is not None and read_pattern(pattern) is None:
            where = self.data.value_where("format")
            message = f'"{pattern}" is no number format'
            fix = "write words around one 0, such as $0bn, $0.0bn, 0%, 0.00 or 0,0."
            self._add("chart-format-wrong", where, message, fix)
            return None
        return pattern

    def _allow(self) -> frozenset[str]:
        value = self.data.get("allow")
        rules = list(value) if isinstance(value, YamlList) else [value]
        if "allow" not in self.data:
            return frozenset()
        if not all(isinstance(rule, str) for rule in rules):
            self._wrong("allow", self.data.where("allow"), "a rule or a list of rules")
        return frozenset(rule for rule in rules if isinstance(rule, str))

    def _highlight(self) -> tuple[str, ...]:
        value = self.data.get("highlight")
        items = [value] if isinstance(value, str | int) else value
        if "highlight" not in self.data:
            return ()
        if not isinstance(items, list | YamlList) or not all(_is_word(item) for item in items):
            self._wrong("highlight", self.data.where("highlight"), "a value or a list of values")
            return ()
        return tuple(str(item) for item in items)

    def _arguments(self, kind: str | None) -> Mapping[str, Any]:
        if kind is None:
            return {}
        given = [word for word in self.data if word in KINDS[kind].arguments]
        wrong = {word: tuple(check_argument(kind, word, self.data)) for word in given}
        self.problems += [problem for found in wrong.values() for problem in found]
        return {word: plain(self.data[word]) for word in given if not wrong[word]}

    def _update_layout(self) -> Mapping[str, Any]:
        value = self.data.get("update_layout")
        if "update_layout" not in self.data:
            return {}
        if not isinstance(value, YamlMap):
            wanted = "a mapping of Plotly layout words"
            self._wrong("update_layout", self.data.where("update_layout"), wanted)
            return {}
        return dict(plain(value))


def _is_word(item: Any) -> bool:
    return isinstance(item, str | int) and not isinstance(item, bool)
