/** Events as sentences: a pattern in the reader's language, filled with names that can be followed. */

import { el } from "./dom.js";
import { has, nameOf, number, percent, t } from "./words.js";

/** @typedef {(mark: import("./state.js").Mark) => void} Go */

/** A name that leads to what it names. @param {string} text @param {import("./state.js").Mark} mark @param {Go} go */
export function link(text, mark, go) {
  return el("a.link", {
    href: "#map", onclick: (/** @type {Event} */ e) => { e.preventDefault(); go(mark); },
  }, text);
}

/** @param {import("./run.js").Run} run @param {string} id @param {Go} go @returns {Node|string} */
export function linkUnit(run, id, go) {
  const found = run.formation.get(id);
  if (!found) return id || t("a-unit");
  return link(nameOf(found), { kind: run.unitIndex.has(id) ? "unit" : "formation", id }, go);
}

/** The place of a hex, or how far it lies from the nearest.
 * @param {import("./run.js").Run} run @param {number} hex @param {Go} go @returns {Node[]} */
export function linkHex(run, hex, go) {
  if (hex < 0) return [];
  const { place, km } = run.near(hex);
  if (!place) return [document.createTextNode(`${t("hex")} ${hex}`)];
  if (km === 0 || place.hex === hex) return [link(nameOf(place), { kind: "place", id: place.id }, go)];
  const text = t("near").replace("{km}", number(km)).replace("{place}", nameOf(place));
  return [link(text, { kind: "hex", id: hex }, go)];
}

/** @param {import("./run.js").Run} run @param {any} event @param {string} slot @param {string} form @param {Go} go
 * @returns {Array<Node|string>} */
function filled(run, event, slot, form, go) {
  const c = run.contents;
  if (slot === "unit" || slot === "other") return [linkUnit(run, event[slot], go)];
  if (slot === "place") return linkHex(run, event.hex, go);
  if (slot === "side") return [t(`side.${event.side}`)];
  const value = event[slot];
  if (!Number.isFinite(value)) return ["–"];
  const row = Math.round(value);
  switch (form) {
    case "%": return [percent(value)];
    case "1": return [number(value, 1)];
    case "2": return [number(value, 2)];
    case "posture": return [t(`posture.${c.postures[row] ?? row}`)];
    case "stop": return [t(`assault-stop.${row}`)];
    case "order": return [t(`order.${c.orders[row] ?? row}`)];
    case "sky": return [t(`sky.${["dry", "rain", "storm"][row]}`)];
    case "ground": return [t(`ground.${["dry", "wet", "mud"][row]}`)];
    case "phase": return [event.side === "japan" ? c.phase_names[row] ?? String(row + 1) : String(row + 1)];
    case "region": return [c.region_names[row] ?? String(row)];
    case "province": return [c.province_names[row] ?? String(row)];
    case "bridge": return [c.bridges[row] ? c.bridges[row].name : String(row)];
    case "rail": return [c.rail_lines[row] ?? String(row)];
    case "road": return [c.road_names[row] ?? String(row)];
    case "depot": return c.depots[row] ? [c.depots[row].name]
      : [t("branch-depot"), " ", ...linkHex(run, event.hex, go)];
    case "craft": return [c.air_units[row]?.name ?? String(row)];
    case "mission": return [t(`mission.${c.missions[row] ?? row}`)];
    case "field": {
      const field = c.fields[row];
      return field ? [link(nameOf(field), { kind: "field", id: field.id }, go)] : [String(row)];
    }
    default: return [number(value)];
  }
}

/** @param {import("./run.js").Run} run @param {any} event @param {Go} go @returns {HTMLElement} */
export function sentence(run, event, go) {
  const key = `event.${event.kind}`;
  const pattern = has(key) ? t(key) : `${event.kind}: {unit} {place}`;
  /** @type {Array<Node|string>} */
  const parts = [];
  for (const piece of pattern.split(/(\{[^}]+\})/)) {
    if (!piece.startsWith("{")) { parts.push(piece); continue; }
    const [slot, form = ""] = piece.slice(1, -1).split(":");
    parts.push(...filled(run, event, slot, form, go));
  }
  return el("span.told", {}, ...parts);
}

/** The dice of an event with what each was held against, and the rule it comes from.
 * @param {import("./run.js").Run} run @param {any} event @param {boolean} [ruled] @returns {HTMLElement|null} */
export function reasons(run, event, ruled = true) {
  const { d_what: what, d_die: die, d_against: against } = run.arrays;
  const { dice, rules } = run.contents;
  const said = [];
  for (const i of run.diceOf.get(event.number) ?? []) {
    const pattern = t(against[i] < 0 ? "why.die" : "why.die-against");
    said.push(pattern.replace("{what}", t(`die.${dice[what[i]]}`))
      .replace("{die}", number(die[i] / 1000, 3)).replace("{chance}", number(against[i] / 1000, 3)));
  }
  const rule = ruled ? rules[event.kind] : "";
  if (rule) said.push(`${t("why.rule")}: ${rule}`);
  return said.length ? el("small.reasons", {}, said.join(" · ")) : null;
}

/** The events that matter most come first in a day's account. */
const WEIGHTS = new Map([
  "phase-opens", "city-taken", "surrender", "pocket", "destroyed", "encircled", "airfield-lost",
  "assault-begins", "siege-begins", "relieved", "battle", "exchange", "battleground", "rout", "retreat", "crossing",
  "civilian-deaths", "refugees", "refused", "permitted", "contrary-order", "depot-lost",
].map((kind, i) => [kind, 100 - i]));

/** @param {any} event */
export function weight(event) {
  return (WEIGHTS.get(event.kind) ?? 10) + Math.min(9, Math.log10(1 + Math.abs(event.c || event.a || 0)));
}
