"""The auditor: do the books of every force balance with what is in units, depots and fields?"""

from typing import Any

import numpy as np

from tairiku.sim import codes
from tairiku.sim.layout import FORCES

_MEN_SIGN = np.array(codes.MEN_BOOK_SIGN)
_BOOK_SIGN = np.array(codes.BOOK_SIGN)
_AIR_SIGN = np.array(codes.AIR_BOOK_SIGN)


def _by_force(force: np.ndarray, amounts: np.ndarray) -> np.ndarray:
    totals = np.zeros((FORCES, *amounts.shape[1:]), np.int64)
    np.add.at(totals, force, amounts)
    return totals


def on_hand(S: Any) -> dict[str, np.ndarray]:
    """What each force has: men (FORCES,), material (FORCES, 6), stores (FORCES, 5), aircraft."""
    men = S.u_men + S.u_sick + S.u_wounded + S.u_stragglers
    stores = _by_force(S.u_force, S.u_store) + _by_force(S.d_force, S.d_store)
    # on the road from the terminal of the airlift to the forward fields
    stores[codes.F_ALLIED_AIR, codes.AVIATION_FUEL] += S.y_load[0].sum()
    stores[codes.F_ALLIED_AIR, codes.AMMUNITION] += S.y_load[1].sum()
    return {
        "men": _by_force(S.u_force, men),
        "material": _by_force(S.u_force, S.u_material + S.u_down),
        "stores": stores,
        "aircraft": _by_force(S.a_force, S.a_craft),
    }


def by_the_books(S: Any) -> dict[str, np.ndarray]:
    """What each force should have: what came in less what went out, same shapes as `on_hand`."""
    return {
        "men": (S.g_men * _MEN_SIGN).sum(axis=-1),
        "material": (S.g_material * _BOOK_SIGN).sum(axis=-1),
        "stores": (S.g_store * _BOOK_SIGN).sum(axis=-1),
        "aircraft": (S.g_aircraft * _AIR_SIGN).sum(axis=-1),
    }


def imbalances(S: Any) -> list[str]:
    """Every force and kind whose books do not balance, and every negative holding, in words."""
    problems = []
    have, should = on_hand(S), by_the_books(S)
    for what, amounts in have.items():
        for index in zip(*np.nonzero(amounts - should[what]), strict=True):
            force = codes.FORCE_NAMES[index[0]]
            kind = "" if len(index) == 1 else f" kind {index[1]}"
            problems.append(
                f"day {int(S.day)}: {force} {what}{kind}: {int(amounts[index])} on hand, "
                f"{int(should[what][index])} by the books"
            )
    for field in ("u_men", "u_sick", "u_wounded", "u_stragglers", "u_material", "u_down"):
        if (S[field] < 0).any():
            problems.append(f"day {int(S.day)}: {field} is negative")
    for field in ("u_store", "d_store", "a_craft"):
        if (S[field] < 0).any():
            problems.append(f"day {int(S.day)}: {field} is negative")
    return problems
