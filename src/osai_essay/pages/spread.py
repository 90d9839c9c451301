"""Essays written here and, where many are to be, in children beside, one on each further core."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Sequence
from threading import Thread

from osai_essay.child import Child, ChildError
from osai_essay.model import Essay, Memo, Number
from osai_essay.pages.writer import Desk, MadeEssay, Writer

PAYS_AFTER = 12  # essays written here: a child takes as long to start
PAYS_FROM = 40  # essays that are left then
MOST_CHILDREN = 7
SECONDS = 60  # for one essay
MEMORY_MB = 1024

Request = Desk | tuple[Essay, dict[str, Number]]


def write_all(writers: Sequence[Writer], memo: Memo) -> tuple[MadeEssay, ...]:
    """Each essay as HTML, those of earlier builds where nothing in them has changed."""
    work = _Work(writers, memo)
    helpers: list[Thread] = []
    while work.waiting:
        work.take(None)
        if work.written == PAYS_AFTER and len(work.waiting) >= PAYS_FROM and not helpers:
            helpers = [Thread(target=work.help, daemon=True) for _ in range(_children())]
            for helper in helpers:
                helper.start()
    for helper in helpers:
        helper.join()
    while work.left:  # what a child could not write
        work.write(work.left.pop(), None)
    return tuple(work.made[index] for index in range(len(writers)))


class _Work:
    """The essays that wait, and those that are made, by their place."""

    def __init__(self, writers: Sequence[Writer], memo: Memo) -> None:
        self.writers = writers
        self.memo = memo
        self.waiting = deque(range(len(writers)))
        self.left: list[int] = []
        self.made: dict[int, MadeEssay] = {}
        self.written = 0  # anew, and here

    def take(self, child: Child | None) -> None:
        """The next essay that waits, if there still is one."""
        try:
            index = self.waiting.popleft()
        except IndexError:
            return
        if child and self.writers[index].includes:  # the theme is loaded here alone
            self.left.append(index)
        else:
            self.write(index, child)

    def write(self, index: int, child: Child | None) -> None:
        """One essay, made by a child where one is given."""
        writer = self.writers[index]
        make = _asked(child, writer) if child else self.counted(writer)
        try:
            self.made[index] = self.memo.get(
                "prose", writer.key(), make, still=writer.is_answered_alike
            )
        except ChildError as error:
            if error.kind == "failed":
                raise  # a bug of ours keeps its traceback
            self.left.append(index)

    def counted(self, writer: Writer) -> Callable[[], MadeEssay]:
        def make() -> MadeEssay:
            self.written += 1
            return writer.write()

        return make

    def help(self) -> None:
        """A child's work: until nothing waits any more."""
        with Child(f"{__name__}:open_desk", seconds=SECONDS, memory_mb=MEMORY_MB) as child:
            child.call(self.writers[0].desk)
            while self.waiting:
                self.take(child)


def _asked(child: Child, writer: Writer) -> Callable[[], MadeEssay]:
    names = writer.names_used
    numbers = {name: number for name, number in writer.bound.items() if name in names}
    return lambda: child.call((writer.essay, numbers))


def _children() -> int:
    return min(MOST_CHILDREN, (os.cpu_count() or 1) - 1)


def open_desk() -> Callable[[Request], MadeEssay | None]:
    """The child's side: a desk first, then essays with the numbers in them."""
    desks: list[Desk] = []

    def answer(request: Request) -> MadeEssay | None:
        if isinstance(request, Desk):
            desks.append(request)
            return None
        essay, numbers = request
        return Writer(desks[-1], essay, numbers).write()

    return answer
