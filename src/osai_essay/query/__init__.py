"""SELECTs over the site's datasets, in a child process with a clock and a memory limit."""

from osai_essay.query.errors import QueryError
from osai_essay.query.queries import Answer, Queries, Request, rows_request, select_request
from osai_essay.query.text import rows_sql

__all__ = [
    "Answer",
    "Queries",
    "QueryError",
    "Request",
    "rows_request",
    "rows_sql",
    "select_request",
]
