"""Dividing claims into sides: those that agree with one another stand together."""

from collections.abc import Callable, Iterable, Sequence

from tairiku.record.models import Claim

Sides = tuple[tuple[Claim, ...], ...]


def divide(
    claims: Iterable[Claim], agree: Callable[[Claim, Claim], bool], width: Callable[[Claim], float]
) -> tuple[Sides, tuple[Claim, ...]]:
    """Return the sides of claims, and those too wide to tell the sides apart.

    The narrowest claims make the sides.  A claim joins the one side all of whose claims it agrees
    with; one that agrees with several sides is on none of them.

    Parameters
    ----------
    claims
        Claims of one thing.
    agree
        Whether two claims can both hold.
    width
        How much a claim leaves open; the least first.
    """
    sides: list[list[Claim]] = []
    wide = []
    for claim in sorted(claims, key=width):
        fits = [side for side in sides if all(agree(claim, other) for other in side)]
        if not fits:
            # one that collides with some of a side and agrees with others parts it from neither
            sides.append([claim])
        elif len(fits) == 1:
            fits[0].append(claim)
        else:
            wide.append(claim)
    return tuple(tuple(side) for side in sides), tuple(wide)


def by_source(claims: Sequence[Claim], source_of: dict[str, str]) -> dict[str, list[Claim]]:
    """Return claims by their source, in order."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        found.setdefault(source_of[claim.id], []).append(claim)
    return found
