"""A site shown while its author writes it: built on every change, refreshed in the browser."""

from osai_essay.serve.builds import Built
from osai_essay.serve.run import PortError, Preview, serve

__all__ = ["Built", "PortError", "Preview", "serve"]
