"""The books: every man, piece, kilogramme and aircraft that enters or leaves a force.

A rule never changes ``u_men``, ``u_material``, ``u_store``, ``d_store`` or ``a_craft`` but through
these functions (or moves the same number from one place to another of the same force), so that
on every day, for every force:  in-columns - out-columns = what is in units, depots and fields.
"""

import numpy as np
from numba import njit

from tairiku.sim.codes import B_CAPTURED, B_LOST, B_TAKEN
from tairiku.sim.layout import MATERIALS, STORES


@njit
def lose_men(S, u: int, n: int, column: int) -> int:
    """Take up to n men present with unit u out of the force, into a book column; the men taken."""
    if n > S.u_men[u]:
        n = S.u_men[u]
    if n <= 0:
        return 0
    S.u_men[u] -= n
    S.g_men[S.u_force[u], column] += n
    return n


@njit
def gain_men(S, u: int, n: int, column: int) -> int:
    """Bring n men from outside (an in-column of the book) to unit u; the men brought."""
    if n <= 0:
        return 0
    S.u_men[u] += n
    S.g_men[S.u_force[u], column] += n
    return n


@njit
def fall_sick(S, u: int, n: int) -> int:
    """Move up to n men of unit u from duty to sick; the men moved."""
    n = min(n, S.u_men[u])
    if n <= 0:
        return 0
    S.u_men[u] -= n
    S.u_sick[u] += n
    return n


@njit
def fall_wounded(S, u: int, n: int) -> int:
    """Move up to n men of unit u from duty to the wounded who will return; the men moved."""
    n = min(n, S.u_men[u])
    if n <= 0:
        return 0
    S.u_men[u] -= n
    S.u_wounded[u] += n
    return n


@njit
def scatter(S, u: int, n: int) -> int:
    """Move up to n men of unit u from duty to stragglers who may return; the men moved."""
    n = min(n, S.u_men[u])
    if n <= 0:
        return 0
    S.u_men[u] -= n
    S.u_stragglers[u] += n
    return n


@njit
def lose_material(S, u: int, kind: int, n: int, column: int) -> int:
    """Write off up to n pieces of unit u (serviceable first, then broken down); the pieces gone."""
    have = S.u_material[u, kind]
    first = min(n, have)
    if first < 0:
        first = 0
    S.u_material[u, kind] = have - first
    rest = min(n - first, S.u_down[u, kind])
    if rest > 0:
        S.u_down[u, kind] -= rest
    else:
        rest = 0
    gone = first + rest
    S.g_material[S.u_force[u], kind, column] += gone
    return gone


@njit
def gain_material(S, u: int, kind: int, n: int, column: int) -> int:
    """Bring n pieces to unit u, from an in-column of the book."""
    if n <= 0:
        return 0
    S.u_material[u, kind] += n
    S.g_material[S.u_force[u], kind, column] += n
    return n


@njit
def take_material(S, loser: int, taker: int, kind: int, n: int) -> int:
    """Up to n pieces of one unit fall into the hands of another; the pieces taken."""
    gone = lose_material(S, loser, kind, n, B_CAPTURED)
    gain_material(S, taker, kind, gone, B_TAKEN)
    return gone


@njit
def use_store(S, u: int, store: int, kg: int, column: int) -> int:
    """Take up to kg out of the stores of unit u into an out-column; the kilogrammes taken."""
    kg = min(kg, S.u_store[u, store])
    if kg <= 0:
        return 0
    S.u_store[u, store] -= kg
    S.g_store[S.u_force[u], store, column] += kg
    return kg


@njit
def gain_store(S, u: int, store: int, kg: int, column: int) -> int:
    """Bring kg to the stores of unit u from an in-column (foraged, taken, inflow)."""
    if kg <= 0:
        return 0
    S.u_store[u, store] += kg
    S.g_store[S.u_force[u], store, column] += kg
    return kg


@njit
def use_depot(S, d: int, store: int, kg: int, column: int) -> int:
    """Take up to kg out of depot d into an out-column of its force; the kilogrammes taken."""
    kg = min(kg, S.d_store[d, store])
    if kg <= 0:
        return 0
    S.d_store[d, store] -= kg
    S.g_store[S.d_force[d], store, column] += kg
    return kg


@njit
def gain_depot(S, d: int, store: int, kg: int, column: int) -> int:
    """Bring kg to depot d from an in-column of its force."""
    if kg <= 0:
        return 0
    S.d_store[d, store] += kg
    S.g_store[S.d_force[d], store, column] += kg
    return kg


@njit
def issue(S, d: int, u: int, store: int, kg: int, lost_kg: int, lost_column: int) -> int:
    """Send kg from depot d to unit u, of which lost_kg never arrive; the kilogrammes that arrive.

    Where depot and unit belong to different forces of a side the books carry it over as
    captured/taken, so that each force's books still balance.
    """
    kg = min(kg, S.d_store[d, store])
    if kg <= 0:
        return 0
    lost_kg = max(0, min(lost_kg, kg))
    S.d_store[d, store] -= kg
    S.g_store[S.d_force[d], store, lost_column] += lost_kg
    arrive = kg - lost_kg
    S.u_store[u, store] += arrive
    if S.d_force[d] != S.u_force[u]:
        S.g_store[S.d_force[d], store, B_CAPTURED] += arrive
        S.g_store[S.u_force[u], store, B_TAKEN] += arrive
    return arrive


@njit
def lose_aircraft(S, a: int, n: int, column: int) -> int:
    """Write off up to n aircraft of air unit a; the aircraft gone."""
    n = min(n, S.a_craft[a])
    if n <= 0:
        return 0
    S.a_craft[a] -= n
    S.g_aircraft[S.a_force[a], column] += n
    return n


@njit
def gain_aircraft(S, a: int, n: int, column: int) -> int:
    """Bring n aircraft to air unit a from an in-column."""
    if n <= 0:
        return 0
    S.a_craft[a] += n
    S.g_aircraft[S.a_force[a], column] += n
    return n


@njit
def take_depot(S, d: int, new_side: int, new_force: int, destroyed_share: float) -> int:
    """Depot d falls to the enemy: a share burns, the rest changes books; the kilogrammes taken."""
    taken = 0
    for s in range(STORES):
        have = S.d_store[d, s]
        burnt = np.int64(np.float64(have) * destroyed_share)
        S.d_store[d, s] -= burnt
        S.g_store[S.d_force[d], s, B_LOST] += burnt
        rest = have - burnt
        S.g_store[S.d_force[d], s, B_CAPTURED] += rest
        S.g_store[new_force, s, B_TAKEN] += rest
        taken += rest
    S.d_side[d] = new_side
    S.d_force[d] = new_force
    return taken


@njit
def write_off_unit(S, u: int, men_column: int, book_column: int) -> None:
    """Close the books of a unit that ceases to exist: men, absent men, material and stores."""
    f = S.u_force[u]
    S.g_men[f, men_column] += S.u_men[u] + S.u_sick[u] + S.u_wounded[u] + S.u_stragglers[u]
    S.u_men[u] = 0
    S.u_sick[u] = 0
    S.u_wounded[u] = 0
    S.u_stragglers[u] = 0
    for k in range(MATERIALS):
        S.g_material[f, k, book_column] += S.u_material[u, k] + S.u_down[u, k]
        S.u_material[u, k] = 0
        S.u_down[u, k] = 0
    for s in range(STORES):
        S.g_store[f, s, book_column] += S.u_store[u, s]
        S.u_store[u, s] = 0
