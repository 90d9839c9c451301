"""SELECTs over the site's datasets, in a child process with a clock and a memory limit."""

from osai_essay.query.errors import QueryError
from osai_essay.query.queries import Answer, Queries
from osai_essay.query.text import rows_sql

__all__ = ["Answer", "Queries", "QueryError", "rows_sql"]
