/** Search over places, units, leaders and fields by any of their names. */

import { byId, el } from "./dom.js";
import { when } from "./state.js";
import { nameOf, t } from "./words.js";

const plain = (/** @type {string} */ text) =>
  text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f'’ -]/g, "");

export class Search {
  /** @param {import("./run.js").Run} run @param {(mark: import("./state.js").Mark) => void} go */
  constructor(run, go) {
    this.go = go;
    this.input = /** @type {HTMLInputElement} */ (byId("search"));
    this.list = byId("found");
    this.chosen = 0;
    /** @type {any[]} */
    this.hits = [];
    const c = run.contents;
    const entry = (/** @type {any} */ thing, /** @type {string} */ kind, /** @type {string} */ extra, /** @type {number} */ weight) => ({
      thing, mark: /** @type {any} */ ({ kind, id: thing.id }), what: kind, weight,
      keys: [...thing.names, thing.id, ...extra.split(";")].map(plain),
    });
    this.entries = [
      ...c.places.map((/** @type {any} */ p) => entry(p, "place", p.alt, p.size)),
      ...c.formations.map((/** @type {any} */ f) => entry(f, run.unitIndex.has(f.id) ? "unit" : "formation", "", 2)),
      ...c.fields.filter((/** @type {any} */ f) => f.hex !== null).map((/** @type {any} */ f) => entry(f, "field", "", 1)),
      ...c.leaders.filter((/** @type {any} */ l) => run.formation.has(l.of)).map((/** @type {any} */ l) => ({
        thing: { names: [`${l.name} – ${l.post}, ${nameOf(run.formation.get(l.of))}`] },
        mark: { kind: run.unitIndex.has(l.of) ? "unit" : "formation", id: l.of }, what: "person", weight: 1,
        keys: [l.name, l.local].map(plain),
      })),
    ];
    this.input.addEventListener("input", () => this.show());
    this.input.addEventListener("keydown", (e) => this.key(e));
    // a click on the list comes after the blur; one who is back in the box by then keeps his list
    this.input.addEventListener("blur", () => setTimeout(() => {
      if (document.activeElement !== this.input) this.list.hidden = true;
    }, 150));
    this.input.addEventListener("focus", () => this.show());
    when(["language"], () => { this.list.hidden = true; });
  }

  show() {
    const wanted = plain(this.input.value);
    if (!wanted) { this.list.hidden = true; return; }
    const scored = [];
    for (const entry of this.entries) {
      const best = Math.max(...entry.keys.map((/** @type {string} */ k) =>
        (k === wanted ? 3 : k.startsWith(wanted) ? 2 : k.includes(wanted) ? 1 : 0)));
      if (best) scored.push({ entry, rank: best * 10 + entry.weight });
    }
    scored.sort((a, b) => b.rank - a.rank);
    this.hits = scored.slice(0, 9).map((s) => s.entry);
    this.chosen = 0;
    this.draw();
  }

  draw() {
    const hits = this.hits;
    this.list.replaceChildren(...hits.map((hit, i) => el("li", {
      role: "option", "aria-selected": String(i === this.chosen),
      onpointerdown: () => this.pick(hit),
    }, el("span", {}, nameOf(hit.thing)), el("small", {}, t(`what.${hit.what}`)))));
    if (!hits.length) this.list.replaceChildren(el("li.none", {}, t("nothing-found")));
    this.list.hidden = false;
  }

  /** @param {any} hit */
  pick(hit) {
    this.go(hit.mark);
    this.list.hidden = true;
    this.input.value = "";
    this.input.blur();
  }

  /** @param {KeyboardEvent} e */
  key(e) {
    e.stopPropagation();
    const hits = this.hits;
    if (e.key === "Escape") { this.input.value = ""; this.input.blur(); }
    else if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      this.chosen = (this.chosen + (e.key === "ArrowDown" ? 1 : hits.length - 1)) % Math.max(1, hits.length);
      this.draw();
    } else if (e.key === "Enter" && hits[this.chosen]) this.pick(hits[this.chosen]);
  }
}
