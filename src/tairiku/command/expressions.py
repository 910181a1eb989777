"""The text form of a plan's conditions: ``held:xuchang and not threat:@:40>=3000 or days>=5``.

"or" binds loosest, then "and", then "not" before one condition; there are no brackets.  A condition
is a name, its arguments after colons, and a comparison ``>=`` or ``<=`` with a number or with the
name of a parameter of the commander.  ``@`` stands for the place of the task itself.
"""

import re
from dataclasses import dataclass

from tairiku.command.plan_layout import CONDITION_NAMES, NAMED
from tairiku.sim.codes import STORE_NAMES

# what each condition takes: kinds of its arguments, and whether it needs a number
SHAPES: dict[str, tuple[tuple[str, ...], bool]] = {
    "always": ((), False),
    "phase": (("phase",), False),
    "since": (("phase",), True),
    "held": (("place",), False),
    "lost": (("place",), False),
    "done": (("task",), False),
    "begun": (("task",), False),
    "days": ((), True),
    "fought": ((), True),
    "loss": ((), True),
    "turned": ((), False),
    "ringed": ((), False),
    "fill": (("node?",), True),
    "rounds": (("node?",), True),
    "there": ((), True),
    "close": (("place",), True),
    "threat": (("place", "km"), True),
    "besieged": (("place",), True),
    "stock": (("depot", "store"), True),
    "at": (("node", "place"), True),
    "guns": (("node", "place"), True),
    "bridge": (("bridge",), True),
    "day": ((), True),
    "stores": (("place", "km", "store"), True),
    "men": (("node",), True),
}
assert tuple(SHAPES) == CONDITION_NAMES

_CONDITION = re.compile(
    r"^(not\s+)?([a-z]+)((?::[^:<>=\s]+)*)\s*(?:(>=|<=)\s*([a-z_]+|[-0-9.]+))?$"
)


@dataclass(frozen=True)
class Condition:
    """One condition: its kind, its arguments as written, and what it is compared with."""

    kind: str
    arguments: tuple[str, ...]
    negated: bool = False
    less: bool = False
    number: float = 1.0
    named: str = ""


class ExpressionError(ValueError):
    """The text is not an expression; the message says which part and what would be right."""


def parse_condition(text: str) -> Condition:
    """Read one condition.

    Raises
    ------
    ExpressionError
        It is not one; the message names the shape that it should have.

    Examples
    --------
    >>> parse_condition("threat:xuchang:40>=3000").arguments
    ('xuchang', '40')
    """
    match = _CONDITION.match(text.strip())
    if match is None:
        raise ExpressionError(
            f"'{text.strip()}' is not a condition such as held:xuchang or days>=5"
        )
    negated, kind, tail, sign, number = match.groups()
    if kind not in SHAPES:
        raise ExpressionError(f"no condition is called '{kind}'; there are {', '.join(SHAPES)}")
    kinds, needs_number = SHAPES[kind]
    arguments = tuple(tail.split(":")[1:]) if tail else ()
    wanted = [name for name in kinds if not name.endswith("?")]
    if not len(wanted) <= len(arguments) <= len(kinds):
        shape = ":".join((kind, *kinds))
        raise ExpressionError(f"'{text.strip()}' should read {shape}" + (">=N" * needs_number))
    if needs_number != (number is not None):
        what = "needs a number, as in" if needs_number else "takes no number, write"
        example = ":".join((kind, *arguments)) + (">=1" if needs_number else "")
        raise ExpressionError(f"'{text.strip()}' {what} {example}")
    for name, argument in zip(kinds, arguments, strict=False):
        if name == "store" and argument not in STORE_NAMES:
            raise ExpressionError(f"no store is called '{argument}'; there are {STORE_NAMES}")
        if name == "km" and not argument.isdigit():
            raise ExpressionError(f"'{argument}' in '{text.strip()}' should be whole kilometres")
    value, parameter = 1.0, ""
    if number is not None:
        try:
            value = float(number)
        except ValueError:
            parameter = number
            if parameter not in NAMED[1:]:
                names = ", ".join(NAMED[1:])
                raise ExpressionError(
                    f"'{number}' is neither a number nor one of {names}"
                ) from None
    return Condition(kind, arguments, bool(negated), sign == "<=", value, parameter)


def parse(text: str) -> list[list[Condition]]:
    """Read an expression: its clauses, each a list of conditions.

    Raises
    ------
    ExpressionError
        One of its conditions is not one.

    Examples
    --------
    >>> [len(clause) for clause in parse("turned or fought>=3 and loss>=0.05")]
    [1, 2]
    """
    return [
        [parse_condition(part) for part in re.split(r"\s+and\s+", clause)]
        for clause in re.split(r"\s+or\s+", text.strip())
    ]
