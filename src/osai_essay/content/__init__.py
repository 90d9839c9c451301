"""What stands under content/: essays with their front matter, and files copied as they are."""

from osai_essay.content.essays import read_essays
from osai_essay.content.static import list_static

__all__ = ["list_static", "read_essays"]
