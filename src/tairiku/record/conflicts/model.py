"""What a conflict is: claims on two or more sides that cannot all hold."""

import builtins
from dataclasses import dataclass, field
from typing import Any

from tairiku.record.models import Claim

DISAGREEMENT, ERROR, SCOPE = "disagreement", "internal error", "different scope"
NATURES = (DISAGREEMENT, ERROR, SCOPE)


@dataclass(frozen=True, slots=True)
class Side:
    """Claims that agree with one another, and what they say."""

    claims: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The value that stands in a conflict, the claims it rests on, the rule that chose it."""

    value: str
    claims: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Claims that cannot all hold: their sides, why, and which value stands."""

    id: str
    topic: str
    topics: tuple[str, ...]
    nature: str
    rule: str
    subject: str
    property: str
    scope: str
    sides: tuple[Side, ...]
    also: tuple[str, ...]  # claims too wide to tell the sides apart
    why: str
    reconciled: Reconciled

    @builtins.property  # the field "property" hides the plain name here
    def claims(self) -> tuple[str, ...]:
        """Ids of the claims of every side."""
        return tuple(claim for side in self.sides for claim in side.claims)

    def as_dict(self) -> dict[str, Any]:
        """Return the conflict as plain data; ``sides`` is a list of lists of claim ids."""
        return {
            "id": self.id,
            "topic": self.topic,
            "topics": list(self.topics),
            "nature": self.nature,
            "rule": self.rule,
            "subject": self.subject,
            "property": self.property,
            "scope": self.scope,
            "sides": [list(side.claims) for side in self.sides],
            "says": [side.says for side in self.sides],
            "also": list(self.also),
            "why": self.why,
            "reconciled": {
                "value": self.reconciled.value,
                "claims": list(self.reconciled.claims),
                "rule": self.reconciled.rule,
            },
        }


@dataclass(frozen=True, slots=True)
class Find:
    """What a rule found, before it is given nature, topic and reconciled value.

    ``nature`` is inferred where it is empty; ``says`` where it is empty is what the claims say;
    ``keep`` names the side that the rule itself prefers, with ``keeps`` the reason and ``value``
    the value that stands; ``values`` are the values that stand with each side.
    """

    rule: str
    sides: tuple[tuple[Claim, ...], ...]
    why: str
    subject: str = ""
    property: str = ""
    scope: str = ""
    nature: str = ""
    also: tuple[Claim, ...] = ()
    says: tuple[str, ...] = ()
    keep: int | None = None
    keeps: str = ""
    value: str = ""
    values: tuple[str, ...] = ()
    about: tuple[str, ...] = field(default=())  # further ids that it is about
