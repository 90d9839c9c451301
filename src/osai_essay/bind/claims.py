"""What an essay claims: whether it is true, and by how much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from osai_essay.bind.units import units_of
from osai_essay.bind.uses import claims_of
from osai_essay.formats import short_text
from osai_essay.model import NO_MEMO, Claim, ClaimSpec, Memo, Number, Site, seen_from
from osai_essay.problem import Problem
from osai_essay.template import margin_of, measure, render_text, sides_of, work_out

NO_NUMBERS = ("site", "page")  # names that stand for something, but for nothing to count with


Found = tuple[bool, float | None]  # whether a claim is true, and by how much
Ready = tuple[str, ClaimSpec, Mapping[str, Number]]  # its file, itself, the numbers it names


def bind_claims(
    site: Site, numbers: Mapping[str, Number], memo: Memo = NO_MEMO, *, mark: str = ""
) -> tuple[tuple[Claim, ...], tuple[Problem, ...]]:
    """Every claim of the site worked out; one that is false is a problem.

    A claim over a number that has no value is left out: it would only repeat that.
    mark: what stands for the numbers in keys of the memo.
    """
    claims: list[Claim] = []
    ready, problems = _find_ready(site, numbers)
    rules = [(file, spec.rule.source) for file, spec, _ in ready]
    founds = memo.get(
        "claims", (mark, rules), lambda: [_work_out(spec, used)[0] for _, spec, used in ready]
    )
    for (file, spec, used), found in zip(ready, founds, strict=True):
        if found is None:
            problems += _work_out(spec, used)[1]
            continue
        is_true, margin = found
        claim = Claim(spec=spec, file=file, is_true=is_true, margin=margin, values=used)
        claims.append(claim)
        problems += [] if is_true else [_false(claim)]
    return tuple(claims), tuple(problems)


def _find_ready(site: Site, numbers: Mapping[str, Number]) -> tuple[list[Ready], list[Problem]]:
    """The claims whose numbers all have values."""
    ready: list[Ready] = []
    problems: list[Problem] = []
    seen: dict[str, dict[str, Number]] = {}
    for file, spec in claims_of(site):
        if file not in seen:
            seen[file] = seen_from(file, numbers)
        used = {use.name: seen[file][use.name] for use in spec.rule.names if use.name in seen[file]}
        others = [use.name for use in spec.rule.names if use.name not in used]
        if any(name in NO_NUMBERS for name in others):
            problems.append(_no_rule(spec, "has to do with numbers alone"))
        elif not others and all(number.value is not None for number in used.values()):
            ready.append((file, spec, used))  # of others it is said already
    return ready, problems


def _work_out(
    spec: ClaimSpec, used: Mapping[str, Number]
) -> tuple[Found | None, tuple[Problem, ...]]:
    value, found = work_out(spec.rule, used)
    if found:
        return None, found
    if not used or not isinstance(value, bool):
        what = "names no number" if not used else "is neither true nor false"
        return None, (_no_rule(spec, what),)
    _, mixed = measure(spec.rule, units_of(used))
    if mixed:
        return None, mixed
    return (value, margin_of(spec.rule, used)), ()


def say_values(values: Iterable[Number]) -> str:
    """`us_capex = 349, cn_capex = 51.15`."""
    return ", ".join(f"{number.name} = {_say(number.value)}" for number in values)


def _say(value: object) -> str:
    return short_text(value) if isinstance(value, float) else str(value)


def _no_rule(spec: ClaimSpec, what: str) -> Problem:
    return Problem(
        code="claim-wrong",
        where=spec.rule.where,
        message=f"this rule {what}: {spec.rule.source}",
        fix="compare numbers, such as cn_capex < us_capex / 3.",
    )


def _false(claim: Claim) -> Problem:
    spec = claim.spec
    words, _ = render_text(spec.words, claim.values)
    sides = sides_of(spec.rule, claim.values)
    rule = f"{spec.rule.source}, that is {sides}" if sides else spec.rule.source
    said = f'"{" ".join(words.split())}"' if words.strip() else "this claim"
    return Problem(
        code="claim-false",
        where=spec.rule.where,
        message=f"{said} is not true: {rule}, with {say_values(claim.values.values())}",
        fix="change the words and their rule to what the data say, or look what moved in the data.",
    )


def close_claims(claims: Iterable[Claim], margin: float) -> Iterator[Claim]:
    """Claims that a small change of the data would make false."""
    return (claim for claim in claims if claim.margin is not None and claim.margin < margin)
