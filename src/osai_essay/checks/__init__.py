"""Checks of a whole site: its names (source), its charts (figures), its pages (pages)."""

from osai_essay.checks.figures import check_figures
from osai_essay.checks.pages import check_pages
from osai_essay.checks.source import check_source

__all__ = ["check_figures", "check_pages", "check_source"]
