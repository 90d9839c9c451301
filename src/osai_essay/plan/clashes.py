"""One file for each address: what two would write is a problem."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import normalize

from osai_essay.plan.addresses import GENERATED, Address
from osai_essay.problem import Problem
from osai_essay.urls import folders_of


def without_clashes(found: Iterable[Address]) -> tuple[dict[str, Address], list[Problem]]:
    """Addresses by url, and a problem for each file that two would write.

    Names that differ in case alone, or in how an accent is written, clash too: many file systems
    cannot hold both.
    """
    by_target: dict[str, Address] = {}
    problems: list[Problem] = []
    for address in found:
        first = by_target.setdefault(normalize("NFC", address.target).casefold(), address)
        is_replaced = address.kind in GENERATED and address.target == first.target
        if first is address or is_replaced:
            continue
        problems.append(_clash(address, first))
    folders = {
        folder: address for target, address in by_target.items() for folder in folders_of(target)
    }
    problems += [
        _clash(address, folders[target])
        for target, address in by_target.items()
        if target in folders
    ]
    return {address.url: address for address in by_target.values()}, problems


def _clash(second: Address, first: Address) -> Problem:
    if second.kind == "tag":
        message = f'the tags "{first.name}" and "{second.name}" have one address, {second.url}'
        fix = f'write "{first.name}" in both.' if first.kind == "tag" else "name one otherwise."
    else:
        message = f"{second.url} is taken: {first.where} has that address too"
        fix = "give one of the two another permalink or name."
    return Problem(code="url-taken", where=second.where, message=message, fix=fix)
