"""Checks of a whole site: before anything is computed (source), once pages are made (pages)."""

from osai_essay.checks.pages import check_pages
from osai_essay.checks.source import check_source

__all__ = ["check_pages", "check_source"]
