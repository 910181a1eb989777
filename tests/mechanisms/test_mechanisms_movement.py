"""Movement and armour: tanks and what stops them, pursuit, rivers, bridges, wear, flanks, delay."""

from tairiku.sim import codes, wear
from tairiku.sim import combat as battle
from tairiku.sim.breakoff import defender_hazard
from tairiku.sim.connectivity import connect
from tairiku.sim.going import pace
from tairiku.sim.pursuit import pursue
from tairiku.sim.railways import repair
from tests.mechanisms.switching import Changes, both
from tests.sim.supply_world import empty_world, lay_bridge, lay_rail
from tests.sim.test_combat import CALM, TARGET, WEST, field
from tests.sim.test_combat import give as equip
from tests.sim.test_movement import day as march_day
from tests.sim.test_movement import order
from tests.sim.test_movement import world as plain
from tests.sim.test_rest import world as quarters
from tests.sim.world import add_unit, parameters


def losses(changes: Changes, change=lambda S, M, j, c: None) -> tuple[int, int]:
    """Losses of attacker and defender on the first day, the dice at their mean."""
    S, M, P, W, j, c = field(**(CALM | changes))
    change(S, M, j, c)
    battle.fight(S, M, P, W)
    return int(S.u_loss_today[j]), int(S.u_loss_today[c])


def tanks(S, M, j, c) -> None:
    equip(S, j, codes.TANKS, 150)


def test_m13_armour_spares_the_attacker_and_runs_the_beaten_down() -> None:
    def spared(changes: Changes) -> int:
        return losses(changes)[0] - losses(changes, tanks)[0]

    with_, without = both("M13", spared)
    assert with_ > 20
    assert without == 0

    def caught_by(kind: int, changes: Changes) -> int:
        S, M, P, W, j, c = field(**changes)
        S.u_kind[j], S.u_men[j], S.g_men[codes.F_JAPAN, 0] = kind, 1_000, 1_000
        S.u_posture[c] = codes.P_ROUT
        pursue(S, M, P, W)
        return 8_000 - int(S.u_men[c])

    with_, without = both("M13", lambda c: caught_by(codes.TANK, c) - caught_by(codes.INFANTRY, c))
    assert with_ > 50
    assert without == 0


def test_m14_infantry_without_anti_tank_guns_cannot_stand() -> None:
    def excess(changes: Changes) -> int:
        return losses(changes, tanks)[1] - losses(changes)[1]

    with_, without = both("M14", excess)
    assert with_ > 20
    assert without == 0


def test_m15_anti_tank_guns_in_a_pass_stop_tanks() -> None:
    def in_a_pass(S, M, j, c) -> None:
        tanks(S, M, j, c)
        equip(S, c, codes.AT_GUNS, 60)
        M.terrain[TARGET] = codes.HILLS

    def held_off(changes: Changes) -> int:
        return losses(changes, tanks)[1] - losses(changes, in_a_pass)[1]

    def knocked_out(changes: Changes) -> int:
        S, M, P, W, j, c = field(**(CALM | changes))
        in_a_pass(S, M, j, c)
        battle.fight(S, M, P, W)
        return 150 - int(S.u_material[j, codes.TANKS])

    for case, least in ((held_off, 20), (knocked_out, 5)):
        with_, without = both("M15", case)
        assert with_ >= least
        assert without == 0


def test_m16_two_columns_meet_behind_the_enemy() -> None:
    def ringed(changes: Changes) -> int:
        S, M, P, W = plain(**changes)
        S.d_side[0], S.d_hex[0] = codes.CHINA, 80
        u = add_unit(S, 40, codes.CHINA, 8000)
        for k in range(6):
            add_unit(S, int(M.next[40, k]), codes.JAPAN, 9000)
        for _ in range(3):
            connect(S, M, P, W)
        assert S.u_cut[u] == 3
        return int(S.u_ringed[u])

    assert both("M16", ringed) == (3, 0)


