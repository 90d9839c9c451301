"""`python -m osai_essay`."""

from osai_essay.cli import main

main()
