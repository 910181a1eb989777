"""An explanation (`tairiku.study.explaining`) as lines for a reader, in five languages."""

from collections.abc import Mapping
from typing import Any

from tairiku.report.sentences import Teller

Line = tuple[str, str]
Facts = Mapping[str, Any]


def unit_lines(say: Teller, unit: Facts) -> list[Line]:
    """Label and text of each thing that is known of a unit on a day; what is not is left out."""
    order, march, men = unit["order"], unit["march"], unit["men"]
    lines = [
        ("where", say.place(unit["where"]) or say.word(f"status.{unit['status']}")),
        ("posture", say.word(f"posture.{unit['posture']}")),
        ("order", _order(say, order)),
        ("why.by", _giver(say, order)),
        ("why.on-its-way", _next(say, order)),
        ("why.stopped", stopped_text(say, march)),
        ("why.before", enemies(say, march["enemy"])),
        ("why.siege", _siege(say, order["target"], march["siege"])),
        ("why.contact", _contact(say, unit["contact"])),
        ("strength", _men(say, men)),
        ("absent", _absent(say, men)),
        ("lost-today", say.number(men["battle_losses"]) if men["battle_losses"] else ""),
        ("why.gone", say.number(men["gone"]) if men.get("gone") else ""),
        *_supply(say, unit["supply"]),
        ("why.leave", _leave(say, unit["command"])),
        ("why.links", _links(say, unit["command"])),
        ("why.air", _air(say, unit["air"])),
    ]
    return [(say.word(key), text) for key, text in lines if text]


def stopped_text(say: Teller, march: Facts) -> str:
    """What kept a unit from going on, as a sentence; empty where the run does not say."""
    if march["stopped"] is None:
        return ""
    return say.fill(f"stopped.{march['stopped']}", days=march["days"])


def enemies(say: Teller, units: list[Facts]) -> str:
    """Units before another, with their men."""
    return "; ".join(
        say.fill("why.enemy", unit=say.unit(u["unit"]), men=say.number(u["men"])) for u in units[:6]
    )


def _order(say: Teller, order: Facts) -> str:
    text = say.word(f"order.{order['order']}")
    return f"{text} → {say.place(order['target'])}" if order["target"] else text


def _giver(say: Teller, order: Facts) -> str:
    giver = order["through"] or order["giver"]
    if giver is None or order["since"] is None:
        return ""
    return say.fill("why.by-since", giver=say.unit(giver), date=order["since"])


def _next(say: Teller, order: Facts) -> str:
    if order["next_order"] is None:
        return ""
    name = say.word(f"order.{order['next_order']}")
    return say.fill("why.due", order=name, date=order["next_due"] or "–")


def _siege(say: Teller, where: Facts | None, siege: Facts | None) -> str:
    if siege is None:
        return ""
    phase = say.fill(f"siege.{siege['phase']}", date=siege["since"])
    return say.fill("why.siege-of", place=say.place(where), phase=phase, assaults=siege["assaults"])


def _contact(say: Teller, contact: Facts) -> str:
    parts = []
    if contact["day"]:
        lost = say.number(100 * (contact["lost_share"] or 0.0), 1)
        parts.append(say.fill("why.contact-of", day=contact["day"], lost=lost))
    if contact["outflanked"]:
        parts.append(say.word("why.outflanked"))
    if contact["days_ringed"]:
        parts.append(f"{say.word('ringed')}: {contact['days_ringed']} {say.word('days')}")
    return "; ".join(parts)


def _men(say: Teller, men: Facts) -> str:
    if "before" not in men:
        return say.number(men["men"])
    change = men["men"] - men["before"]
    sign = "+" if change > 0 else "−" if change < 0 else "±"
    return say.fill(
        "why.night", men=say.number(men["men"]), change=f"{sign}{say.number(abs(change))}"
    )


def _absent(say: Teller, men: Facts) -> str:
    parts = {key: say.number(men[key]) for key in ("sick", "wounded", "stragglers")}
    return say.fill("why.absent-of", **parts)


