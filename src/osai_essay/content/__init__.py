"""What stands under content/: essays with their front matter, and files copied as they are."""

from osai_essay.content.corrections import read_corrections
from osai_essay.content.essays import read_essays
from osai_essay.content.numbers import keep_first, read_numbers
from osai_essay.content.static import list_static
from osai_essay.content.strays import find_strays

__all__ = [
    "find_strays",
    "keep_first",
    "list_static",
    "read_corrections",
    "read_essays",
    "read_numbers",
]
