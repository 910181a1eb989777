/** The inspector: what a thing is now, why, from where, and who says so. */

import { byId, el } from "./dom.js";
import { pieces } from "./inspector_pieces.js";
import { whyPieces } from "./inspector_why.js";
import { set, state, today, when } from "./state.js";
import { link, linkHex, linkUnit, sentence, weight } from "./telling.js";
import { dateOf, nameOf, number, original, percent, shortDate, t } from "./words.js";

export class Inspector {
  /** @param {import("./run.js").Run} run @param {(mark: import("./state.js").Mark) => void} go */
  constructor(run, go) {
    this.run = run;
    this.go = go;
    this.panel = byId("inspector");
    this.body = byId("inspected");
    this.pieces = { ...pieces(run, go), ...whyPieces(run, go) };
    byId("close-inspector").addEventListener("click", () => set({ chosen: null }));
    let shown = -99;
    when(["time"], () => { if (today() !== shown) { shown = today(); this.draw(); } });
    when(["chosen", "language"], () => { this.draw(); this.body.scrollTop = 0; });
    this.draw();
  }

  draw() {
    const mark = state.chosen;
    const nodes = mark ? this.about(mark) : this.day();
    this.panel.classList.toggle("open", Boolean(mark));
    byId("close-inspector").hidden = !mark;
    this.body.replaceChildren(...nodes.filter((n) => n !== null));
  }

  /** @param {import("./state.js").Mark} mark @returns {Array<Node|null>} */
  about(mark) {
    const { run } = this;
    switch (mark.kind) {
      case "unit": {
        const row = run.unitIndex.get(String(mark.id));
        return row === undefined ? this.day() : this.unit(row);
      }
      case "formation": return this.formation(run.formation.get(String(mark.id)));
      case "place": return this.place(run.place.get(String(mark.id)));
      case "field": return this.field(run.field.get(String(mark.id)));
      case "box": return this.offMap(run.box.get(String(mark.id)));
      case "battle": return this.battle(run.event(Number(mark.id)));
      default: return this.hex(Number(mark.id));
    }
  }

  /** The day's account, when nothing is chosen. @returns {Array<Node|null>} */
  day() {
    const events = this.run.eventsOn(today()).map((i) => this.run.event(i))
      .sort((a, b) => weight(b) - weight(a)).slice(0, 40);
    return [
      el("h2", {}, today() < 0 ? t("dawn") : dateOf(today())),
      el("p.hint", {}, t("choose-hint")),
      el("h3", {}, t("events-today")),
      this.pieces.account(events),
    ];
  }

  /** @param {{names: string[], side?: string}} thing @param {string} what */
  head(thing, what) {
    const local = original(thing);
    return el("header", {}, el("h2", {}, nameOf(thing)), local ? el("p.local", {}, local) : null,
      el("p.what", {}, what));
  }

  /** @param {number} row @returns {Array<Node|null>} */
  unit(row) {
    const { run, go } = this;
    const unit = run.units[row];
    const evening = today() + 1;
    const there = Boolean(run.at("there", row, evening));
    const n = (/** @type {string} */ column) => run.at(column, row, evening);
    const above = run.superiors(today()).get(unit.id);
    const hex = n("hex");
    const target = n("target");
    const depot = run.word("source_depot", row, evening);
    const told = run.contents.depots.find((/** @type {any} */ d) => d.id === depot);
    const why = this.pieces.why(row, above);
    const facts = this.pieces.facts([
      [t("under"), above ? linkUnit(run, above, go) : null],
      [t("led-by"), this.pieces.leader(unit.id)],
      [t("where"), hex >= 0 ? el("span", {}, ...linkHex(run, hex, go)) : there ? t(`status.${run.word("status", row, evening)}`) : null],
      [t("posture"), there ? t(`posture.${run.word("posture", row, evening)}`) : null],
      [t("order"), there ? el("span", {}, t(`order.${run.word("order_code", row, evening)}`),
        ...(target >= 0 && target < run.hexes ? [" → ", ...linkHex(run, target, go)] : [])) : null],
      ...why.order,
      [t("men"), there ? `${number(n("men"))} (${percent(n("men") / run.full[row])})` : t("not-there")],
      [t("absent"), there ? [["sick", n("sick")], ["wounded", n("wounded")], ["stragglers", n("stragglers")]]
        .filter(([, v]) => v).map(([k, v]) => `${number(Number(v))} ${t(String(k))}`).join(", ") || null : null],
      [t("material"), ["guns", "mortars", "at_guns", "tanks", "trucks", "horses"].filter((k) => there && n(k))
        .map((k) => `${number(n(k))} ${t(k)}`).join(", ") || null],
      [t("lost-today"), there && n("lost_today") ? number(n("lost_today")) : null],
      [t("supplied-from"), depot ? el("span", {}, told?.name ?? t("branch-depot")) : there ? t("nobody") : null],
      ...why.supply,
      [t("food"), there ? `${number(run.foodDays(row, evening), 1)} ${t("days")}` : null],
      [t("cut-off"), there && n("cut") > 1 ? `${number(n("cut"))} ${t("days")}` : null],
      [t("ringed"), there && n("ringed") > 0 ? `${number(n("ringed"))} ${t("days")}` : null],
    ]);
    const bars = there ? this.pieces.bars([["cohesion", n("cohesion")], ["fatigue", n("fatigue")],
      ["fed", n("fed")], ["rounds", n("rounds")], ["fuelled", n("tanks") + n("trucks") ? n("fuelled") : null]]) : null;
    return [
      this.head(unit, [t(`force.${unit.force}`), t(`kind.${unit.kind}`), t(`level.${unit.level}`)].join(" · ")),
      facts, bars,
      el("h3", {}, t("strength-over-time")),
      this.pieces.spark(row),
      el("h3", {}, t("why-today")),
      this.pieces.account(this.eventsToday([unit.id], hex)),
      el("h3", {}, t("earlier")),
      this.pieces.history(run.eventsOf.get(unit.id) ?? []),
      this.pieces.sources([[t("strength"), [unit.note, unit.basis].filter(Boolean).join(" – ")]]),
    ];
  }

