"""Files of the theme that pages load, under names that carry a hash of their bytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from osai_essay.model import OutputFile
from osai_essay.template import Theme

FOLDER = "assets"
PLOTLY = "plotly.js"
_STYLE_ID = re.compile(rb'if\(!document\.getElementById\("([0-9a-f]{64})"\)')


class Assets:
    """Addresses of assets by name, and the files themselves, read once."""

    def __init__(self, theme: Theme, *, static_urls: frozenset[str], plotly: Path | None) -> None:
        self._static_urls = static_urls
        paths: dict[str, Path] = {}
        for name in theme.names(f"{FOLDER}/"):
            found = theme.find(name)
            if found:
                paths[name.removeprefix(f"{FOLDER}/")] = found
        if plotly:
            paths[PLOTLY] = plotly
        self._contents = {name: path.read_bytes() for name, path in paths.items()}
        self._urls = {name: _hashed(name, content) for name, content in self._contents.items()}

    @property
    def plotly_style_id(self) -> str:
        """The id that keeps Plotly from adding a <style> for its maps; empty where it has no maps.

        No chart here is a map, and the pages' policy would refuse the <style> aloud.
        """
        found = _STYLE_ID.search(self._contents.get(PLOTLY, b""))
        return found[1].decode() if found else ""

    @property
    def urls(self) -> Mapping[str, str]:
        """Name -> address from the root, such as style.css -> /assets/style.1f3a5b7c.css."""
        return self._urls

    def url(self, name: str) -> str:
        """The address of an asset. Raises: ValueError for a name nobody has."""
        static = f"/{FOLDER}/{name}"
        if name in self._urls:
            return self._urls[name]
        if static in self._static_urls:
            return static
        raise ValueError(f'there is no asset "{name}" in templates/assets or content/static/assets')

    def files(self) -> tuple[OutputFile, ...]:
        """Every asset as a file of the site."""
        return tuple(
            OutputFile(target=self._urls[name].lstrip("/"), content=content)
            for name, content in self._contents.items()
        )


def _hashed(name: str, content: bytes) -> str:
    path = PurePosixPath(name)
    digest = hashlib.sha256(content).hexdigest()[:10]
    return f"/{FOLDER}/{path.with_suffix(f'.{digest}{path.suffix}')}"