def _supply(say: Teller, supply: Facts) -> list[Line]:
    depot = supply["depot"]
    lines = [("supplied-from", "" if depot is None else depot["name"] or say.word("branch-depot"))]
    if supply["way"] is not None:
        lines.append(("why.line", legs_text(say, supply["way"]["legs"])))
    if supply["need_kg"] is not None:
        t = {key: say.number(supply[f"{key}_kg"] / 1000.0, 1) for key in ("got", "need")}
        found = say.number((supply["foraged_kg"] or 0) / 1000.0, 1)
        lines.append(("why.got", say.fill("why.got-of", **t, found=found)))
    if supply["days_cut"]:
        lines.append(("cut-off", f"{supply['days_cut']} {say.word('days')}"))
    cut = supply["cut"]
    if cut is not None:
        text = say.fill(f"cut.{cut['cause']}", date=cut["since"] or "–", place=say.place(cut["at"]))
        lines += [("why.line", text), ("why.barred-by", enemies(say, cut["enemy"]))]
    shares = {
        "rounds": say.number(100 * supply["rounds"]),
        "fuel": say.number(100 * supply["fuelled"]),
    }
    food = say.number(supply["food_days"], 1)
    lines.append(("why.stores", say.fill("why.stores-of", food=food, **shares)))
    return lines


def legs_text(say: Teller, legs: list[Facts]) -> str:
    """A way of supply from the depot to the unit, leg by leg."""
    parts = []
    for leg in reversed(legs):
        means = say.word(f"means.{leg['means']}")
        if leg["means"] == "box":
            parts.append(f"{means} {say.place(leg['from'])}")
            continue
        key = "why.leg-line" if leg["line"] else "why.leg"
        text = say.fill(key, km=leg["km"], means=means, line=leg["line"])
        parts.append(f"{say.place(leg['to'])} – {text}")
    if legs:
        parts.append(say.place(legs[0]["from"]))
    return " – ".join(parts)


def _leave(say: Teller, command: Facts) -> str:
    if command["asked"] is None:
        return ""
    answer = command["answer"]
    text = say.word(f"answer.{answer}") if answer else say.word("why.waiting")
    return say.fill("why.leave-asked", date=command["asked"], answer=text)


def _links(say: Teller, command: Facts) -> str:
    linked = command["linked"]
    return "" if linked is None or linked >= 1.0 else say.percent(linked)


def _air(say: Teller, air: Facts) -> str:
    if not air["support"] and not air["hit"]:
        return ""
    return say.fill(
        "why.air-of", support=say.number(air["support"], 1), hit=say.number(air["hit"], 1)
    )


def place_lines(say: Teller, place: Facts) -> list[Line]:
    """Label and text of each thing that is known of a place on a day."""
    where = {"hex": place["hex"], "place": place["place"], "km": 0}
    holders = place["holders"]
    fell = [say.fill("why.fell-to", date=h["since"], side=_side(say, h)) for h in holders[1:]]
    supply = place["supply"]
    lines = [
        ("held-by", _side(say, holders[-1]) if holders else ""),
        ("fell", "; ".join(fell)),
        ("why.siege", _siege(say, where, place["siege"])),
        ("units-here", enemies(say, place["units"])),
        ("why.beside", enemies(say, place["beside"])),
        ("why.line", "" if supply is None else legs_text(say, supply["legs"])),
    ]
    return [(say.word(key), text) for key, text in lines if text]


def _side(say: Teller, holder: Facts) -> str:
    return say.word(f"side.{holder['side']}")


def event_lines(say: Teller, event: Facts, dated: bool = False) -> list[str]:
    """An event as a sentence, its dice below, then the rule's chapter and its mechanisms."""
    first = say.sentence(event)
    lines = [f"{event['date']}  {first}" if dated else first]
    lines += say.dice(event)
    rule = ", ".join(part for part in (event["chapter"], *event["mechanisms"]) if part)
    if rule:
        lines.append(f"{say.word('why.rule')}: {rule}")
    return lines
