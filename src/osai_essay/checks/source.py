"""What can be known to be wrong before anything is computed: names that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from osai_essay.files import outside
from osai_essay.model import ChartSpec, Essay, Site, Use
from osai_essay.plan import Plan
from osai_essay.problem import Problem, Where, did_you_mean, nearest
from osai_essay.urls import target_of

BODY_NAMES = ("site", "page")
CHART_NAMES = ("site",)


def check_source(
    site: Site,
    plan: Plan,
    *,
    includes: Iterable[str],
    layouts: Iterable[str],
    sources: Iterable[str] | None,
) -> tuple[Problem, ...]:
    """Every name in essays and charts that stands for nothing.

    includes: names of files under templates/includes/. layouts: names of templates.
    sources: ids of the sources dataset, None where the site has none.
    """
    names = _Names(
        site, tuple(includes), tuple(layouts), None if sources is None else tuple(sources)
    )
    problems = [problem for essay in plan.essays for problem in names.check_essay(essay)]
    problems += [problem for spec in site.charts for problem in names.check_chart(spec)]
    problems += names.check_navigation(plan)
    return tuple(problems)


class _Names:
    """What each kind of name may be in one site."""

    def __init__(
        self,
        site: Site,
        includes: tuple[str, ...],
        layouts: tuple[str, ...],
        sources: tuple[str, ...] | None,
    ) -> None:
        self.site = site
        self.charts = site.chart_names or tuple(spec.name for spec in site.charts)
        self.datasets = tuple(dataset.name for dataset in site.datasets)
        self.includes = includes
        self.layouts = layouts
        self.sources = sources

    def check_essay(self, essay: Essay) -> Iterator[Problem]:
        known = dict.fromkeys(BODY_NAMES) | self.numbers_of(essay.source)
        for text in (essay.title, essay.description, essay.body):
            if text:
                yield from self.check_names(text.names, known)
        for claim in essay.claims:
            yield from self.check_names(claim.rule.names, known)
        for use in essay.body.charts:
            yield from self.check_chart_name(use)
        for use in essay.body.includes:
            yield from self.check_include(use)
        for use in essay.references:
            yield from self.check_reference(use)
        yield from self.check_layout(essay)

    def check_chart(self, spec: ChartSpec) -> Iterator[Problem]:
        words = [spec.title, spec.subtitle, spec.alt, spec.note, spec.description]
        words += [note.text for note in spec.annotations]
        words += [line.text for line in spec.lines]
        known = dict.fromkeys(CHART_NAMES) | self.numbers_of()
        for text in words:
            if text:
                yield from self.check_names(text.names, known)
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
        return {spec.name: spec.where for spec in self.site.numbers if spec.essay in ("", essay)}

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
        yield Problem(
            code="include-unknown",
            where=use.where,
            message=f'there is no include "{use.name}", and no chart of that name',
            fix=did_you_mean(
                use.name,
                known,
                else_say=f"make templates/includes/{use.name} or a chart in content/charts.",
            ),
        )

    def check_reference(self, use: Use) -> Iterator[Problem]:
        if self.sources is None and "sources" in self.datasets:
            return  # it has problems of its own
        if self.sources is None:
            yield Problem(
                code="reference-unknown",
                where=use.where,
                message=f'there is no source "{use.name}": the site has no dataset "sources"',
                fix="put data/sources.yml there, a list of records with id, title and url.",
            )
        elif use.name not in self.sources:
            yield Problem(
                code="reference-unknown",
                where=use.where,
                message=f'there is no source "{use.name}"',
                fix=did_you_mean(
                    use.name, self.sources, else_say="add it to the dataset sources, with its id."
                ),
            )

    def check_layout(self, essay: Essay) -> Iterator[Problem]:
        if essay.layout not in self.layouts:
            yield Problem(
                code="layout-unknown",
                where=essay.layout_where,
                message=f'there is no layout "{essay.layout}"',
                fix=did_you_mean(
                    essay.layout,
                    self.layouts,
                    else_say=f"make templates/{essay.layout}.html, or use post or page.",
                ),
            )

    def check_navigation(self, plan: Plan) -> Iterator[Problem]:
        targets = {address.target for address in plan.addresses.values()}
        for item in self.site.config.navigation:
            url = item.url.partition("#")[0]
            is_known = url in plan.addresses or target_of(url) in targets
            if url.startswith("/") and not is_known:
                yield Problem(
                    code="link-broken",
                    where=item.where,
                    message=f'nothing of this site is at "{item.url}"',
                    fix=did_you_mean(
                        url, plan.addresses, else_say="name a page from the site's root, such as /."
                    ),
                )


def check_names(uses: Iterable[Use], known: Mapping[str, Where | None]) -> Iterator[Problem]:
    """A problem for each name that stands for nothing; known: name -> where it is declared."""
    for use in uses:
        if use.name not in known:
            yield Problem(
                code="name-unknown",
                where=use.where,
                message=f'there is no number or name "{use.name}"',
                fix=_name_fix(use.name, known),
            )


def _name_fix(name: str, known: Mapping[str, Where | None]) -> str:
    near = nearest(name, known)
    if near:
        place = f" ({known[near]})" if known[near] else ""
        return f'did you mean "{near}"{place}?'
    return (
        f'declare "{name}" in content/numbers.yml; put {{% raw %}} and {{% endraw %}} around text '
        "that only shows braces."
    )
