"""What the value of a claim means: an interval of numbers, or a span of days.

Two claims agree where their intervals meet; an end that a claim leaves open is None.
"""

from dataclasses import dataclass

from tairiku.record.edtf import Days, parse_days
from tairiku.record.models import Claim

# "about", "some", "rund", 約: how far on either side of a figure such a word may reach.
# Round figures of the two documents that are told of the same thing lie within it.
ABOUT = 0.15

# units that can be turned into each other: into which, and how many of it
_COMMON = {
    "hours": ("days", 1 / 24),
    "minutes": ("days", 1 / 1440),
    "weeks": ("days", 7.0),
    "months": ("days", 30.44),
    "years": ("days", 365.25),
    "m": ("km", 0.001),
    "metres": ("km", 0.001),
    "li": ("km", 0.5),
    "miles": ("km", 1.609344),
    "kg": ("tonnes", 0.001),
    "ratio": ("per-cent", 100.0),
}


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers from low to high, both included, in a unit; None where an end is open."""

    low: float | None
    high: float | None
    unit: str

    def meets(self, other: "Interval") -> bool:
        """Return whether one number at least lies in both; units must be the same."""
        if self.unit != other.unit:
            raise ValueError(f"{self.unit} and {other.unit} cannot be compared")
        return not (
            (self.high is not None and other.low is not None and self.high < other.low)
            or (other.high is not None and self.low is not None and other.high < self.low)
        )

    def common(self) -> "Interval":
        """Return the interval in the unit that others of its kind are compared in.

        >>> Interval(2.0, 2.0, "weeks").common()
        Interval(low=14.0, high=14.0, unit='days')
        """
        if self.unit not in _COMMON:
            return self
        unit, factor = _COMMON[self.unit]
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return Interval(low, high, unit)


def number(text: str) -> float:
    """Return the number of a value: digits, a point, a sign; nothing else.

    Raises
    ------
    ValueError
        The text is not such a number.
    """
    try:
        if not text or set(text) - set("0123456789.-"):
            raise ValueError
        return float(text)
    except ValueError:
        what = "is not a number; write digits without separators, such as 10000 or 0.5"
        raise ValueError(what) from None


def interval(claim: Claim) -> Interval:
    """Return what a claim with a number allows.

    ``about`` reaches `ABOUT` of the figure to either side; of ``more-than`` and ``less-than`` the
    figure itself is counted in, since no claim of the record turns on it.

    Raises
    ------
    ValueError
        The value is not a number.
    """
    value = number(claim.value)
    unit = claim.unit
    match claim.bound:
        case "about":
            reach = abs(value) * ABOUT
            return Interval(value - reach, value + reach, unit)
        case "range":
            return Interval(value, number(claim.value_to), unit)
        case "at-least" | "more-than":
            return Interval(value, None, unit)
        case "at-most" | "less-than":
            return Interval(None, value, unit)
        case _:
            return Interval(value, value, unit)


def days(claim: Claim) -> Days:
    """Return the days that a claim with a date allows.

    A bound such as ``at-most`` (by that day) opens one end; a range ends at ``value_to``.

    Raises
    ------
    ValueError
        The value is not a date.
    """
    span = parse_days(claim.value)
    approximate = span.approximate or claim.bound == "about"
    first, last = span.first, span.last
    if claim.bound == "range" and claim.value_to:
        last = parse_days(claim.value_to).last
    elif claim.bound in ("at-least", "more-than"):
        last = None
    elif claim.bound in ("at-most", "less-than"):
        first = None
    return Days(first, last, approximate, span.uncertain, span.interval)