  /** @param {string[]} ids @param {number} hex */
  eventsToday(ids, hex) {
    return this.run.eventsOn(today()).map((i) => this.run.event(i))
      .filter((e) => ids.includes(e.unit) || ids.includes(e.other) || (hex >= 0 && e.hex === hex))
      .sort((a, b) => weight(b) - weight(a));
  }

  /** @param {any} formation @returns {Array<Node|null>} */
  formation(formation) {
    const { run, go } = this;
    const tree = run.superiors(today());
    const evening = today() + 1;
    /** @type {Array<{u: any, i: number}>} */
    const all = run.units.map((/** @type {any} */ u, /** @type {number} */ i) => ({ u, i }));
    const below = all
      .filter(({ u, i }) => run.at("there", i, evening) && this.pieces.isUnder(tree, u.id, formation.id))
      .sort((a, b) => run.at("men", b.i, evening) - run.at("men", a.i, evening));
    const men = below.reduce((sum, { i }) => sum + run.at("men", i, evening), 0);
    const above = tree.get(formation.id);
    return [
      this.head(formation, [t(`force.${formation.force}`), t(`level.${formation.level}`)].join(" · ")),
      this.pieces.facts([
        [t("under"), above ? linkUnit(run, above, go) : null],
        [t("led-by"), this.pieces.leader(formation.id)],
        [t("men"), number(men)],
        [t("units"), number(below.length)],
      ]),
      el("h3", {}, t("units")),
      el("ul.plain", {}, ...below.slice(0, 40).map(({ u, i }) => el("li", {},
        link(nameOf(u), { kind: "unit", id: u.id }, go), el("span.num", {}, number(run.at("men", i, evening)))))),
      el("h3", {}, t("why-today")),
      this.pieces.account(this.eventsToday([formation.id], -1)),
      el("h3", {}, t("earlier")),
      this.pieces.history(run.eventsOf.get(formation.id) ?? []),
    ];
  }

  /** @param {any} place @returns {Array<Node|null>} */
  place(place) {
    const { run } = this;
    const told = run.contents.beside.find((/** @type {any} */ b) => b.id === place.id);
    return [
      this.head(place, [t(`place.${place.kind}`), place.province].filter(Boolean).join(" · ")),
      this.pieces.facts([
        [t("held-by"), this.pieces.holder(place.hex)],
        [t("walled"), place.walled ? t("yes") : null],
        [t("people"), place.people ? number(place.people) : null],
        [t("fell"), this.pieces.falls(place.hex)],
        ...this.pieces.whyPlace(place.hex),
      ]),
      told ? this.pieces.beside(told) : null,
      ...this.here(place.hex),
      ...this.siege(place.hex),
      this.pieces.sources([[t("place"), place.basis]]),
    ];
  }

  /** How a siege went so far; nothing where there was none. @param {number} hex @returns {Array<Node|null>} */
  siege(hex) {
    const events = this.pieces.siegeEvents(hex);
    return events.length ? [el("h3", {}, t("earlier")), this.pieces.history(events)] : [];
  }

  /** What stands and happens on a hex. @param {number} hex @returns {Array<Node|null>} */
  here(hex) {
    const { run, go } = this;
    const evening = today() + 1;
    const rows = run.units.map((/** @type {any} */ _, /** @type {number} */ i) => i)
      .filter((/** @type {number} */ i) => run.at("there", i, evening) && run.at("hex", i, evening) === hex);
    return [
      rows.length ? el("h3", {}, t("units-here")) : null,
      rows.length ? el("ul.plain", {}, ...rows.map((/** @type {number} */ i) => el("li", {},
        el("i.dot", { class: `dot ${run.units[i].side}` }), link(nameOf(run.units[i]), { kind: "unit", id: run.units[i].id }, go),
        el("span.num", {}, number(run.at("men", i, evening)))))) : null,
      el("h3", {}, t("why-today")),
      this.pieces.account(this.eventsToday([], hex)),
    ];
  }

