"""What a picture holds to change with the reader's colour scheme: a few fixed <style> texts.

A Content-Security-Policy lets a <style> stand by the hash of its text, so a picture has none of its
own: colours come in groups (roles, palette, each kind of entity), a group has one text for the
whole site, and a picture holds those of the groups it uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from osai_essay.charts.style import PALETTE_DARK, ROLES_DARK, WORDS_DARK, dark_forms
from osai_essay.model import Config, Entity

_PAINTS = ("fill", "stroke")


def dark_styles(dark: Iterable[str], config: Config) -> tuple[str, ...]:
    """The texts for a picture in which these colours change; that of the roles is always there."""
    used = {*ROLES_DARK, *dark}
    return tuple(_style(group) for group in _groups(config) if not used.isdisjoint(group))


def all_dark_styles(config: Config) -> tuple[str, ...]:
    """Every text that a picture of this site can hold."""
    return tuple(_style(group) for group in _groups(config))


def _groups(config: Config) -> tuple[dict[str, str], ...]:
    """The colours that have a form in the dark, each in one group only."""
    known = dark_forms(config)
    kinds = (_entity_colors(looks.values()) for looks in config.entities.values())
    groups = (
        {light: known.pop(light) for light in group if light in known}
        for group in (ROLES_DARK, WORDS_DARK, PALETTE_DARK, *kinds)
    )
    return tuple(group for group in groups if group)


def _entity_colors(entities: Iterable[Entity]) -> list[str]:
    return [entity.color.lower() for entity in entities if entity.color]


def _style(group: Mapping[str, str]) -> str:
    """By attribute rather than by class: a picture then holds its light colours and no more."""
    rules = (
        f'[{paint}="{light}"]{{{paint}:{dark}}}'
        for light, dark in group.items()
        for paint in _PAINTS
    )
    return f"@media (prefers-color-scheme:dark){{{''.join(rules)}}}"
