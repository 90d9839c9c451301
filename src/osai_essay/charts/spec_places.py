"""Where each word of a chart file stands."""

from __future__ import annotations

from osai_essay.located import YamlList, YamlMap
from osai_essay.problem import Where
from osai_essay.struct import replace


def all_places(data: YamlMap, prefix: str = "") -> dict[str, Where]:
    """Dotted path -> where the value stands: `x`, `path.1`, `update_layout.xaxis.title`."""
    places: dict[str, Where] = {}
    for word, value in data.items():
        path = f"{prefix}{word}"
        if isinstance(value, YamlMap):
            places[path] = data.key_where(word)
            places |= all_places(value, f"{path}.")
        elif isinstance(value, YamlList):
            places[path] = data.where(word)
            for index, item in enumerate(value):
                where = replace(value.where(index), width=max(1, len(str(item))))
                places[f"{path}.{index}"] = where if not isinstance(item, YamlMap) else item.place
                if isinstance(item, YamlMap):
                    places |= all_places(item, f"{path}.{index}.")
        elif prefix.startswith("update_layout"):
            places[path] = replace(data.key_where(word), width=len(word))
        else:
            places[path] = data.value_where(word)
    return places
