"""Events as sentences in Python, by the patterns that the player fills in as well (telling.js)."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from tairiku.base.names import name_in
from tairiku.report.words import word, words
from tairiku.scenario.load import Scenario
from tairiku.sim import codes
from tairiku.study.summary import phase_names

_PART = re.compile(r"\{([a-z]+)(?::([a-z0-9%]+))?\}")
_POINT = {"en": (",", "."), "de": (".", ",")}  # between thousands, before decimals
_SKY = ("dry", "rain", "storm")
_GROUND = ("dry", "wet", "mud")


class Teller:
    """Sentences about a run in one language.

    Parameters
    ----------
    scenario
        What the run was played with; gives the names.
    language
        One of `tairiku.base.names.LANGUAGES`.
    """

    def __init__(self, scenario: Scenario, language: str) -> None:
        self.scenario = scenario
        self.language = language
        world = scenario.map
        # rows of the scenario's files that an event names by their number
        self._rows: Mapping[str, Callable[[int], str]] = {
            "region": lambda i: list(scenario.region_index)[i],
            "province": lambda i: list(scenario.province_index)[i],
            "bridge": lambda i: world.bridges[i].name,
            "rail": lambda i: world.rail_links[i].line,
            "road": lambda i: world.road_links[i].name,
            "craft": lambda i: scenario.air_units[i].name,
            "field": lambda i: world.airfields[i].name,
            "depot": lambda i: scenario.depots[i].name,
            "stop": lambda i: self.word(f"assault-stop.{i}"),
            "sky": lambda i: self.word(f"sky.{_SKY[i]}"),
            "ground": lambda i: self.word(f"ground.{_GROUND[i]}"),
            "order": lambda i: self.word(f"order.{codes.ORDER_NAMES[i]}"),
            "posture": lambda i: self.word(f"posture.{codes.POSTURE_NAMES[i]}"),
            "mission": lambda i: self.word(f"mission.{codes.MISSION_NAMES[i]}"),
        }

    def word(self, key: str) -> str:
        """The word of a key."""
        return word(key, self.language)

    def fill(self, key: str, **parts: Any) -> str:
        """The pattern of a key with its parts filled in."""
        return self.word(key).format(**parts)

    def unit(self, id_: str | None) -> str:
        """The name of a unit or formation, of a detached group its id."""
        if not id_:
            return self.word("a-unit")
        formation = self.scenario.formation.get(id_)
        return id_ if formation is None else name_in(formation, self.language)

    def place(self, where: Mapping[str, Any] | None) -> str:
        """A spot (`Replayed.spot`): the place, or how far it is from it."""
        if where is None:
            return ""
        place = self.scenario.map.place.get(where["place"] or "")
        if place is None:
            return f"{self.word('hex')} {where['hex']}"
        name = name_in(place, self.language)
        return self.fill("near", km=where["km"], place=name) if where["km"] else name

    def number(self, value: float | None, digits: int = 0) -> str:
        """A number as the language writes it, without empty decimals."""
        if value is None or value != value:
            return "–"
        text = f"{value:,.{digits}f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        thousands, point = _POINT.get(self.language, (",", "."))
        return text.translate({ord(","): thousands, ord("."): point})

    def percent(self, share: float | None) -> str:
        """A share in percent."""
        return "–" if share is None else f"{self.number(100.0 * share)} %"

    def sentence(self, event: Mapping[str, Any]) -> str:
        """An event (`explaining.events.told`) as a sentence."""
        key = f"event.{event['kind']}"
        pattern = self.word(key) if key in words() else f"{event['kind']}: {{unit}} {{place}}"
        return _PART.sub(lambda m: self._part(event, m[1], m[2] or ""), pattern).strip()

    def _part(self, event: Mapping[str, Any], slot: str, form: str) -> str:
        if slot in ("unit", "other"):
            return self.unit(event[slot])
        if slot == "place":
            return self.place(event["where"])
        if slot == "side":
            return self.word(f"side.{event['side'] or 'none'}")
        value = event[slot]
        if form == "%":
            return self.percent(value)
        if form in ("", "1", "2"):
            return self.number(value, int(form or 0))
        return self._named(event, form, round(value))

    def _named(self, event: Mapping[str, Any], form: str, row: int) -> str:
        if form == "phase":
            names = phase_names(self.scenario)
            known = event["side"] == "japan" and 0 <= row < len(names)
            return names[row] if known else str(row + 1)
        if row < 0:
            return str(row)
        try:
            return self._rows[form](row)
        except IndexError:  # a depot set up on the way has no row
            if form == "depot":
                return f"{self.word('branch-depot')} {self.place(event['where'])}".strip()
            return str(row)

    def dice(self, event: Mapping[str, Any]) -> list[str]:
        """The dice of an event, each with what it was held against."""
        found = []
        for die in event["dice"]:
            what = self.word(f"die.{die['what']}")
            value = self.number(die["die"], 3)
            if die["against"] is None:
                found.append(self.fill("why.die", what=what, die=value))
            else:
                chance = self.number(die["against"], 3)
                found.append(self.fill("why.die-against", what=what, die=value, chance=chance))
        return found
