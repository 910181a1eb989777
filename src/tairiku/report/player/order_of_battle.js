/** The order of battle as a tree: who stands under whom on this day, strength as bars. */

import { byId, el } from "./dom.js";
import { set, state, today, when } from "./state.js";
import { nameOf, number, t } from "./words.js";

const ORDER = ["japan", "puppet", "china", "communist", "allied-air"];

export class OrderOfBattle {
  /** @param {import("./run.js").Run} run @param {(mark: import("./state.js").Mark) => void} go */
  constructor(run, go) {
    this.run = run;
    this.go = go;
    this.root = byId("tree");
    /** @type {Set<string>} */
    this.open = new Set(["side:japan", "side:china"]);
    /** headquarters that open by themselves the first time they are seen @type {Set<string>} */
    this.met = new Set();
    this.day = -99;
    this.started = false;
    this.asked = false;
    when(["time"], () => {
      if (today() === this.day) return;
      if (state.playing && today() % 4) return; // the tree need not follow every day of a film
      this.ask();
    });
    when(["language"], () => this.ask());
    when(["chosen"], () => { this.reveal(); this.ask(); });
    when(["playing"], () => { if (!state.playing) this.ask(); });
    this.draw();
  }

  /** Draw before the next picture of the screen, once however often asked. */
  ask() {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => { this.asked = false; this.draw(); });
  }

  /** Open the way to the unit chosen. */
  reveal() {
    if (state.chosen?.kind !== "unit" && state.chosen?.kind !== "formation") return;
    const tree = this.run.superiors(today());
    const thing = this.run.formation.get(String(state.chosen.id));
    if (thing) this.open.add(`side:${thing.force}`);
    let id = tree.get(String(state.chosen.id));
    for (let i = 0; id && i < 12; i++) { this.open.add(id); id = tree.get(id); }
  }

  draw() {
    this.day = today();
    const run = this.run;
    const evening = this.day + 1;
    const tree = run.superiors(this.day);
    /** @type {Map<string, string[]>} */
    const below = new Map();
    /** @type {string[]} */
    const tops = [];
    for (const thing of run.contents.formations) {
      const above = tree.get(thing.id);
      if (above && run.formation.has(above)) {
        if (!below.has(above)) below.set(above, []);
        /** @type {string[]} */ (below.get(above)).push(thing.id);
      } else tops.push(thing.id);
    }
    /** @type {Map<string, {men: number, full: number}>} */
    const strength = new Map();
    const add = (/** @type {string} */ id) => {
      const known = strength.get(id);
      if (known) return known;
      const sum = { men: 0, full: 0 };
      strength.set(id, sum);
      const row = run.unitIndex.get(id);
      if (row !== undefined && run.at("there", row, evening)) {
        sum.men += run.at("men", row, evening);
        sum.full += run.full[row];
      } else if (row !== undefined && run.first[row] < evening) sum.full += run.full[row];
      for (const child of below.get(id) ?? []) {
        const part = add(child);
        sum.men += part.men;
        sum.full += part.full;
      }
      return sum;
    };
    const items = ORDER.map((force) => {
      const mine = tops.filter((id) => run.formation.get(id).force === force && add(id).full > 0);
      return mine.length ? this.branch(`side:${force}`, t(`force.${force}`), mine.map(add), mine, below, strength, force) : null;
    });
    const at = this.root.scrollTop;
    this.root.replaceChildren(...items.filter((x) => x !== null));
    this.root.scrollTop = at;
  }

  /** @param {string} id @param {string} name @param {{men: number, full: number}[]} parts @param {string[]} children
   * @param {Map<string, string[]>} below @param {Map<string, {men: number, full: number}>} strength @param {string} force
   * @returns {HTMLElement} */
  branch(id, name, parts, children, below, strength, force) {
    const sum = parts.reduce((a, b) => ({ men: a.men + b.men, full: a.full + b.full }), { men: 0, full: 0 });
    const isSide = id.startsWith("side:");
    const shown = children.filter((child) => (strength.get(child)?.full ?? 0) > 0);
    if (!this.met.has(id)) {
      this.met.add(id);
      // a headquarters with few below it says little closed
      if (this.open.has(id) && shown.length === 1) this.open.add(shown[0]);
    }
    const open = this.open.has(id);
    const chosen = state.chosen && String(state.chosen.id) === id;
    const row = el("div", { class: `row ${force}${chosen ? " chosen" : ""}` },
      shown.length ? el("button.twist", {
        type: "button", "aria-expanded": String(open), "aria-label": `${t(open ? "close" : "open")} ${name}`,
        onclick: () => { if (open) this.open.delete(id); else this.open.add(id); this.draw(); },
      }, open ? "▾" : "▸") : el("span.twist", {}, ""),
      isSide ? el("b.name", {}, name) : el("button.name.link", {
        type: "button", title: name,
        onclick: () => (this.run.unitIndex.has(id) ? this.go({ kind: "unit", id }) : set({ chosen: { kind: "formation", id } })),
      }, name),
      el("span.men", {}, number(sum.men)),
      el("span.bar", { "aria-hidden": "true" }, el("i", { style: `width:${sum.full ? Math.min(100, (100 * sum.men) / sum.full) : 0}%` })));
    const node = el("li", {}, row);
    if (open && shown.length) {
      node.append(el("ul", {}, ...shown.map((child) =>
        this.branch(child, nameOf(this.run.formation.get(child)), [/** @type {any} */ (strength.get(child))],
          below.get(child) ?? [], below, strength, force))));
    }
    return node;
  }
}
