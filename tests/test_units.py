"""Units: what is read, what looks like a mistake, and the arithmetic of formulas over them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osai_essay.model import Unit
from osai_essay.problem import Where
from osai_essay.struct import replace
from osai_essay.template import measure, parse_formula
from osai_essay.units import (
    UnitError,
    conversion,
    divided,
    fits,
    multiplied,
    read_unit,
    say_unit,
    scaled,
)

MONEY = ["USD", "USD bn", "USD mn", "CNY bn", "EUR tn", "JPY k"]
OTHERS = ["share", "percent", "times", "days", "months", "year", "models", "bn parameters", "GW",
          "MWh", "FLOP", "index points", "GPU hours", "CNY per USD", "USD per mn tokens"]  # fmt: skip
units = st.sampled_from([*MONEY, *OTHERS]).map(read_unit)
products = st.tuples(units, units).map(lambda both: multiplied(*both))


@pytest.mark.parametrize(
    ("text", "powers", "scale"),
    [
        ("USD bn", {"USD": 1}, 10**9),
        ("USD m", {"USD": 1}, 10**6),
        ("CNY per USD", {"CNY": 1, "USD": -1}, 1),
        ("USD/token", {"USD": 1, "token": -1}, 1),
        ("USD per mn tokens", {"USD": 1, "token": -1}, Fraction(1, 10**6)),
        ("share", {}, 1),
        ("%", {}, Fraction(1, 100)),
        ("percentage points", {}, Fraction(1, 100)),
        ("bn", {}, 10**9),
        ("bn parameters", {"parameter": 1}, 10**9),
        ("billion parameters", {"parameter": 1}, 10**9),
        ("tokens bn", {"token": 1}, 10**9),
        ("companies", {"company": 1}, 1),
        ("year", {"YEAR": 1}, 1),
        ("years", {"TIME": 1}, 31_556_952),
        ("models per day", {"model": 1, "TIME": -1}, Fraction(1, 86_400)),
        ("GW", {"W": 1}, 10**9),
        ("TWh", {"Wh": 1}, 10**12),
        ("GPU hours", {"gpu hour": 1}, 1),
        ("all models", {"all model": 1}, 1),
    ],
)
def test_unit_is_taken_apart(text, powers, scale):
    unit = read_unit(text)
    assert (dict(unit.powers), unit.scale, unit.text) == (powers, scale, text)


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("UDS bn", 'did you mean "USD bn"?'),
        ("UDS", 'did you mean "USD"?'),
        ("UDS billion", 'did you mean "USD bn"?'),
        ("USD bln", 'did you mean "USD bn"?'),
        ("USD billion", 'did you mean "USD bn"?'),
        ("USD Bn", 'did you mean "USD bn"?'),
        ("USD mio", 'did you mean "USD mn"?'),
        ("bn USD", 'did you mean "USD bn"?'),
        ("eur mn", 'did you mean "EUR mn"?'),
        ("CYN per USD", 'did you mean "CNY"?'),
        ("RMB bn", "ISO 4217"),
        ("USD cents", "ISO 4217"),
        ("€ bn", "ISO 4217"),
        ("$", "ISO 4217"),
    ],
)
def test_what_looks_like_money_has_to_be_money(text, fix):
    with pytest.raises(UnitError) as error:
        read_unit(text)
    assert fix in error.value.fix


@given(st.text(max_size=30))
def test_any_text_is_a_unit_or_a_mistake(text):
    try:
        unit = read_unit(text)
    except UnitError as error:
        assert error.fix
    else:
        assert unit.text == " ".join(text.split())
        assert unit.scale


@given(products, products)
def test_division_takes_back_multiplication(left, right):
    assert divided(multiplied(left, right), right) == left
    assert multiplied(left, right) == multiplied(right, left)
    assert divided(left, left) == Unit()


@given(products, products)
def test_fitting_goes_both_ways(left, right):
    assert fits(left, left)
    assert fits(left, right) == fits(right, left)


@given(products, products)
def test_amounts_of_another_scale_never_fit(left, right):
    assert not fits(replace(left, scale=Fraction(7)), replace(right, scale=Fraction(8)))


@pytest.mark.parametrize("text", [*MONEY, "CNY per USD", "days", "months", "percent"])
def test_unit_that_was_worked_out_is_said_as_it_is_written(text):
    worked_out = multiplied(read_unit(text), read_unit("times"))
    assert worked_out.text == ""
    assert say_unit(worked_out) == text


@given(units, units)
def test_conversion_that_is_offered_leads_to_the_other_unit(unit, wanted):
    offered = conversion("x", unit, wanted)
    if "rate" in offered:
        rate = read_unit(offered.partition("unit: ")[2].rstrip("`"))
        assert divided(unit, rate).powers == wanted.powers
    elif offered and not fits(unit, wanted):
        sign, factor = offered.strip("`").split()[1:]
        by = Fraction(float(factor)).limit_denominator(10**9)
        amount = unit.scale / by if sign == "*" else unit.scale * by
        assert float(amount) == pytest.approx(float(wanted.scale))


@pytest.mark.parametrize(("factor", "is_open"), [(1000, True), (0.01, True), (10, True), (2, False), (1, False), (0.9, False), (-1, False)])  # fmt: skip
def test_power_of_ten_may_change_the_scale(factor, is_open):
    assert (scaled(read_unit("USD bn"), factor).scale is None) == is_open


NAMES = {
    "usd": "USD bn", "usd2": "USD bn", "usd_mn": "USD mn", "cny": "CNY bn", "rate": "CNY per USD",
    "share": "share", "pct": "percent", "times": "times", "firms": "firms", "models": "models",
    "days": "days", "weeks": "weeks", "begin": "year", "end": "year", "gw": "GW", "mw": "MW",
    "price": "USD per mn tokens", "tokens": "mn tokens",
}  # fmt: skip


def measured(source: str) -> tuple[str, str]:
    """The unit of a formula, `?` where it is not known, and what is wrong with it."""
    formula, problems = parse_formula(source, Where(file="a.yml", line=1, column=1))
    assert formula and not problems
    known = {name: read_unit(text) for name, text in NAMES.items()}
    unit, found = measure(formula, {**known, "bare": None})
    return (say_unit(unit) if unit else "?"), "".join(problem.message for problem in found)


@pytest.mark.parametrize(
    ("source", "unit"),
    [
        ("usd + usd2 - usd", "USD bn"),
        ("usd / usd2", "plain numbers"),
        ("usd * share", "USD bn"),
        ("cny / rate", "USD bn"),
        ("usd * rate", "CNY bn"),
        ("usd + cny / rate", "USD bn"),
        ("price * tokens", "USD"),
        ("usd / models", "USD bn per model"),
        ("usd + bare", "USD bn"),
        ("usd * bare", "?"),
        ("usd + 5", "USD bn"),
        ("-usd | abs", "USD bn"),
        ("[usd, usd2, 3] | max", "USD bn"),
        ("(usd / usd2) | round(1)", "plain numbers"),
        ("usd if usd > 3 else usd2", "USD bn"),
        ("usd if usd > 3 else cny", "?"),
        ("firms + models", "firms"),
        ("end - begin", "?"),
        ("begin + 1", "year"),
        ("1 / rate", "USD per CNY"),
        ("[usd] | length", "?"),
        ("1 + 2", "?"),
    ],
)
def test_formula_has_a_unit(source, unit):
    assert measured(source) == (unit, "")


@pytest.mark.parametrize(
    "source",
    [
        "usd * 1000 + usd_mn",
        "100 * share < pct",
        "days / 7 < weeks",
        "usd < 500",
        "bare < cny",
        "firms == models",
        "begin < '2025-01-01'",
        "share < times",
        "usd / firms < usd",
        "models / firms < 3 and models / firms < models",
        "days / models < days",
        "usd > bare or not cny < bare",
        "gw < mw / 1000",
        "price < price * 2",
    ],
)
def test_what_may_be_right_is_let_pass(source):
    assert measured(source)[1] == ""


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("usd + cny", "`+` mixes units: usd (USD bn) and cny (CNY bn)"),
        ("usd - usd_mn", "`-` mixes units: usd (USD bn) and usd_mn (USD mn)"),
        ("cny * 0.14 < usd", "`<` mixes units: cny * 0.14 (CNY bn) and usd (USD bn)"),
        ("usd * rate > usd", "`>` mixes units: usd * rate (CNY bn) and usd (USD bn)"),
        ("1 < usd < usd2 < cny", "`<` mixes units: usd2 (USD bn) and cny (CNY bn)"),
        ("usd == share", "`==` mixes units: usd (USD bn) and share (share)"),
        ("share < firms", "`<` mixes units: share (share) and firms (firms)"),
        ("share < pct", "`<` mixes units: share (share) and pct (percent)"),
        ("days != weeks", "`!=` mixes units: days (days) and weeks (weeks)"),
        ("days > models", "`>` mixes units: days (days) and models (models)"),
        ("gw + mw", "`+` mixes units: gw (GW) and mw (MW)"),
        ("begin > days", "`>` mixes units: begin (year) and days (days)"),
        ("usd / usd_mn < times",
         "`<` mixes units: usd / usd_mn (plain numbers times 1000) and times (times)"),
        ("[usd, 3, cny] | min", "`min` mixes units: usd (USD bn) and cny (CNY bn)"),
        ("usd > 3 and (cny < 2 or cny > usd)", "`>` mixes units: cny (CNY bn) and usd (USD bn)"),
        ("3 if usd > cny else 4", "`>` mixes units: usd (USD bn) and cny (CNY bn)"),
        ("not (usd + cny) / usd > 1", "`+` mixes units: usd (USD bn) and cny (CNY bn)"),
    ],
)  # fmt: skip
def test_what_is_certainly_mixed_is_named(source, message):
    assert measured(source) == ("?", message)
