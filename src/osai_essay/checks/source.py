"""What can be known to be wrong before anything is computed: names that lead nowhere."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from osai_essay.bind import texts_of_chart, texts_of_essay, unknown_source
from osai_essay.files import outside
from osai_essay.links import find_file, is_left_out, why_left_out
from osai_essay.model import ChartSpec, Essay, Site, Text, Use
from osai_essay.plan import Plan
from osai_essay.problem import Problem, Where, did_you_mean, nearest
from osai_essay.prose import find_extensions
from osai_essay.prose.extensions import INSTEAD, MARK
from osai_essay.template import bare_words
from osai_essay.text_lines import TextLines
from osai_essay.urls import target_of

BODY_NAMES = ("site", "page")
CHART_NAMES = ("site",)
OF_TEMPLATES = {  # what Jekyll gives to layouts and lists, and not to what an essay says
    "content": "take it out: a template such as templates/post.html holds an essay's text.",
    "paginator": "lists of posts belong in a template of the theme, such as templates/index.html.",
}
SHOWN = 5  # names of charts that a message lists


def check_source(
    site: Site,
    plan: Plan,
    *,
    includes: Iterable[str],
    layouts: Iterable[str],
    sources: Iterable[str] | None,
    knows_datasets: bool = True,
) -> tuple[Problem, ...]:
    """Every name in essays and charts that stands for nothing.

    includes: names of files under templates/includes/. layouts: names of templates.
    sources: ids of the sources dataset, None where the site has none.
    knows_datasets: False where some could not be read, so that a name may be one of theirs.
    """
    names = _Names(
        site, plan, tuple(includes), tuple(layouts), None if sources is None else tuple(sources)
    )
    problems = [problem for essay in plan.essays for problem in names.check_essay(essay)]
    problems += [problem for spec in site.charts for problem in names.check_chart(spec)]
    if knows_datasets:
        problems += [problem for spec in site.charts for problem in names.check_dataset(spec)]
    problems += names.check_navigation(plan)
    return tuple(problems)


class _Names:
    """What each kind of name may be in one site."""

    def __init__(
        self,
        site: Site,
        plan: Plan,
        includes: tuple[str, ...],
        layouts: tuple[str, ...],
        sources: tuple[str, ...] | None,
    ) -> None:
        self.site = site
        self.plan = plan
        self.charts = site.chart_names or tuple(spec.name for spec in site.charts)
        self.datasets = tuple(dataset.name for dataset in site.datasets)
        self.includes = includes
        self.layouts = layouts
        self.sources = sources

    def check_essay(self, essay: Essay) -> Iterator[Problem]:
        numbers = self.numbers_of(essay.source)
        known = dict.fromkeys(BODY_NAMES) | numbers
        texts = texts_of_essay(essay)
        uses = [use for text in texts for use in text.names]
        uses += [use for claim in essay.claims for use in claim.rule.names]
        yield from self.check_names(uses, known)
        yield from (problem for text in texts for problem in check_computed(text, numbers))
        for use in essay.body.charts:
            yield from self.check_chart_name(use)
        for use in essay.body.includes:
            yield from self.check_include(use)
        yield from check_extensions(essay.body)
        for use in essay.body.links:
            yield from check_file(use, self.plan)
        for use in essay.references:
            yield from self.check_reference(use)
        yield from self.check_layout(essay)

    def check_chart(self, spec: ChartSpec) -> Iterator[Problem]:
        numbers = self.numbers_of()
        known = dict.fromkeys(CHART_NAMES) | numbers
        texts = texts_of_chart(spec)
        yield from self.check_names([use for text in texts for use in text.names], known)
        yield from (problem for text in texts for problem in check_computed(text, numbers))

    def check_dataset(self, spec: ChartSpec) -> Iterator[Problem]:
        if spec.dataset and spec.dataset not in self.datasets:
            yield Problem(
                code="dataset-unknown",
                where=spec.dataset_where or spec.where,
                message=f'there is no dataset "{spec.dataset}"',
                fix=did_you_mean(
                    spec.dataset, self.datasets, else_say="put a file of that name into data/."
                ),
            )

    def numbers_of(self, essay: str = "") -> dict[str, Where | None]:
        """The numbers that an essay or a chart may use, and where they are declared."""
        return {spec.name: spec.where for spec in self.site.numbers if spec.is_seen_from(essay)}

    def check_names(
        self, uses: Iterable[Use], known: Mapping[str, Where | None]
    ) -> Iterator[Problem]:
        """The unknown names, unless they may stand in a file that cannot be read."""
        return check_names(uses, known) if self.site.knows_numbers else iter(())

    def check_chart_name(self, use: Use) -> Iterator[Problem]:
        if use.name not in self.charts:
            yield Problem(
                code="chart-unknown",
                where=use.where,
                message=f'there is no chart "{use.name}"',
                fix=did_you_mean(
                    use.name, self.charts, else_say=f"make content/charts/{use.name}.yml."
                ),
            )

    def check_include(self, use: Use) -> Iterator[Problem]:
        if ".." in use.name.split("/") or use.name.startswith("/"):
            yield outside(use.where, use.name)
            return
        if use.name in self.includes or use.name.removesuffix(".html") in self.charts:
            return
        known = [*self.includes, *(f"{chart}.html" for chart in self.charts)]
        chart = use.name.removesuffix(".html")
        has = f"; it has: {_list(self.charts)}" if self.charts else ""
        yield Problem(
            code="include-unknown",
            where=use.where,
            message=f'there is no include "{use.name}", and no chart of that name',
            fix=did_you_mean(
                use.name,
                known,
                else_say=f"content/charts has no {chart}.yml{has}. "
                "Other includes stand in templates/includes/.",
            ),
        )

    def check_reference(self, use: Use) -> Iterator[Problem]:
        dataset = next((each for each in self.site.datasets if each.name == "sources"), None)
        if self.sources is None and dataset:
            return  # it has problems of its own
        if use.name not in (self.sources or ()):
            yield unknown_source(use, self.sources or (), dataset.path if dataset else None)

    def check_layout(self, essay: Essay) -> Iterator[Problem]:
        if essay.layout not in self.layouts:
            yield Problem(
                code="layout-unknown",
                where=essay.layout_where,
                message=f'there is no layout "{essay.layout}"',
                fix=did_you_mean(
                    essay.layout,
                    self.layouts,
                    else_say=f"write layout: post or page, or make templates/{essay.layout}.html.",
                ),
            )

    def check_navigation(self, plan: Plan) -> Iterator[Problem]:
        for item in self.site.config.navigation:
            url = item.url.partition("#")[0]
            is_known = url in plan.addresses or target_of(url) in plan.targets
            if url.startswith("/") and not is_known:
                yield Problem(
                    code="link-broken",
                    where=item.where,
                    message=f'nothing of this site is at "{item.url}"',
                    fix=did_you_mean(
                        url, plan.addresses, else_say="name a page from the site's root, such as /."
                    ),
                )


def _list(names: Sequence[str]) -> str:
    """The first few names."""
    return f"{', '.join(names[:SHOWN])}{', …' if len(names) > SHOWN else ''}"


def check_names(uses: Iterable[Use], known: Mapping[str, Where | None]) -> Iterator[Problem]:
    """A problem for each name that stands for nothing, however often one file uses it.

    known: name -> where it is declared.
    """
    unknown: dict[str, list[Where]] = {}
    for use in uses:
        if use.name not in known:
            unknown.setdefault(use.name, []).append(use.where)
    for name, places in unknown.items():
        first, *more = sorted(places, key=lambda where: (where.line or 0, where.column or 0))
        lines = dict.fromkeys(str(where.line) for where in more if where.line != first.line)
        also = f" (in line{'s' if len(lines) > 1 else ''} {', '.join(lines)} too)" if lines else ""
        yield Problem(
            code="name-unknown",
            where=first,
            message=f'there is no number or name "{name}"{also}',
            fix=_name_fix(name, known),
        )


def check_computed(text: Text, numbers: Container[str]) -> Iterator[Problem]:
    """A problem for each figure that a text computes, for no reader can open it."""
    found = (next((use for use in uses if use.name in numbers), None) for uses in text.computed)
    for use in filter(None, found):
        yield Problem(
            code="number-computed",
            where=use.where,
            message=f'this computes with "{use.name}" where it prints: '
            "nobody could open the figure",
            fix="make it a number of its own, with formula: and a label:, and write its name here; "
            "digits: and format: say how it is printed.",
        )


def check_extensions(text: Text) -> Iterator[Problem]:
    """A problem for each of kramdown's extensions, such as `{::nomarkdown}`."""
    if MARK not in text.source:
        return
    lines = TextLines(text.source)
    for offset, name in find_extensions(bare_words(text)):
        yield Problem(
            code="markdown-extension-unknown",
            where=text.where.within(*lines.place(offset), width=len(name) + 3),
            message=f'content has no Markdown extension "{name}"',
            fix=INSTEAD.get(name, "take it out, with its end {:/}."),
        )


def check_file(use: Use, plan: Plan) -> Iterator[Problem]:
    """A problem for a file that `{% link %}` or `{% post_url %}` names and that makes no page."""
    if find_file(plan, use.name) is not None:
        return
    why = why_left_out(plan, use.name)
    if why:
        yield is_left_out(use.name, why, use.where)
    else:
        others = (source for source in plan.essay_urls if source != use.where.file)
        stems = [PurePosixPath(source).stem for source in others]
        yield Problem(
            code="link-broken",
            where=use.where,
            message=f'no published post or page, and no other file, is called "{use.name}"',
            fix=did_you_mean(
                PurePosixPath(use.name).stem,
                stems,
                else_say="name a file of content/posts, content/pages or content/static.",
            ),
        )


def _name_fix(name: str, known: Mapping[str, Where | None]) -> str:
    if name in OF_TEMPLATES:
        return OF_TEMPLATES[name]
    near = nearest(name, known)
    if near:
        place = f" ({known[near]})" if known[near] else ""
        return f'did you mean "{near}"{place}?'
    return (
        f'declare "{name}" in content/numbers.yml; put {{% raw %}} and {{% endraw %}} around text '
        "that only shows braces."
    )
