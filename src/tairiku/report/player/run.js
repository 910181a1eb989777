/** The run as questions: where was a unit on an evening, who held a hex, what happened. */

import { sumUp } from "./sums.js";

const STEPS = [
  [[1, 0], [0, -1], [-1, -1], [-1, 0], [-1, 1], [0, 1]],
  [[1, 0], [1, -1], [0, -1], [-1, 0], [0, 1], [1, 1]],
];
const CHECKPOINT = 16; // control is kept whole every so many days

/** @typedef {import("./data.js").Numbers} Numbers */

/** One campaign; columns are evenings, column 0 the first dawn. */
export class Run {
  /** @param {{contents: any, arrays: Record<string, Numbers>}} data */
  constructor({ contents, arrays }) {
    this.contents = contents;
    this.arrays = arrays;
    this.evenings = contents.evenings;
    this.lastDay = this.evenings - 2;
    this.units = contents.formations.slice(0, contents.unit_count);
    /** @type {Map<string, number>} */
    this.unitIndex = new Map(this.units.map((/** @type {any} */ u, /** @type {number} */ i) =>
      [u.id, i]));
    this.formation = new Map(contents.formations.map((/** @type {any} */ f) => [f.id, f]));
    this.grid = contents.grid;
    this.hexes = this.grid.cols * this.grid.rows;
    this.place = new Map(contents.places.map((/** @type {any} */ p) => [p.id, p]));
    this.field = new Map(contents.fields.map((/** @type {any} */ f) => [f.id, f]));
    this.box = new Map(contents.boxes.map((/** @type {any} */ b) => [b.id, b]));
    /** @type {Map<number, any>} */
    this.placeAt = new Map();
    for (const place of contents.places) {
      const there = this.placeAt.get(place.hex);
      if (!there || place.size > there.size) this.placeAt.set(place.hex, place);
    }
    this.full = this.units.map((/** @type {any} */ u, /** @type {number} */ i) => {
      let most = u.full;
      for (let c = 0; c < this.evenings; c++) most = Math.max(most, this.at("men", i, c));
      return Math.max(most, 1);
    });
    this.first = this.units.map((/** @type {any} */ _, /** @type {number} */ i) => {
      for (let c = 0; c < this.evenings; c++) if (this.at("there", i, c)) return c;
      return this.evenings;
    });
    /** first event of each evening; day d begins at index d + 1 */
    this.eventStart = new Int32Array(0);
    /** @type {Map<string, number[]>} events that name a unit or formation */
    this.eventsOf = new Map();
    /** @type {Uint8Array[]} who held each hex, every CHECKPOINT evenings */
    this.whole = [];
    /** first change of control of each evening */
    this.changeStart = new Int32Array(0);
    this.controlEvening = -1;
    /** @type {Uint8Array} */
    this.controlNow = new Uint8Array(0);
    /** @type {Map<number, number[]>} rows of the dice of an event, by its number */
    this.diceOf = new Map();
    arrays.d_event.forEach((/** @type {number} */ event, /** @type {number} */ i) => {
      this.diceOf.set(event, [...(this.diceOf.get(event) ?? []), i]);
    });
    this.indexEvents();
    this.indexControl();
    this.sums = sumUp(this);
    /** @type {Map<number, Map<string, string>>} */
    this.trees = new Map();
  }

  /** @param {string} column @param {number} unit row @param {number} evening column */
  at(column, unit, evening) {
    return this.arrays[`u_${column}`][unit * this.evenings + evening];
  }

  /** @param {string} column a column of names @param {number} unit @param {number} evening */
  word(column, unit, evening) {
    const code = this.at(column, unit, evening);
    return code < 0 ? "" : this.contents.labels[column][code];
  }

  /** @param {number} hex @returns {[number, number]} centre in the plane [km] */
  centre(hex) {
    const { cols, pitch, x, y } = this.grid;
    const row = Math.floor(hex / cols);
    return [x + ((hex % cols) + 0.5 * (row & 1)) * pitch, y - row * pitch * Math.sqrt(0.75)];
  }

  /** @param {number} x @param {number} y [km] @returns {number} hex, -1 outside */
  hexAt(x, y) {
    const { cols, rows, pitch } = this.grid;
    const r = (this.grid.y - y) / (pitch * Math.sqrt(0.75));
    const q = (x - this.grid.x) / pitch - r / 2;
    const s = -q - r;
    let [a, b, c] = [Math.round(q), Math.round(r), Math.round(s)];
    const [da, db, dc] = [Math.abs(a - q), Math.abs(b - r), Math.abs(c - s)];
    if (da > db && da > dc) a = -b - c;
    else if (db > dc) b = -a - c;
    const col = a + (b - (b & 1)) / 2;
    return col >= 0 && col < cols && b >= 0 && b < rows ? b * cols + col : -1;
  }

  /** @param {number} hex @param {number} side 0-5 @returns {number} neighbour, -1 outside */
  neighbour(hex, side) {
    const { cols, rows } = this.grid;
    const row = Math.floor(hex / cols);
    const [dc, dr] = STEPS[row & 1][side];
    const [col, r] = [(hex % cols) + dc, row + dr];
    return col >= 0 && col < cols && r >= 0 && r < rows ? r * cols + col : -1;
  }

  /** Where a unit stands; null where it is nowhere on the map or in a box.
   * @param {number} unit @param {number} evening @returns {[number, number]|null} [km] */
  spot(unit, evening) {
    if (evening < 0 || evening >= this.evenings || !this.at("there", unit, evening)) return null;
    const hex = this.at("hex", unit, evening);
    if (hex >= 0) return this.centre(hex);
    const box = this.box.get(this.word("box", unit, evening));
    return box ? [box.x, box.y] : null;
  }

