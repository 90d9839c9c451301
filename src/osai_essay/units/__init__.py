"""What numbers are counted in: units as authors write them, their arithmetic, and which fit."""

from osai_essay.units.arithmetic import difference, divided, fits, multiplied, scaled
from osai_essay.units.read import UnitError, read_unit
from osai_essay.units.words import conversion, cure, say_unit

__all__ = [
    "UnitError",
    "conversion",
    "cure",
    "difference",
    "divided",
    "fits",
    "multiplied",
    "read_unit",
    "say_unit",
    "scaled",
]
