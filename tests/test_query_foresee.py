"""Queries answered before they are asked: few messages, the same answers, faults at their place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from osai_essay.cache.memo import KeptMemo
from osai_essay.model import Table
from osai_essay.query import Queries, QueryError, rows_request, select_request
from waiting import WAIT_S

MONEY = Table(
    names=("firm", "amount"),
    types=("string", "number"),
    rows=(("Amazon", 100.5), ("Tencent", 12.5)),
)
ENDLESS = "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r"
LARGE = "amount > 50"
TOTAL = "SELECT sum(amount) AS total FROM money"


class Told(Queries):
    """Queries that keeps what kind of message the child gets, with how many queries.

    It has patience with all but what has no end.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.add_table("money", MONEY)
        self.messages: list[tuple[str, int]] = []

    def _call(self, request: tuple[Any, ...]) -> Any:
        kind, first, *_ = request
        self.messages.append((kind, len(first) if kind == "many" else 1))
        self._child.seconds = 0.5 if ENDLESS in str(request) else WAIT_S
        return super()._call(request)


@pytest.fixture
def queries() -> Iterator[Told]:
    with Told() as opened:
        yield opened


def ask(queries: Queries) -> list[tuple[Any, ...]]:
    answers = [
        queries.select(TOTAL),
        queries.select_rows("money", where=LARGE),
        queries.select_rows("money", where=LARGE, value="count(*)"),
    ]
    assert {answer.datasets for answer in answers} == {("money",)}
    return [row for answer in answers for row in answer.table.rows]


REQUESTS = (
    select_request(TOTAL),
    rows_request("money", LARGE),
    rows_request("money", LARGE, "count(*)"),
)


def test_many_queries_take_one_message(queries: Told) -> None:
    with queries.foresee([*REQUESTS, *REQUESTS]):
        assert ask(queries) == [(113.0,), ("Amazon", 100.5), (1,)]
    assert queries.messages == [("many", 3)]


def test_after_the_block_nothing_is_left_of_it(queries: Told) -> None:
    with queries.foresee(REQUESTS):
        pass
    queries.add_table("money", Table(names=MONEY.names, types=MONEY.types, rows=MONEY.rows[1:]))
    assert queries.select(TOTAL).table.rows == ((12.5,),)


def test_wrong_query_says_so_when_it_is_asked_and_harms_no_other(queries: Told) -> None:
    wrong = "SELECT sum(amont) FROM money"
    with queries.foresee([select_request(wrong), *REQUESTS]):
        with pytest.raises(QueryError, match="amont") as caught:
            queries.select(wrong)
        assert (caught.value.code, caught.value.column) == ("column-unknown", 12)
        assert len(ask(queries)) == 3
    assert [kind for kind, *_ in queries.messages] == ["many", "select"]


def test_query_without_end_is_stopped_and_harms_no_other(queries: Told) -> None:
    with queries.foresee([REQUESTS[0], select_request(ENDLESS), *REQUESTS[1:]]):
        assert len(ask(queries)) == 3
        with pytest.raises(QueryError, match="stopped") as caught:
            queries.select(ENDLESS)
    assert caught.value.code == "sql-too-slow"


def test_only_what_no_earlier_build_answered_is_asked() -> None:
    memo = KeptMemo(None, version="1", in_memory=True)
    with Told(memo) as first, first.foresee(REQUESTS[:2]):
        pass
    with Told(memo) as second, second.foresee(REQUESTS):
        assert len(ask(second)) == 3
    assert (first.messages, second.messages) == ([("many", 2)], [("many", 1)])


def open_hurried(**options: Any) -> Callable[[Any], Any]:
    """The child's side, where a moment is over at once."""
    from osai_essay.query import worker

    worker.MOMENT_S = -1.0
    return worker.open_database(**options)


def test_answers_that_take_more_than_a_moment_come_in_parts(queries: Told) -> None:
    queries._child.target = f"{__name__}:open_hurried"
    with queries.foresee(REQUESTS):
        assert queries.messages == [("many", 3), ("many", 2), ("many", 1)]
        assert len(ask(queries)) == 3