  /** The nearest place of a hex and how far it is.
   * @param {number} hex @returns {{place: any, km: number}} */
  near(hex) {
    const here = this.placeAt.get(hex);
    if (here) return { place: here, km: 0 };
    const [x, y] = this.centre(hex);
    let best = null;
    let least = Infinity;
    for (const place of this.contents.places) {
      const d = Math.hypot(place.x - x, place.y - y) - place.size * 4;
      if (d < least) [best, least] = [place, d];
    }
    return { place: best, km: best ? Math.hypot(best.x - x, best.y - y) : 0 };
  }

  indexEvents() {
    const day = this.arrays.e_day;
    this.eventStart = new Int32Array(this.evenings + 1).fill(day.length);
    for (let i = day.length - 1; i >= 0; i--) this.eventStart[day[i] + 1] = i;
    for (let c = this.evenings - 1; c >= 0; c--) {
      this.eventStart[c] = Math.min(this.eventStart[c], this.eventStart[c + 1]);
    }
    const nodes = this.contents.labels.node;
    for (const column of ["e_unit", "e_other"]) {
      const codes = this.arrays[column];
      for (let i = 0; i < codes.length; i++) {
        if (codes[i] < 0) continue;
        const id = nodes[codes[i]];
        if (!this.eventsOf.has(id)) this.eventsOf.set(id, []);
        /** @type {number[]} */ (this.eventsOf.get(id)).push(i);
      }
    }
    // an event that names a unit twice is one event of it
    for (const [id, list] of this.eventsOf) this.eventsOf.set(id, [...new Set(list)].sort((a, b) => a - b));
  }

  /** @param {number} day @returns {number[]} numbers of the day's events */
  eventsOn(day) {
    const c = day + 1;
    if (c < 0 || c >= this.evenings) return [];
    const [from, to] = [this.eventStart[c], this.eventStart[c + 1]];
    return Array.from({ length: to - from }, (_, i) => from + i);
  }

  /** One event with its names spelt out. @param {number} i */
  event(i) {
    const { arrays, contents } = this;
    const labels = contents.labels;
    const node = (/** @type {number} */ code) => (code < 0 ? "" : labels.node[code]);
    return {
      number: i,
      day: arrays.e_day[i],
      kind: labels.kind[arrays.e_kind[i]],
      side: ["japan", "china", "none"][arrays.e_side[i]] ?? "none",
      hex: arrays.e_hex[i],
      unit: node(arrays.e_unit[i]),
      other: node(arrays.e_other[i]),
      a: arrays.e_a[i], b: arrays.e_b[i], c: arrays.e_c[i], d: arrays.e_d[i], e: arrays.e_e[i],
    };
  }

  indexControl() {
    const { c_day: day, c_hex: hex, c_side: side } = this.arrays;
    const now = new Uint8Array(this.hexes).fill(2);
    let i = 0;
    this.changeStart = new Int32Array(this.evenings + 1).fill(day.length);
    for (let c = 0; c < this.evenings; c++) {
      this.changeStart[c] = i;
      for (; i < day.length && day[i] <= c - 1; i++) now[hex[i]] = side[i];
      if (c % CHECKPOINT === 0) this.whole.push(now.slice());
    }
  }

  /** Who holds each hex on an evening: 0 Japan, 1 China, 2 nobody. @param {number} day */
  control(day) {
    const c = Math.min(Math.max(day + 1, 0), this.evenings - 1);
    if (this.controlEvening === c) return this.controlNow;
    const base = Math.floor(c / CHECKPOINT);
    const now = this.whole[base].slice();
    const { c_hex: hex, c_side: side } = this.arrays;
    const from = this.changeStart[base * CHECKPOINT + 1] ?? hex.length;
    const to = this.changeStart[c + 1] ?? hex.length;
    for (let i = from; i < to; i++) now[hex[i]] = side[i];
    this.controlEvening = c;
    this.controlNow = now;
    return now;
  }

  /** Days on which a hex changed hands, the first dawn included. @param {number} target */
  holders(target) {
    const { c_day: day, c_hex: hex, c_side: side } = this.arrays;
    const found = [];
    for (let i = 0; i < hex.length; i++) {
      if (hex[i] === target) found.push({ day: day[i], side: side[i] });
    }
    return found;
  }

  /** Who commands each formation on a day. @param {number} day @returns {Map<string, string>} */
  superiors(day) {
    const known = this.trees.get(day);
    if (known) return known;
    /** @type {Map<string, string>} */
    const tree = new Map();
    const attached = new Set();
    for (const [id, above, from, to, isAttached] of this.contents.command) {
      if ((from !== null && from > day) || (to !== null && to < day)) continue;
      if (tree.has(id) && !isAttached) continue;
      if (attached.has(id)) continue;
      tree.set(id, above);
      if (isAttached) attached.add(id);
    }
    for (const unit of this.units) if (unit.of) tree.set(unit.id, unit.of);
    this.trees.set(day, tree);
    return tree;
  }

  /** Days of food a unit has with it. @param {number} unit @param {number} evening */
  foodDays(unit, evening) {
    const men = this.at("men", unit, evening);
    const ration = this.contents.ration[this.units[unit].side] ?? 1;
    return men > 0 ? this.at("food_kg", unit, evening) / (men * ration) : 0;
  }
}