  /** @param {number} hex @returns {Array<Node|null>} */
  hex(hex) {
    const { run, go } = this;
    const c = run.contents;
    const { place, km } = run.near(hex);
    const rivers = [...new Set(c.river_names.filter((/** @type {string} */ name, /** @type {number} */ i) =>
      name && run.arrays.rivers[i] === hex))];
    const n = c.rail_lines.length;
    const rails = [...new Set(c.rail_lines.filter((/** @type {string} */ _, /** @type {number} */ i) =>
      run.arrays.rails[i] === hex || run.arrays.rails[n + i] === hex))];
    return [
      el("header", {}, el("h2", {}, t(`terrain.${c.terrains[run.arrays.terrain[hex]]}`)),
        el("p.what", {}, `${t("hex")} ${hex} · ${c.provinces[run.arrays.province[hex]] || ""}`)),
      this.pieces.facts([
        [t("near-place"), place ? el("span", {}, `${number(km)} km `, link(nameOf(place), { kind: "place", id: place.id }, go)) : null],
        [t("height"), `${number(run.arrays.height[hex])} m`],
        [t("held-by"), this.pieces.holder(hex)],
        [t("rivers"), rivers.join(", ") || null],
        [t("rails"), rails.join(", ") || null],
        [t("fell"), this.pieces.falls(hex)],
      ]),
      ...this.here(hex),
    ];
  }

  /** @param {any} field @returns {Array<Node|null>} */
  field(field) {
    const { run } = this;
    const based = this.pieces.aircraft(field.id);
    return [
      this.head(field, t("what.field")),
      this.pieces.facts([
        [t("operator"), field.operator],
        [t("takes"), field.takes],
        [t("held-by"), field.hex === null ? null : this.pieces.holder(field.hex)],
      ]),
      based.length ? el("h3", {}, t("based-here")) : null,
      based.length ? el("ul.plain", {}, ...based.map(([name, craft, sorties]) => el("li", {}, String(name),
        el("span.num", {}, `${number(Number(craft))} / ${number(Number(sorties))}`)))) : null,
      based.length ? el("p.hint", {}, t("craft-sorties")) : null,
      ...(field.hex === null ? [] : this.here(field.hex)),
      this.pieces.sources([[t("what.field"), field.basis]]),
    ];
  }

  /** @param {any} box @returns {Array<Node|null>} */
  offMap(box) {
    const { run, go } = this;
    const evening = today() + 1;
    const rows = [...run.units.keys()].filter((i) => run.at("there", i, evening) && run.word("box", i, evening) === box.id);
    return [
      this.head(box, t("what.box")),
      el("p", {}, box.about),
      rows.length ? el("h3", {}, t("units-here")) : null,
      el("ul.plain", {}, ...rows.map((i) => el("li", {}, link(nameOf(run.units[i]), { kind: "unit", id: run.units[i].id }, go),
        el("span.num", {}, number(run.at("men", i, evening)))))),
      this.pieces.sources([[t("what.box"), box.basis]]),
    ];
  }

  /** @param {any} event @returns {Array<Node|null>} */
  battle(event) {
    const { run, go } = this;
    const row = (/** @type {string} */ id) => run.unitIndex.get(id);
    const evening = event.day + 1;
    const state_ = (/** @type {string} */ id) => {
      const u = row(id);
      if (u === undefined || !run.at("there", u, evening)) return null;
      return this.pieces.bars([["cohesion", run.at("cohesion", u, evening)], ["fatigue", run.at("fatigue", u, evening)],
        ["fed", run.at("fed", u, evening)], ["rounds", run.at("rounds", u, evening)]]);
    };
    const share = (/** @type {number} */ lost, /** @type {number} */ men) => (men > 0 ? ` (${(100 * lost / men).toFixed(1)} %)` : "");
    return [
      el("header", {}, el("h2", {}, t("battle")), el("p.what", {}, ...linkHex(run, event.hex, go), ` · ${shortDate(event.day)}`)),
      el("p", {}, sentence(run, event, go)),
      el("h3", {}, t("attacker")), el("p", {}, linkUnit(run, event.unit, go)),
      this.pieces.facts([[t("men"), number(event.a)], [t("lost"), number(event.c) + share(event.c, event.a)]]), state_(event.unit),
      el("h3", {}, t("defender")), el("p", {}, linkUnit(run, event.other, go)),
      this.pieces.facts([[t("men"), number(event.b)], [t("lost"), number(event.d) + share(event.d, event.b)],
        [t("terrain"), t(`terrain.${run.contents.terrains[run.arrays.terrain[event.hex]]}`)]]), state_(event.other),
      el("h3", {}, t("why-today")),
      this.pieces.account(run.eventsOn(event.day).map((i) => run.event(i))
        .filter((e) => e.hex === event.hex || e.unit === event.unit || e.unit === event.other)),
    ];
  }
}
