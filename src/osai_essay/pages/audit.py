"""What a reader finds behind a number or a claim: value, formula, rows, sources, uses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from osai_essay.bind import explain_number, number_sql
from osai_essay.charts.table import cell_text, table_csv, table_html
from osai_essay.formats import PERCENT, SHARE, format_number, format_unit, short_value
from osai_essay.model import (
    Bound,
    Cell,
    Claim,
    Config,
    Dataset,
    Number,
    NumberSpec,
    OutputFile,
    Table,
)
from osai_essay.pages.audit_views import ClaimView, NumberView
from osai_essay.pages.make import as_html, source_view
from osai_essay.pages.maker import Maker
from osai_essay.pages.views import LinkView, PartView
from osai_essay.plan import GENERATED, dataset_url, number_file, number_url
from osai_essay.prose import sentence_around
from osai_essay.struct import Struct, field, replace
from osai_essay.template import render_line

FIRST_ROWS = 5
_BARE = re.compile(r"(?:[\d\s.,'’–−-]|\bto\b)+")  # a number, or two, and nothing to say of what


class Audit(Struct, frozen=True, kw_only=True):
    """Numbers and claims as templates show them; uses: number -> the pages that print it."""

    bound: Bound
    config: Config
    datasets: Mapping[str, Dataset]
    uses: Mapping[str, tuple[LinkView, ...]]
    bare: dict[str, NumberView] = field(default_factory=dict)  # by name, without rows

    def number(self, name: str, *, rows: int | None = FIRST_ROWS, here: str = "") -> NumberView:
        """A number with its first rows (None: all of them); here: a page not to name as a use."""
        if name not in self.bare:
            self.bare[name] = self._bare(name)
        view = self.bare[name]
        return replace(
            view,
            rows=as_html(self.rows(self.bound.numbers[name], rows)) if rows != 0 else view.rows,
            uses=tuple(use for use in view.uses if use.url != here),
        )

    def _bare(self, name: str) -> NumberView:
        number = self.bound.numbers[name]
        spec = number.spec
        return NumberView(
            name=name,
            id=f"number-{name}",
            url=number_url(name),
            csv=number_file(name) if number.table else "",
            label=spec.label,
            text=number.text,
            amount=amount(number),
            value=exact(number),
            unit=unit_behind(number, exact(number)),
            formula=explain_number(number, self.bound.numbers, self.datasets),
            sql=number_sql(number),
            note=spec.note,
            parts=tuple(self.part(each) for each in number.parts),
            rows=as_html(""),
            row_count=len(number.table.rows) if number.table else 0,
            datasets=tuple(
                LinkView(title=self.datasets[each].title or each, url=dataset_url(each))
                for each in number.datasets
                if each in self.datasets
            ),
            sources=tuple(source_view(source) for source in number.sources),
            credits=number.credits,
            uses=self.uses.get(name, ()),
        )

    def part(self, name: str) -> PartView:
        """A number in another one's audit."""
        return part_view(self.bound.numbers[name])

    def rows(self, number: Number, most: int | None) -> str:
        """The rows behind a number as a table, at most so many of them."""
        if number.table is None:
            return ""
        table = number.table if most is None else _first_rows(number, number.table, most)
        caption = f"Rows behind: {number.spec.label}"
        return table_html(table, number.columns, caption=caption, config=self.config, is_read=True)

    def claim(self, claim: Claim, index: int, prose: str) -> ClaimView:
        """A claim of an essay, the how manyth in its text; prose: the essay's HTML."""
        anchor, margin = f"claim-{index + 1}", claim.margin
        before, words, after = _sentence(prose, anchor) or ("", _plain_words(claim), "")
        return ClaimView(
            id=anchor,
            before=before,
            words=words,
            after=after,
            rule=claim.spec.rule.source,
            margin="" if margin is None else format_number(margin, unit="share", digits=2),
            names=tuple(claim.values),
            parts=tuple(self.part(name) for name in claim.values),
        )


def _sentence(prose: str, anchor: str) -> tuple[str, str, str] | None:
    """The sentence of the link to an anchor, cut around the link; None where there is no link."""
    link = re.search(rf'<a class="claim" href="#{anchor}">.*?</a>', prose, re.DOTALL)
    return sentence_around(prose, link.start(), link.end()) if link else None


def _plain_words(claim: Claim) -> str:
    words, _ = render_line(claim.spec.words, claim.values)
    return " ".join(words.replace("*", "").split())


def _first_rows(number: Number, table: Table, most: int) -> Table:
    """The first rows, of a dataset's many columns those that tell them apart or are counted."""
    kept = [
        index
        for index in range(len(table.names))
        if index == 0 or number.spec.dataset is None or _is_worth_room(number.spec, table, index)
    ]
    return Table(
        names=tuple(table.names[index] for index in kept),
        types=tuple(table.types[index] for index in kept),
        rows=tuple(tuple(row[index] for index in kept) for row in table.rows[:most]),
    )


