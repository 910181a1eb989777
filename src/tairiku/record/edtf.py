"""Days that a claim may mean: dates in EDTF, with ends that may be open.

What `tairiku.base.dates.parse_edtf` reads is read here too, and ``1944-05-24/..`` (from that day
on) and ``../1944-05-24`` (until that day) besides.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tairiku.base.dates import parse_edtf


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a date may mean, both ends included; None where an end is open."""

    first: date | None
    last: date | None
    approximate: bool = False  # about (~), or about and uncertain (%)
    uncertain: bool = False  # uncertain (?), or about and uncertain (%)
    interval: bool = False  # written as an interval: the thing lasted from the one to the other

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def meets(self, other: "Days") -> bool:
        """Return whether one day at least lies in both."""
        return not (
            (self.last is not None and other.first is not None and self.last < other.first)
            or (other.last is not None and self.first is not None and other.last < self.first)
        )

    def gap(self, other: "Days") -> int:
        """Return the days between the two, 0 where they meet, negative where other is earlier."""
        if self.last is not None and other.first is not None and self.last < other.first:
            return (other.first - self.last).days
        if other.last is not None and self.first is not None and other.last < self.first:
            return (other.last - self.first).days
        return 0


@lru_cache(maxsize=4096)
def parse_days(text: str) -> Days:
    """Return the days of a date in EDTF, whose ends may be open.

    >>> parse_days("1944-05-24/..").last is None
    True

    Raises
    ------
    ValueError
        The text is none of the forms read here, or is an interval without any end.
    """
    text = text.strip()
    parts = text.split("/")
    marks = "".join(part[-1:] for part in parts)
    approximate, uncertain = ("~" in marks or "%" in marks), ("?" in marks or "%" in marks)
    if ".." not in parts:
        span = parse_edtf(text)
        return Days(span.first, span.last, approximate, uncertain, len(parts) == 2)
    if len(parts) != 2 or parts == ["..", ".."]:
        raise ValueError(f"'{text}' is not an open interval; write 1944-05-24/.. or ../1944-05-24")
    if parts[0] == "..":
        return Days(None, parse_edtf(parts[1]).last, approximate, uncertain, True)
    return Days(parse_edtf(parts[0]).first, None, approximate, uncertain, True)
