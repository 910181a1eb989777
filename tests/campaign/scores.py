"""What the tests of scoring ask of whole campaigns, called where the rules are compiled."""

from typing import Any

from tairiku.campaign import simulate
from tairiku.scenario.load import load_scenario
from tairiku.study.scoring.losses import WHOLE, airfield_hexes, values_of, windows
from tairiku.study.scoring.seasons import Seasons, play
from tairiku.study.scoring.setting import read_setting
from tairiku.study.scoring.truth import from_objectives
from tairiku.study.summary import summarise


def seasons_of(name: str, seeds: list[int], threads: int) -> Seasons:
    """Campaigns as scoring keeps them."""
    scenario = load_scenario(name)
    watched = [p.hex for p in from_objectives(scenario)] + airfield_hexes(scenario)
    return play(scenario, seeds, watched, threads=threads)


def told_by_runs(name: str, seeds: list[int]) -> list[dict[str, Any]]:
    """What `tairiku run` tells of the same campaigns."""
    return [summarise(simulate(load_scenario(name), seed=seed)) for seed in seeds]


def told_by_seasons(name: str, seeds: list[int], threads: int) -> list[dict[str, Any]]:
    """The same figures, from what scoring keeps."""
    seasons = seasons_of(name, seeds, threads)
    scenario = seasons.scenario
    spans = windows(seasons, read_setting(scenario))
    figures = {}
    for figure in ("losses.japan.killed-wounded", "losses.china.all", "airfields.lost"):
        values, _ = values_of(seasons, figure, spans[WHOLE], airfield_hexes(scenario))
        assert values is not None
        figures[figure] = values
    falls = {p.id: seasons.falls(p.hex) for p in from_objectives(scenario)}
    return [
        {
            "falls": {place: days[i] for place, days in falls.items()},
            **{figure: float(values[i]) for figure, values in figures.items()},
            "corridor": round(float(seasons.corridor[i, 0]), 4),
        }
        for i in range(len(seeds))
    ]


def differing(name: str, seeds: list[int]) -> list[str]:
    """Names of what differs between one thread and three."""
    one, three = seasons_of(name, seeds, 1), seasons_of(name, seeds, 3)
    arrays = ("control", "men", "pieces", "aircraft", "opened", "corridor")
    wrong = [a for a in arrays if getattr(one, a).tobytes() != getattr(three, a).tobytes()]
    return wrong + [a for a in ("ringed", "taken") if getattr(one, a) != getattr(three, a)]