def test_m17_a_beaten_column_is_run_down() -> None:
    def caught(changes: Changes) -> int:
        S, M, P, W, _j, c = field(**changes)
        S.u_posture[c] = codes.P_ROUT
        pursue(S, M, P, W)
        return 8_000 - int(S.u_men[c])

    with_, without = both("M17", caught)
    assert with_ > 150
    assert without == 0


def test_m18_a_river_costs_the_attacker() -> None:
    def river(S, M, j, c) -> None:
        M.river[WEST, list(M.next[WEST]).index(TARGET)] = 3

    def excess(changes: Changes) -> int:
        return losses(changes, river)[0] - losses(changes)[0]

    with_, without = both("M18", excess)
    assert with_ > 5
    assert without == 0


def blown(changes: Changes) -> int:
    """Bridges blown when a bank is lost, of twenty, one for each seed."""
    count = 0
    for seed in range(20):
        S, M, P, W = empty_world(4, 1, key_seed=seed, **changes)
        x = lay_bridge(S, M, 1, 0)
        lay_rail(S, M, 1, 0, codes.CHINA, 1000, x)
        S.day, S.h_control[1], S.h_since[1] = 4, codes.JAPAN, 4
        repair(S, M, P, W)
        count += int(S.x_state[x] == 0)
    return count


def test_m19_bridges_are_blown() -> None:
    with_, without = both("M19", blown)
    assert with_ > 10
    assert without == 0


def test_m20_tanks_wear_out_on_the_way() -> None:
    def broken_down(changes: Changes) -> int:
        S, M, _, _, u = quarters(codes.JAPAN)
        P = parameters(**changes)
        S.u_material[u, codes.TANKS], S.u_km_today[u] = 250, 35.0
        S.g_material[codes.F_JAPAN, codes.TANKS, codes.B_INITIAL] = 250
        for day in range(12):
            S.day = day
            wear.wear(S, M, P, u, 0.5)
        return 250 - int(S.u_material[u, codes.TANKS])

    with_, without = both("M20", broken_down)
    assert with_ > 50
    assert without == 0

    def pace_lost(changes: Changes) -> float:
        S, _, P, _ = plain(**changes)
        t = add_unit(S, 45, codes.JAPAN, kind=codes.TANK)
        S.u_march_days[t] = 7
        return 1.0 - float(pace(S, P, t))

    with_, without = both("M20", pace_lost)
    assert with_ > 0.1
    assert without == 0.0


def test_m22_columns_converge_on_the_flanks() -> None:
    def sides(changes: Changes) -> int:
        S, M, P, W = plain(**changes)
        v = add_unit(S, 40, codes.CHINA, 9000)
        order(S, v, codes.O_HOLD, 40)
        attackers = [add_unit(S, 39, codes.JAPAN, 15_000) for _ in range(3)]
        for u in attackers:
            order(S, u, codes.O_ATTACK, 40)
        for _ in range(8):
            march_day(S, M, P, W)
        assert all(S.u_attacks[u] == 40 for u in attackers)
        return len({int(S.u_hex[u]) for u in attackers})

    with_, without = both("M22", sides, movement_leak=50.0)
    assert with_ > 1
    assert without == 1


def test_m23_a_delaying_line_costs_both_sides_little() -> None:
    def delaying(S, M, j, c) -> None:
        S.u_posture[c] = codes.P_DELAY

    def spared(changes: Changes) -> int:
        return sum(losses(changes)) - sum(losses(changes, delaying))

    with_, without = both("M23", spared)
    assert with_ > 50
    assert without == 0

    def readier_to_go(changes: Changes) -> float:
        hazard = []
        for what in (codes.O_DELAY, codes.O_HOLD):
            S, M, P, _, _j, c = field(**changes)
            S.u_order[c], S.u_lost[c], S.u_outflanked[c] = what, 0.04, 1
            hazard.append(float(defender_hazard(S, M, P, c, 0.0, 0.0)))
        return hazard[0] - hazard[1]

    with_, without = both("M23", readier_to_go)
    assert with_ > 0.5
    assert without == 0.0
