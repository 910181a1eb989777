"""Accept how `tiny` plays now as the golden run: uv run python tests/golden/accept.py

A change of a rule, of its numbers or of the scenario changes the golden run.  Accept it when the
change is meant, and say in the commit message what changed and why.
"""

import hashlib
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from tairiku.campaign import Campaign, simulate
from tairiku.scenario.load import load_scenario

GOLDEN = Path(__file__).parent / "tiny.toml"
SEED = 1
EVERY = 10
TOTALS = ("men", "absent", "killed", "wounded_out", "captured", "missing", "disease", "hexes")


def observe() -> dict[str, Any]:
    """State hash, number of events and totals by force, on every tenth evening of `tiny`."""
    hashes: dict[int, str] = {}

    def look(campaign: Campaign) -> None:
        if campaign.day % EVERY == 0:
            hashes[campaign.day] = hashlib.sha256(campaign.states.tobytes()).hexdigest()

    scenario = load_scenario("tiny")
    run = simulate(scenario, seed=SEED, on_day=look)
    found: dict[str, Any] = {}
    for day, digest in hashes.items():
        evening = scenario.first_day + timedelta(days=day - 1)
        events = run.sql(f"SELECT count(*) FROM events WHERE day < {day}").fetchall()[0][0]
        found[f"day-{day}"] = {"date": evening.isoformat(), "state": digest, "events": events}
        columns = ", ".join(TOTALS)
        query = f"SELECT force, {columns} FROM days WHERE day = {day - 1} ORDER BY force"
        for force, *totals in run.sql(query).fetchall():
            if any(totals[:-1]):
                found[f"day-{day}"][force] = dict(zip(TOTALS, map(int, totals), strict=True))
    return found


def accepted() -> dict[str, Any]:
    """The golden run as it was accepted."""
    return tomllib.loads(GOLDEN.read_text(encoding="utf-8"))


def main() -> None:
    """Write the golden run."""
    lines = [f"# `tiny`, seed {SEED}: written by tests/golden/accept.py"]
    for day, observed in observe().items():
        lines += ["", f"[{day}]"]
        plain = {key: value for key, value in observed.items() if not isinstance(value, dict)}
        forces = {key: value for key, value in observed.items() if isinstance(value, dict)}
        for key, value in plain.items():
            lines.append(f"{key} = {value}" if isinstance(value, int) else f'{key} = "{value}"')
        for force, totals in forces.items():
            inside = ", ".join(f"{key} = {value}" for key, value in totals.items())
            lines.append(f"{force} = {{ {inside} }}")
    GOLDEN.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"accepted: {GOLDEN.name}")


if __name__ == "__main__":
    main()
