"""Essays written here and, where many are to be, in children beside, one on each further core."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from threading import Thread

from osai_essay.child import Child, ChildError, ChildFault
from osai_essay.model import Content, Essay, Memo, NotKeptError, Number, refuse
from osai_essay.pages.made import MadeEssay, Written
from osai_essay.pages.writer import Desk, Writer
from osai_essay.struct import replace

PAYS_FROM = 150  # essays to be written anew: with fewer, this process is done as a child begins
MOST_CHILDREN = 7
# Hands of essays are large, as between two of them a child may wait until this thread lets go; and
# small towards the end, so that nobody waits for the last of them.
MOST_IN_HAND = 64
FEWEST_IN_HAND = 6
HELPERS = 2  # for each child: one keeps what it wrote while the other has it write more
SECONDS = 60  # for one hand
MEMORY_MB = 1024

Hand = tuple[tuple[Essay, dict[str, Number]], ...]  # essays, and the numbers in them
Kept = tuple[Mapping[str, Content], MadeEssay]  # an essay's HTML and all else, of whichever build


def write_all(writers: Sequence[Writer], memo: Memo) -> tuple[Kept, ...]:
    """Each essay as HTML, those of earlier builds where nothing in them has changed."""
    work = _Work(writers, memo)
    work.look_up()
    if len(work.waiting) >= PAYS_FROM:
        work.share()
    work.write_here(work.own)
    work.write_here(work.waiting)
    return tuple(work.made[index] for index in range(len(writers)))


class _Work:
    """The essays by their place: those that are made, and those that wait for whoever is free.

    own: for this process alone, as it has the theme, and what a child could not write.
    """

    def __init__(self, writers: Sequence[Writer], memo: Memo) -> None:
        self.writers = writers
        self.memo = memo
        self.made: dict[int, Kept] = {}
        self.waiting: deque[int] = deque()
        self.own: deque[int] = deque()

    def look_up(self) -> None:
        """Take what an earlier build made; the others wait."""
        for index, writer in enumerate(self.writers):
            try:
                self.take(index, refuse)
            except NotKeptError:
                (self.own if writer.includes else self.waiting).append(index)

    def take(self, index: int, write: Callable[[], Written]) -> None:
        """One essay, that of an earlier build where there is one."""
        writer, memo = self.writers[index], self.memo
        given = [write]

        def make() -> Written:
            files, made = (given.pop() if given else writer.anew().write)()
            return files, replace(made, mark=memo.mark(made.view))

        still = writer.is_answered_alike
        self.made[index] = memo.get_files("prose", writer.key(), make, still=still)
        given.clear()  # should the HTML be lost before it is read, it is written again

    def write_here(self, indexes: deque[int]) -> None:
        """Write one essay after the other until none is left."""
        while found := _pop(indexes, 1):
            self.take(found[0], self.writers[found[0]].anew().write)

    def share(self) -> None:
        """Write all that waits, here and in children.

        What they fail at is left for this process, where a bug of ours shows with its traceback.
        """
        with ExitStack() as stack:
            children = [stack.enter_context(self.open_child()) for _ in range(_count_children())]
            for child in children * HELPERS:
                helper = Thread(target=self.help, args=(child, len(children)), daemon=True)
                helper.start()
                stack.callback(helper.join)
            stack.callback(self.waiting.clear)  # where this process is stopped, so are they
            self.write_here(self.own)
            self.write_here(self.waiting)

    def open_child(self) -> Child:
        """A child that starts by itself when it is first asked."""
        desk = self.writers[0].desk
        return Child(
            f"{__name__}:open_desk", seconds=SECONDS, memory_mb=MEMORY_MB, first=lambda: (desk,)
        )

    def help(self, child: Child, children: int) -> None:
        """Have a child write hand after hand, until nothing waits any more."""
        while hand := _pop(self.waiting, self.size_of_hand(children)):
            try:
                made = child.call(tuple(_request(self.writers[index]) for index in hand))
            except (ChildError, ChildFault):
                self.own += hand
                continue
            for index, written in zip(hand, made, strict=True):
                self.take(index, _give(written))

    def size_of_hand(self, children: int) -> int:
        """Half of what would be fair among all who write."""
        fair = len(self.waiting) // (children + 1)
        return min(MOST_IN_HAND, max(FEWEST_IN_HAND, fair // 2))


def _give(written: Written) -> Callable[[], Written]:
    return lambda: written


def _pop(indexes: deque[int], most: int) -> list[int]:
    """The next of them; another thread may take the last one at any moment."""
    found: list[int] = []
    try:
        while len(found) < most:
            found.append(indexes.popleft())
    except IndexError:
        pass
    return found


def _request(writer: Writer) -> tuple[Essay, dict[str, Number]]:
    names = writer.names_used
    return writer.essay, {name: number for name, number in writer.bound.items() if name in names}


def _count_children() -> int:
    return min(MOST_CHILDREN, (os.cpu_count() or 1) - 1)


def open_desk() -> Callable[[Desk | Hand], Iterable[Written]]:
    """The child's side: a desk first, then hands of essays."""
    desks: list[Desk] = []

    def answer(request: Desk | Hand) -> Iterable[Written]:
        if isinstance(request, Desk):
            desks.append(request)
            return ()
        return tuple(Writer(desks[0], essay, numbers).write() for essay, numbers in request)

    return answer
