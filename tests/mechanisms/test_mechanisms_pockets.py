"""Pockets and what is left behind: yield, breakouts, prisoners, guns, lorries, stores, cadres."""

from tairiku.sim import codes, collapse, encirclement, layout, rest
from tairiku.sim.audit import imbalances
from tairiku.sim.casualties import dissolve_if_spent
from tests.mechanisms.switching import Changes, both
from tests.sim.test_combat import CALM, day, events, field
from tests.sim.test_encirclement import pocket_event, ringed
from tests.sim.test_rest import world as quarters
from tests.sim.world import parameters

BEATEN = {"combat_h0_d": 1e6, "combat_h0_a": 0.0, "combat_rout_base": 1.0}


def routed(changes: Changes):
    """A division is beaten, routed and run down in a day: S and the beaten unit."""
    S, M, P, W, _j, c = field(**changes)
    day(S, M, P, W)
    assert S.u_posture[c] == codes.P_ROUT
    assert imbalances(S) == []
    return S, c


def left(changes: Changes, column: str) -> float:
    """Guns (a), lorries (b) or tonnes (c) that the routed division left on the field."""
    S, _ = routed(changes)
    return float(sum(e[column] for e in events(S, codes.E_CAPTURE_MATERIAL)))


def test_m40_a_beaten_army_leaves_its_guns() -> None:
    with_, without = both("M40", lambda changes: left(changes, "a"), **BEATEN)
    assert with_ > 3
    assert without == 0

    def guns_lost_in_the_open(changes: Changes) -> int:
        S, M, _, u = ringed(3, 10_000, 0, 0, 0.4)
        collapse.break_up_in_open(S, M, parameters(key_seed=3, **changes), u)
        return 12 - int(S.u_material[u, codes.GUNS])

    with_, without = both("M40", guns_lost_in_the_open)
    assert with_ > 8
    assert without == 0


def test_m53_lorries_are_lost_on_the_retreat() -> None:
    with_, without = both("M53", lambda changes: left(changes, "b"), **BEATEN)
    assert with_ > 5
    assert without == 0


def test_m55_stores_are_lost_with_the_field() -> None:
    with_, without = both("M55", lambda changes: left(changes, "c"), **BEATEN)
    assert with_ > 5.0
    assert without == 0.0


def test_m43_men_and_arms_taken_are_counted() -> None:
    def taken(changes: Changes) -> tuple[int, int]:
        S, _ = routed(changes)
        men = int(S.g_men[codes.F_CHINA, codes.M_CAPTURED])
        arms = int(S.g_material[codes.F_JAPAN, :, codes.B_TAKEN].sum())
        assert arms == int(S.g_material[codes.F_CHINA, :, codes.B_CAPTURED].sum())
        return men, arms

    with_, without = both("M43", taken, **BEATEN)
    assert min(with_) > 0
    assert without == (0, 0)


def test_m41_what_was_in_a_pocket_adds_up() -> None:
    def spent(changes: Changes) -> float:
        S, M, _, u = ringed(1, 10_000, 0, 0, 0.4)
        collapse.break_up_in_open(S, M, parameters(**changes), u)
        e = pocket_event(S)
        assert e.a == 10_000 == e.b + e.c + e.d + e.e
        assert imbalances(S) == []
        return float(e.c + e.d + e.e)

    with_, without = both("M41", spent)
    assert 5_000 < with_ < 9_500
    assert without == 0


def test_m42_breakouts_succeed_in_part_or_cost_dear() -> None:
    def tried(changes: Changes) -> int:
        attempts = 0
        for seed in range(1, 17):
            S, M, _, u = ringed(seed, 9_000, 0, 0, 0.6)
            P = parameters(key_seed=seed, **changes)
            encirclement.encircle(S, M, P, layout.new(layout.WORK)[0])
            attempts += S.u_men[u] < 9_000 or S.u_status[u] != codes.ON_MAP
        return attempts

    with_, without = both(
        "M42", tried, encirclement_u0_open=0.0, encirclement_u1=0.0, encirclement_u2=0.0
    )
    assert with_ > 1
    assert without == 0


def test_m111_a_force_is_worn_out_for_good() -> None:
    def dissolved(changes: Changes) -> bool:
        S, _, P, _, _j, c = field(**(CALM | changes))
        S.u_men[c], S.g_men[codes.F_CHINA, 0] = 120, 120
        return bool(dissolve_if_spent(S, P, c))

    assert both("M111", dissolved) == (True, False)

    def never_refilled(changes: Changes) -> int:
        S, M, _, W, u = quarters(men=4_000)
        P = parameters(rest_desertion=0.0, **changes)
        S.u_full[u], S.u_source[u] = 10_000, 3
        S.u_order[u], S.u_target[u] = codes.O_REFIT, 24
        for number in range(120):
            S.day = number
            rest.rest(S, M, P, W)
        return 10_000 - int(S.u_men[u])

    with_, without = both("M111", never_refilled)
    assert with_ > 3_000
    assert without <= 2
