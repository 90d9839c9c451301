"""Sentences by a small grammar of English words: dull, but of the lengths and letters of prose."""

from __future__ import annotations

from random import Random

_ADJECTIVES = """
    annual careful central cheap coastal common costly early empty familiar foreign formal
    gradual heavy honest local modest narrow northern ordinary patient plain private public
    quiet rapid recent rural second sharp silent simple slow small steady sudden thin uneven
    usual western wooden
""".split()
_NOUNS = """
    account answer archive bridge budget canal census chart column committee contract copy cost
    council decade delay district engine estimate factory farm figure grain harbour harvest
    index invoice ledger letter library map market measure memory method mill notice office
    orchard page paper pattern payment plan port price printer question railway reader record
    region report reservoir river road sample school season shipment signal source station
    summary survey table tariff timetable town trade valley village warehouse winter worker
    workshop
""".split()
_VERBS = """
    answers carries changes checks closes copies counts covers crosses delays describes explains
    feeds follows holds keeps leaves limits lists measures moves names opens orders passes pays
    prints questions reaches records repeats replaces reports shows signs sorts stores supports
    tests weighs
""".split()
_LINKS = "after although because before unless until when where while".split()
_PLACES = (
    "across along around behind below beside beyond inside near outside over past under".split()
)


class Words:
    """The same words again for the same seed."""

    def __init__(self, seed: str) -> None:
        self.random = Random(seed)

    def topic(self) -> str:
        """Two words, such as "quiet harbour"."""
        return f"{self.pick(_ADJECTIVES)} {self.pick(_NOUNS)}"

    def noun(self) -> str:
        return self.pick(_NOUNS)

    def sentence(self) -> str:
        """Eight to twenty-five words, some of them marked up."""
        text = self._clause()
        if self.random.random() < 0.6:
            text += f" {self.pick(_LINKS)} {self._clause()}"
        if self.random.random() < 0.4:
            text += f", and {self._clause()}"
        return f"{text[0].upper()}{text[1:]}."

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.random.randint(1, 3)))

    def pick(self, words: list[str]) -> str:
        return words[int(self.random.random() * len(words))]

    def _clause(self) -> str:
        place = f" {self.pick(_PLACES)} the {self._marked(self.topic())}"
        return f"the {self.topic()} {self.pick(_VERBS)} one {self._marked(self.noun())}{place}"

    def _marked(self, words: str) -> str:
        marks = ("**", "*", "`")
        at = int(self.random.random() * 40)
        return f"{marks[at]}{words}{marks[at]}" if at < len(marks) else words
