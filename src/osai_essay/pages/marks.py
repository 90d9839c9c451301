"""What stands for charts in an essay's HTML until its page is made."""

from __future__ import annotations

from collections.abc import Callable

from osai_essay.struct import Struct, field


class Marks(Struct):
    """Comments that stand for charts until a page's figures are put in.

    secret: what no author can write into a comment of his own.
    """

    secret: str
    names: list[str] = field(default_factory=list)

    def add(self, chart: str) -> str:
        """The mark of this use of a chart."""
        self.names.append(chart)
        return self._mark(len(self.names) - 1)

    def _mark(self, index: int) -> str:
        return f"<!-- chart {self.secret} {index} -->"

    def fill(self, html: str, figure: Callable[[str, int], str]) -> str:
        """The HTML with each mark's chart in it.

        figure: a chart's name, and the how manyth time it is shown -> HTML.
        """
        for index, name in enumerate(self.names):
            time = self.names[: index + 1].count(name)
            html = html.replace(self._mark(index), figure(name, time))
        return html
