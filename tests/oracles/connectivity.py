"""Who is ringed and who is cut off, slowly: whole components by plain breadth-first search."""

from tairiku.sim import codes
from tairiku.sim.layout import NOWHERE
from tests.oracles import ways


def zones(S, M, P) -> dict[tuple[int, int], int]:
    """Men of each side whose zone covers each hex, from the units. {(side, hex): men}"""
    found: dict[tuple[int, int], int] = {}
    for u in range(int(S.n_units)):
        kind = int(S.u_kind[u])
        if S.u_status[u] != codes.ON_MAP or S.u_rout_days[u] > 0:
            continue
        if S.u_posture[u] == codes.P_ROUT:
            continue
        if kind in (codes.GUERRILLA, codes.DRAFT, codes.RAILWAY):
            continue
        share = P.movement_zone_static if S.u_static[u] else 1.0
        men, h, side = int(S.u_men[u] * share), int(S.u_hex[u]), int(S.u_side[u])
        reached = [h]
        for k in range(6):
            n = int(M.next[h, k])
            if n != NOWHERE and M.terrain[n] < codes.LAKE:
                if M.river[h, k] < 3 or M.bridge[h, k] >= 0:
                    reached.append(n)
        for n in reached:
            found[side, n] = found.get((side, n), 0) + men
    return found


def components(S, M, P, side: int, supply: bool) -> tuple[dict[int, int], list[set[int]]]:
    """Components of the hexes not barred to the side. (hex -> number, the sets)"""
    zone = zones(S, M, P)
    here: dict[tuple[int, int], int] = {}
    for u in range(int(S.n_units)):
        if S.u_status[u] == codes.ON_MAP and S.u_kind[u] != codes.GUERRILLA:
            key = int(S.u_side[u]), int(S.u_hex[u])
            here[key] = here.get(key, 0) + int(S.u_men[u])

    def free(h: int) -> bool:
        if here.get((1 - side, h), 0) > 0:
            return False
        if here.get((side, h), 0) > 0:
            return True
        if supply and S.h_control[h] == 1 - side:
            return False
        return zone.get((1 - side, h), 0) < P.encirclement_bar_men

    number: dict[int, int] = {}
    sets: list[set[int]] = []
    for start in range(int(M.n_hexes)):
        if start in number or not free(start):
            continue
        members, todo = {start}, [start]
        while todo:
            h = todo.pop()
            for k in range(6):
                n = int(M.next[h, k])
                if n != NOWHERE and n not in members and free(n):
                    if ways.step(M, P, h, k, 0) < ways.FAR:
                        members.add(n)
                        todo.append(n)
        for h in members:
            number[h] = len(sets)
        sets.append(members)
    return number, sets


def sources(S, M, side: int) -> set[int]:
    """Hexes of the side's depots and of the ways to its boxes."""
    found = {int(h) for s, h in zip(S.d_side, S.d_hex, strict=True) if s == side and h != NOWHERE}
    for i in range(int(M.n_box_links)):
        if M.bl_side[i] == side and M.bl_mode[i] != codes.BOX_AIR and M.bl_hex[i] != NOWHERE:
            found.add(int(M.bl_hex[i]))
    return found


def standing(S, M, P, u: int, supply: bool) -> bool:
    """True if unit u is joined to a source of its side."""
    side = int(S.u_side[u])
    number, sets = components(S, M, P, side, supply)
    return bool(sets[number[int(S.u_hex[u])]] & sources(S, M, side))


def ringed(S, M, P, u: int) -> bool:
    """True if unit u is shut in: not joined, and in country smaller than ``open_hexes``."""
    side = int(S.u_side[u])
    number, sets = components(S, M, P, side, False)
    mine = sets[number[int(S.u_hex[u])]]
    return not mine & sources(S, M, side) and len(mine) < P.encirclement_open_hexes
