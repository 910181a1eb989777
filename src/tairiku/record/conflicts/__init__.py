"""Disagreement as data: conflicts between claims, found by rule (docs/record-conflicts.md).

Each file holds a family of rules; each rule is a function from the evidence to what it finds:

opposing.py    one thing, two values that cannot both hold
parties.py     who fought, whose loss it was
sums.py        totals, kinds of loss, parts and wholes, what is counted and what is listed
narration.py   a date out of the order of its passage, or outside its event
chronology.py  days that cannot follow each other
presence.py    one that is destroyed and fights on, one that is at two places
naming.py      what a formation is called, how it is numbered
order_of_battle.py  formations that no order of battle knows, has elsewhere, or counts otherwise
counted.py     formations counted, and listed
command.py     who commanded what
implied.py     claims that exclude each other

`find_conflicts` runs them all, and gives each find its nature, its sides and a reconciled value.
"""

from tairiku.record.conflicts.find import find_conflicts
from tairiku.record.conflicts.model import Conflict, Reconciled, Side

__all__ = ["Conflict", "Reconciled", "Side", "find_conflicts"]
