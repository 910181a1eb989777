"""THE DAY: what happens between one dawn and the next, in order (docs/rules.md).

1. calendar and weather: sky, ground and rivers of each region            weather.change_weather
2. arrivals, drafts, departures, transfers of command                     arrivals.arrive
3. sight: what each side now believes of the other                        sight.see
   -- here the commanders look at their views and give orders --
4. command: orders go down the chain, leave is asked, refused, given      chain.transmit
5. supply: from the depots over rail, river and road; the rest foraged    supply.supply
6. night: withdrawals, flank and night marches                            night.approach
7. air: superiority, support, interdiction, airfields, supply, eyes       air.fly
8. movement in impulses                                                   movement.march
9. combat, pursuit, then who still has a way out                          combat.fight,
                                                                          pursuit.pursue,
                                                                          connectivity.connect
10. cities and sieges                                                     siege.besiege
11. encirclement: collapse, breakout, surrender                           encirclement.encircle
12. the sick, rest, works, railways                                       medical.treat, rest.rest,
                                                                          works.work,
                                                                          railways.repair
13. land, people, politics                                                land.live, politics.govern
14. score                                                                 score.reckon
"""

from numba import njit

from tairiku.sim.air import fly
from tairiku.sim.arrivals import arrive
from tairiku.sim.chain import transmit
from tairiku.sim.combat import fight
from tairiku.sim.connectivity import connect
from tairiku.sim.encirclement import encircle
from tairiku.sim.land import live
from tairiku.sim.medical import treat
from tairiku.sim.movement import march
from tairiku.sim.night import approach
from tairiku.sim.politics import govern
from tairiku.sim.pursuit import pursue
from tairiku.sim.railways import repair
from tairiku.sim.rest import rest
from tairiku.sim.score import reckon
from tairiku.sim.siege import besiege
from tairiku.sim.sight import see
from tairiku.sim.supply import supply
from tairiku.sim.weather import change_weather
from tairiku.sim.works import work


@njit
def open_day(S, M, P, W, day: int) -> None:
    """Steps 1-3: the morning of ``day``, up to what each side sees."""
    S.day = day
    S.n_events = 0
    S.events_lost = 0
    change_weather(S, M, P, W)
    arrive(S, M, P, W)
    see(S, M, P, W)


@njit
def close_day(S, M, P, W, O) -> None:  # noqa: E741
    """Steps 4-14: from the orders of both sides (O[0] Japan, O[1] China) to nightfall."""
    transmit(S, M, P, W, O)
    supply(S, M, P, W)
    approach(S, M, P, W)
    fly(S, M, P, W)
    march(S, M, P, W)
    fight(S, M, P, W)
    pursue(S, M, P, W)
    connect(S, M, P, W)
    besiege(S, M, P, W)
    encircle(S, M, P, W)
    treat(S, M, P, W)
    rest(S, M, P, W)
    work(S, M, P, W)
    repair(S, M, P, W)
    live(S, M, P, W)
    govern(S, M, P, W)
    reckon(S, M, P, W)
