/** The ways of supply: from which depot, by which line a hex is fed on a day, and what bars the way. */

/** @typedef {{means: string, line: string, from: number, to: number, km: number}} Leg */

const SIDES = ["japan", "china"];

export class Ways {
  /** @param {import("./run.js").Run} run */
  constructor(run) {
    this.run = run;
    this.key = "";
    /** row of each hex's last change, -1 none */
    this.rows = new Int32Array(0);
    /** @type {Map<string, string>} names of lines by means and ends */
    this.lines = new Map();
    const { rails, roads } = run.arrays;
    const { rail_lines: railNames, road_names: roadNames } = run.contents;
    const learn = (/** @type {string} */ means, /** @type {ArrayLike<number>} */ ends, /** @type {string[]} */ names) =>
      names.forEach((name, i) => this.lines.set(`${means} ${this.pair(ends[i], ends[names.length + i])}`, name));
    learn("rail", rails, railNames);
    learn("road", roads, roadNames);
  }

  /** @param {number} a @param {number} b */
  pair(a, b) {
    return a < b ? `${a}-${b}` : `${b}-${a}`;
  }

  /** The ways as they were on a day. @param {string} side @param {number} day */
  on(side, day) {
    const key = `${side} ${day}`;
    if (key === this.key) return this.rows;
    const { s_day: days, s_side: sides, s_hex: hexes } = this.run.arrays;
    const code = SIDES.indexOf(side);
    this.rows = new Int32Array(this.run.hexes).fill(-1);
    for (let i = 0; i < days.length; i++) if (sides[i] === code && days[i] <= day) this.rows[hexes[i]] = i;
    this.key = key;
    return this.rows;
  }

  /** The hexes from one that is fed to its depot; null where no way leads.
   * @param {string} side @param {number} day @param {number} hex @returns {{hexes: number[], depot: string}|null} */
  way(side, day, hex) {
    const rows = this.on(side, day);
    const { s_next: next, s_depot: depot } = this.run.arrays;
    if (hex < 0 || rows[hex] < 0 || depot[rows[hex]] < 0) return null;
    const hexes = [hex];
    let here = hex;
    while (rows[here] >= 0 && next[rows[here]] !== 0 && hexes.length < this.run.hexes) {
      here += next[rows[here]];
      hexes.push(here);
    }
    return { hexes, depot: this.run.contents.way_depots[depot[rows[hex]]] };
  }

  /** A way leg by leg, from the depot. @param {string} side @param {number} day @param {number[]} hexes @returns {Leg[]} */
  legs(side, day, hexes) {
    const rows = this.on(side, day);
    const means = this.run.contents.means;
    const pitch = this.run.grid.pitch;
    /** @type {Leg[]} */
    const found = [];
    for (let i = hexes.length - 2; i >= 0; i--) {
      const how = means[this.run.arrays.s_means[rows[hexes[i]]]] ?? "track";
      const line = this.lines.get(`${how} ${this.pair(hexes[i], hexes[i + 1])}`) ?? "";
      const last = found[found.length - 1];
      if (last && last.means === how && last.line === line) {
        last.to = hexes[i];
        last.km += pitch;
      } else {
        found.push({ means: how, line, from: hexes[i + 1], to: hexes[i], km: pitch });
      }
    }
    return found;
  }

  /** Where the last way of a unit is barred on a day; null where it has one or never had.
   * @param {number} unit row @param {number} day
   * @returns {{cause: string, since: number, hex: number, enemy: number[]}|null} */
  cut(unit, day) {
    const { run } = this;
    const side = run.units[unit].side;
    const fed = (/** @type {number} */ d) => run.word("source_depot", unit, d + 1);
    let last = day;
    while (last >= 0 && !fed(last)) last -= 1;
    if (last === day || !run.at("there", unit, day + 1)) return null;
    const nothing = { since: last, hex: -1, enemy: [] };
    if (last < 0) return { cause: "never", ...nothing };
    const old = this.way(side, last, run.at("hex", unit, last))?.hexes ?? [];
    const morning = run.at("hex", unit, day);
    const rows = this.on(side, day);
    const barred = [morning, ...old].filter((h) => h >= 0 && !(rows[h] >= 0 && run.arrays.s_passes[rows[h]]));
    if (!barred.length) return { cause: old.includes(morning) ? "depot" : "moved", ...nothing };
    const hex = barred[0];
    const enemy = side === "japan" ? "china" : "japan";
    const round = new Set([hex, ...[0, 1, 2, 3, 4, 5].map((k) => run.neighbour(hex, k))]);
    const near = [...run.units.keys()].filter((u) => run.units[u].side === enemy
      && run.at("there", u, day) && run.at("men", u, day) > 0 && round.has(run.at("hex", u, day)))
      .sort((a, b) => run.at("men", b, day) - run.at("men", a, day));
    const held = SIDES[run.control(day - 1)[hex]] === enemy;
    return { cause: held ? "enemy-holds" : "enemy-zone", since: last, hex, enemy: near.slice(0, 6) };
  }
}
