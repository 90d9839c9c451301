"""Posts in Markdown, as many as one asks for: about 900 words, tables, code, footnotes, links."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bench.words import Words

FIRST_DAY = date(2000, 1, 1)
POSTS_A_DAY = 2
TAGS = 40
SECTIONS = 5
LINKS = 3

_CODE = '''```python
def {name}(rows: list[dict[str, float]], limit: int = {limit}) -> float:
    """The sum of {noun} over the rows that stay below a limit."""
    total = 0.0
    for number, row in enumerate(rows):
        if number >= limit:  # the rest is of another year
            break
        total += row["{noun}"] * {factor}
    return round(total, 2)
```'''


@dataclass(frozen=True, slots=True)
class Post:
    """One of the posts; all that it says follows from its number, counted from 0."""

    number: int

    @property
    def slug(self) -> str:
        return f"{self.title.replace(' ', '-').lower()}-{self.number:05}"

    @property
    def title(self) -> str:
        words = Words(f"title {self.number}")
        return f"The {words.topic()} and the {words.topic()}"

    @property
    def description(self) -> str:
        return Words(f"description {self.number}").sentence()

    @property
    def day(self) -> date:
        return FIRST_DAY + timedelta(days=self.number // POSTS_A_DAY)

    @property
    def tags(self) -> tuple[str, ...]:
        return tuple(f"topic-{self.number * step % TAGS + 1}" for step in (1, 7))

    @property
    def linked(self) -> tuple[Post, ...]:
        """Earlier posts; the first ones lead to themselves."""
        return tuple(Post(self.number // (step + 1)) for step in range(1, LINKS + 1))

    @property
    def file(self) -> str:
        return f"{self.day}-{self.slug}.md"

    @property
    def chart(self) -> str:
        return f"chart-{self.number:05}"

    def body(self, link: Callable[[Post], str], figure: str = "") -> str:
        """Its Markdown. link: the address that leads to a post; figure: what shows its chart."""
        return "\n\n".join(filter(None, self._blocks(link, figure))) + "\n"

    def _blocks(self, link: Callable[[Post], str], figure: str) -> Iterator[str]:
        words = Words(f"body {self.number}")
        yield f"{words.paragraph()}[^1]"
        yield figure
        for section in range(SECTIONS):
            yield f"## On the {words.topic()}, part {section + 1}"
            yield words.paragraph()
            yield from _PARTS[section](words)
            yield words.paragraph()
        ways = (f"[{post.title}]({link(post)})" for post in self.linked)
        yield f"{words.sentence()} See {', '.join(ways)}.[^2]"
        yield f"[^1]: {words.sentence()}"
        yield f"[^2]: {words.sentence()} More stands [elsewhere](https://example.com/{self.number})."


def _table(words: Words) -> Iterator[str]:
    rows = [
        f"| {words.topic()} | {words.noun()} | {year * 7 % 90}.{year % 9} |" for year in range(8)
    ]
    yield "\n".join(["| Subject | Kind | Amount |", "|:--|:--|--:|", *rows])


def _list(words: Words) -> Iterator[str]:
    yield "\n".join(f"- {words.sentence()}" for _ in range(4))


def _quote(words: Words) -> Iterator[str]:
    yield f"> {words.sentence()} {words.sentence()}"


def _code(words: Words) -> Iterator[str]:
    limit, noun = len(words.sentence()), words.noun()
    yield _CODE.format(name=f"sum_{noun}", limit=limit, noun=noun, factor=f"{limit / 8:.2f}")


def _subsection(words: Words) -> Iterator[str]:
    yield f"### The {words.topic()} in detail"
    yield words.paragraph()


_PARTS = (_table, _list, _code, _quote, _subsection)
