"""Weather: rain that stops an attack, storms that ground aircraft, mud that stops wheels."""

from tairiku.sim import codes
from tairiku.sim.air import fly
from tairiku.sim.going import step_minutes
from tairiku.sim.layout import WORK, new
from tairiku.sim.ways import prepare
from tests.mechanisms.switching import Changes, both
from tests.mechanisms.test_mechanisms_movement import losses
from tests.mechanisms.test_mechanisms_supply import fed_over
from tests.sim.air_world import contested
from tests.sim.test_movement import world as plain
from tests.sim.test_weather import weather_of
from tests.sim.world import add_unit, parameters


def test_m28_rain_stops_the_attack() -> None:
    def spared(changes: Changes) -> int:
        def mud(S, M, j, c) -> None:
            S.w_ground[:] = codes.GROUND_MUD

        return sum(losses(changes)) - sum(losses(changes, mud))

    def days_of_mud(changes: Changes) -> int:
        _, ground, _ = weather_of(18.0, 300.0, 238, **changes)
        return int((ground == codes.GROUND_MUD).sum())

    for case in (spared, days_of_mud):
        with_, without = both("M28", case)
        assert with_ > 10
        assert without == 0


def test_m65_storms_keep_aircraft_down() -> None:
    def grounded(changes: Changes) -> int:
        """Sorties lost on the first stormy day, if there is one."""
        skies, _, _ = weather_of(14.0, 200.0, 238, **changes)
        if codes.STORM not in skies:
            return 0
        flown = []
        for sky in (codes.RAIN, codes.STORM):
            M, S = contested()
            S.w_sky[0] = sky
            fly(S, M, parameters(**changes), new(WORK)[0])
            flown.append(int(S.a_sorties.sum()))
        return flown[0] - flown[1]

    with_, without = both("M65", grounded)
    assert with_ > 5
    assert without == 0


def test_m66_mud_stops_wheels() -> None:
    def slowed(changes: Changes) -> int:
        lost = 0
        for kind in (codes.INFANTRY, codes.MOTORISED):
            S, M, P, W = plain(**changes)
            prepare(M, P, W)
            u = add_unit(S, 36, codes.JAPAN, kind=kind)
            dry = int(step_minutes(S, M, P, W, u, 36, 0))
            S.w_ground[0] = codes.GROUND_MUD
            lost += int(step_minutes(S, M, P, W, u, 36, 0)) - dry
        return lost

    def not_carried(changes: Changes) -> int:
        mud = fed_over(changes, men=200_000, ground=codes.GROUND_MUD)
        return fed_over(changes, men=200_000) - mud

    for case in (slowed, not_carried):
        with_, without = both("M66", case)
        assert with_ > 100
        assert without == 0
