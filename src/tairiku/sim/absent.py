"""Men and pieces that are away from their unit: how they come back, how they are written off.

The sick, the lightly wounded and the stragglers of a unit, and what is broken down, stay in the
books of its force (`books`); coming back moves them, being written off enters a book column.
"""

from numba import njit

from tairiku.sim.codes import M_CAPTURED


@njit
def sick_return(S, u: int, n: int) -> int:
    """Up to n of the sick of unit u come back to duty; the men who came."""
    n = min(n, S.u_sick[u])
    if n <= 0:
        return 0
    S.u_sick[u] -= n
    S.u_men[u] += n
    return n


@njit
def wounded_return(S, u: int, n: int) -> int:
    """Up to n of the lightly wounded of unit u come back to duty; the men who came."""
    n = min(n, S.u_wounded[u])
    if n <= 0:
        return 0
    S.u_wounded[u] -= n
    S.u_men[u] += n
    return n


@njit
def stragglers_return(S, u: int, n: int) -> int:
    """Up to n stragglers of unit u find it again; the men who came."""
    n = min(n, S.u_stragglers[u])
    if n <= 0:
        return 0
    S.u_stragglers[u] -= n
    S.u_men[u] += n
    return n


@njit
def lose_sick(S, u: int, n: int, column: int) -> int:
    """Up to n of the sick of unit u leave the force into a book column; the men gone."""
    n = min(n, S.u_sick[u])
    if n <= 0:
        return 0
    S.u_sick[u] -= n
    S.g_men[S.u_force[u], column] += n
    return n


@njit
def lose_wounded(S, u: int, n: int, column: int) -> int:
    """Up to n of the lightly wounded of unit u leave the force into a book column; the men gone."""
    n = min(n, S.u_wounded[u])
    if n <= 0:
        return 0
    S.u_wounded[u] -= n
    S.g_men[S.u_force[u], column] += n
    return n


@njit
def lose_stragglers(S, u: int, n: int, column: int) -> int:
    """Up to n stragglers of unit u leave the force into a book column; the men gone."""
    n = min(n, S.u_stragglers[u])
    if n <= 0:
        return 0
    S.u_stragglers[u] -= n
    S.g_men[S.u_force[u], column] += n
    return n


@njit
def hospitals_taken(S, u: int) -> int:
    """All sick and lightly wounded of unit u fall into the enemy's hands; the men captured."""
    n = lose_sick(S, u, S.u_sick[u], M_CAPTURED)
    return n + lose_wounded(S, u, S.u_wounded[u], M_CAPTURED)


@njit
def break_down(S, u: int, kind: int, n: int) -> int:
    """Up to n serviceable pieces of unit u break down; the pieces moved."""
    n = min(n, S.u_material[u, kind])
    if n <= 0:
        return 0
    S.u_material[u, kind] -= n
    S.u_down[u, kind] += n
    return n


@njit
def mend(S, u: int, kind: int, n: int) -> int:
    """Up to n broken-down pieces of unit u are serviceable again; the pieces moved."""
    n = min(n, S.u_down[u, kind])
    if n <= 0:
        return 0
    S.u_down[u, kind] -= n
    S.u_material[u, kind] += n
    return n


@njit
def scrap(S, u: int, kind: int, n: int, column: int) -> int:
    """Up to n broken-down pieces of unit u are written off; the pieces gone."""
    n = min(n, S.u_down[u, kind])
    if n <= 0:
        return 0
    S.u_down[u, kind] -= n
    S.g_material[S.u_force[u], kind, column] += n
    return n
