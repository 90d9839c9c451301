"""Claims before and after: which flipped, which hold by little."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from osai_essay.bind.claims import close_claims, say_values
from osai_essay.changes.values import ClaimMove
from osai_essay.model import Claim
from osai_essay.template import margin_of, render_text, sides_of, work_out


def find_flipped(claims: Iterable[Claim], moved: Mapping[str, Any]) -> tuple[ClaimMove, ...]:
    """Claims that are false now, or were with the values that numbers had."""
    moves = (_move(claim, moved) for claim in claims)
    return tuple(move for move in moves if not move.only_holds)


def find_close(
    claims: Iterable[Claim], margin: float, moved: Mapping[str, Any]
) -> tuple[ClaimMove, ...]:
    """Claims that were true and are, by less than this share; the closest first."""
    moves = (_move(claim, moved) for claim in close_claims(claims, margin))
    holding = (move for move in moves if move.only_holds)
    return tuple(sorted(holding, key=lambda move: move.margin or 0))


def _move(claim: Claim, moved: Mapping[str, Any]) -> ClaimMove:
    """moved: name -> the value it had; of the others the value is as it was, to its last digit."""
    spec = claim.spec
    before = {name: moved.get(name, number) for name, number in claim.values.items()}
    was, unknown = work_out(spec.rule, before)  # as when a range was one number then
    sides = sides_of(spec.rule, claim.values)
    words, _ = render_text(spec.words, claim.values)
    return ClaimMove(
        file=claim.file,
        line=spec.rule.where.line or 1,
        words=" ".join(words.split()),
        rule=spec.rule.source,
        numbers=tuple(claim.values),
        shown=f"that is {sides}" if sides else f"with {say_values(claim.values.values())}",
        was_true=claim.is_true if unknown else bool(was),
        is_true=claim.is_true,
        margin=claim.margin,
        margin_before=None if unknown else margin_of(spec.rule, before),
    )