def _is_worth_room(spec: NumberSpec, table: Table, index: int) -> bool:
    """True for a column of the value, and of a condition that does not hold it to one value."""
    word = rf"\b{re.escape(table.names[index])}\b"
    if re.search(word, spec.value or ""):
        return True
    condition = spec.selection or ""
    is_one = re.search(rf"{word}\s*=", condition) and len({row[index] for row in table.rows}) == 1
    return bool(re.search(word, condition)) and not is_one


def part_view(number: Number) -> PartView:
    """A number in a few words."""
    value = counted(number)
    return PartView(
        label=number.spec.label,
        text=number.text,
        amount=amount(number),
        value=value,
        unit=unit_behind(number, value),
        url=number_url(number.name),
    )


def amount(number: Number) -> str:
    """Its text as prose prints it, and its unit where its `format:` leaves that out."""
    return f"{number.text} {unit_behind(number, number.text)}".rstrip()


def unit_behind(number: Number, shown: str) -> str:
    """The unit in words, as it goes behind a value shown so; empty where that has it already."""
    is_bare = _BARE.fullmatch(shown) and number.spec.unit != SHARE
    if not is_bare:
        return ""
    return format_unit(number.spec.unit, number=shown, language=number.language)


def exact(number: Number) -> str:
    """A value at twelve digits at most: 378.66, never 378.65999999999997."""
    return " to ".join(_exact(each, number.spec.unit) for each in _ends(number))


def counted(number: Number) -> str:
    """A value at four digits, whole ones in full, as rules count: a share is 0.5, and 50% too."""
    return " to ".join(_counted(each, number.spec.unit) for each in _ends(number))


def _ends(number: Number) -> tuple[Cell, ...]:
    return number.value if isinstance(number.value, tuple) else (number.value,)


def _counted(value: Cell, unit: str | None) -> str:
    if isinstance(value, float) and not value.is_integer():
        value = float(f"{value:.4g}")
    shown = _exact(value, unit)
    return f"{cell_text(value)} ({shown})" if unit == SHARE else shown


def _exact(value: Cell, unit: str | None) -> str:
    if isinstance(value, int | float) and unit in (SHARE, *PERCENT):
        return f"{cell_text(value * 100 if unit == SHARE else value)}%"
    return cell_text(value)


def number_pages(maker: Maker, audit: Audit) -> Iterator[OutputFile]:
    """A page for each number, their list, and the same for machines. Raises: ThemeError."""
    bound = audit.bound
    if not bound.numbers:
        return
    for name, number in bound.numbers.items():
        view = audit.number(name, rows=None)
        title = f"{view.label}: {view.amount}"
        yield maker.page(
            "number.html", view.url, title=title, description=view.formula, number=view
        )
        if number.table:
            yield OutputFile(target=view.csv.lstrip("/"), content=table_csv(number.table))
    if maker.plan.has("numbers"):
        views = tuple(audit.number(name, rows=0) for name in bound.numbers)
        yield maker.page("numbers.html", GENERATED["numbers"], title="Numbers", all_numbers=views)
    yield OutputFile(target=GENERATED["numbers-json"].lstrip("/"), content=_to_json(audit).encode())


def _to_json(audit: Audit) -> str:
    numbers = {name: _number_json(audit, name) for name in audit.bound.numbers}
    claims = [_claim_json(claim) for claim in audit.bound.claims]
    return (
        json.dumps(
            {"numbers": numbers, "claims": claims}, ensure_ascii=False, indent=1, allow_nan=False
        )
        + "\n"
    )


def _number_json(audit: Audit, name: str) -> dict[str, Any]:
    number, view = audit.bound.numbers[name], audit.number(name, rows=0)
    return {
        "label": view.label,
        "text": view.text,
        "value": short_value(number.value),
        "unit": number.spec.unit,
        "formula": number.spec.formula.source if number.spec.formula else view.formula,
        "sql": view.sql or None,
        "rows": view.row_count,
        "parts": list(number.parts),
        "datasets": list(number.datasets),
        "sources": [{"id": s.id, "title": s.title, "url": s.url} for s in view.sources],
        "page": view.url,
        "uses": [use.url for use in view.uses],
    }


def _claim_json(claim: Claim) -> dict[str, Any]:
    words, _ = render_line(claim.spec.words, claim.values)
    return {
        "file": claim.file,
        "words": " ".join(words.split()),
        "rule": claim.spec.rule.source,
        "is_true": claim.is_true,
        "margin": None if claim.margin is None else float(f"{claim.margin:.4g}"),
        "values": {name: short_value(number.value) for name, number in claim.values.items()},
    }
