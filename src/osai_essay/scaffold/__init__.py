"""Beginnings: a site, a post, a chart, the entry of a dataset. Nothing is ever overwritten."""

from osai_essay.scaffold.chart import new_chart
from osai_essay.scaffold.describe import describe_file
from osai_essay.scaffold.place import ScaffoldError
from osai_essay.scaffold.post import new_post
from osai_essay.scaffold.site_folder import new_site

__all__ = ["ScaffoldError", "describe_file", "new_chart", "new_post", "new_site"]
