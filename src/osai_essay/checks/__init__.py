"""Checks of a whole site: its names (source), prose (unbound), charts (figures), pages, slips."""

from osai_essay.checks.figures import check_figures
from osai_essay.checks.pages import check_pages
from osai_essay.checks.slips import check_slips
from osai_essay.checks.source import check_source
from osai_essay.checks.unbound import check_unbound

__all__ = ["check_figures", "check_pages", "check_slips", "check_source", "check_unbound"]
