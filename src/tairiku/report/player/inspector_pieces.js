/** The parts an inspector page is built of: facts, bars, a sparkline, accounts, sources. */

import { colour, el } from "./dom.js";
import { set, today } from "./state.js";
import { reasons, sentence } from "./telling.js";
import { dateOf, number, shortDate, t } from "./words.js";

const SIDES = ["japan", "china", "none"];
// what only says more of the battle before it
const DETAILS = new Set(["exchange", "battleground"]);

/** @param {import("./run.js").Run} run @param {(mark: import("./state.js").Mark) => void} go */
export function pieces(run, go) {
  /** @param {number} day */
  const dayLink = (day) => el("button.link", {
    type: "button", onclick: () => set({ time: day, playing: false }),
  }, shortDate(day));

  return {
    /** @param {Array<[string, Node|string|null]>} rows those without a value are left out */
    facts(rows) {
      return el("dl", {}, ...rows.filter(([, value]) => value !== null && value !== "")
        .flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
    },

    /** @param {Array<[string, number|null]>} rows shares in percent */
    bars(rows) {
      return el("div.bars", {}, ...rows.filter(([, value]) => value !== null).map(([name, value]) =>
        el("div", { role: "img", "aria-label": `${t(name)} ${value} %` }, el("span", {}, t(name)),
          el("span.bar", {}, el("i", { style: `width:${Math.min(100, Number(value))}%` })), el("span.num", {}, `${value}`))));
    },

    /** @param {any[]} events */
    account(events) {
      if (!events.length) return el("p.hint", {}, t("quiet"));
      return el("ul.account", {}, ...events.map((event) => el("li", { class: event.side }, sentence(run, event, go),
        reasons(run, event))));
    },

    /** The last things that happened to a unit before today. @param {number[]} numbers */
    history(numbers) {
      const past = numbers.filter((i) => run.arrays.e_day[i] < today()
        && !DETAILS.has(run.contents.labels.kind[run.arrays.e_kind[i]])).slice(-14).reverse();
      if (!past.length) return el("p.hint", {}, t("quiet"));
      return el("ul.account", {}, ...past.map((i) => {
        const event = run.event(i);
        return el("li", {}, dayLink(event.day), " ", sentence(run, event, go), reasons(run, event, false));
      }));
    },

    /** Men through the campaign. @param {number} row */
    spark(row) {
      const canvas = /** @type {HTMLCanvasElement} */ (el("canvas.spark", { role: "img",
        "aria-label": t("strength-over-time") }));
      requestAnimationFrame(() => {
        const [width, height] = [canvas.clientWidth || 240, 48];
        const ratio = devicePixelRatio || 1;
        canvas.width = width * ratio;
        canvas.height = height * ratio;
        const context = canvas.getContext("2d");
        if (!context) return;
        context.scale(ratio, ratio);
        const x = (/** @type {number} */ c) => (c / Math.max(1, run.evenings - 1)) * width;
        const y = (/** @type {number} */ men) => height - 2 - (men / run.full[row]) * (height - 6);
        context.beginPath();
        context.moveTo(0, height);
        for (let c = 0; c < run.evenings; c++) context.lineTo(x(c), y(run.at("there", row, c) ? run.at("men", row, c) : 0));
        context.lineTo(width, height);
        context.globalAlpha = 0.35;
        context.fillStyle = colour(run.units[row].side === "japan" ? "japan" : "china");
        context.fill();
        context.globalAlpha = 1;
        context.fillStyle = colour("ink");
        context.fillRect(x(today() + 1) - 0.5, 0, 1, height);
      });
      return canvas;
    },

    /** @param {string} id */
    leader(id) {
      const day = today();
      const found = run.contents.leaders.filter((/** @type {any} */ l) => l.of === id
        && (l.from === null || l.from <= day) && (l.to === null || l.to >= day));
      return found.length ? found.slice(0, 2).map((/** @type {any} */ l) => (l.local ? `${l.local} ${l.name}` : l.name)).join(", ") : null;
    },

    /** @param {Map<string, string>} tree @param {string} id @param {string} top */
    isUnder(tree, id, top) {
      /** @type {string|undefined} */
      let now = id;
      for (let i = 0; now && i < 12; i++) {
        if (now === top) return true;
        now = tree.get(now);
      }
      return false;
    },

    /** @param {number} hex */
    holder(hex) {
      const side = SIDES[run.control(today())[hex]];
      return el("span", {}, el("i", { class: `dot ${side}` }), t(`side.${side}`));
    },

    /** When a hex changed hands. @param {number} hex */
    falls(hex) {
      const changes = run.holders(hex).slice(1);
      if (!changes.length) return null;
      return el("span", {}, ...changes.slice(0, 6).flatMap((change, i) => [i ? ", " : "", dayLink(change.day),
        ` → ${t(`side.${SIDES[change.side]}`)}`]));
    },

    /** A scored place beside each source. @param {any} told */
    beside(told) {
      const row = (/** @type {string} */ who, /** @type {string} */ text) => (text ? [el("dt", {}, t(who)), el("dd", {}, text)] : []);
      return el("section.beside", {},
        el("h3", {}, told.disputed ? el("span.diamond", { title: t("disputed") }, "◇ ") : null, t("when-fell")),
        el("dl", {},
          el("dt", {}, t("in-this-run")), el("dd", {}, told.day === null ? t("not-fallen") : dateOf(told.day)),
          ...row("source.de", told.de), ...row("source.zh", told.zh),
          ...row("source.both", told.low === told.high ? told.best : `${told.best} (${told.low} … ${told.high})`),
          ...row("claims", told.claims.replaceAll(";", ", "))));
    },

    /** Aircraft on a field this evening: name, craft, sorties. @param {string} id @returns {Array<[string, number, number]>} */
    aircraft(id) {
      const { a_day: day, a_air_unit: unit, a_field: field, a_craft: craft, a_sorties: sorties } = run.arrays;
      const at = run.contents.labels.field.indexOf(id);
      /** @type {Array<[string, number, number]>} */
      const found = [];
      for (let i = 0; at >= 0 && i < day.length; i++) {
        if (day[i] !== today() || field[i] !== at || !craft[i]) continue;
        const name = run.contents.labels.air_unit[unit[i]];
        const known = run.contents.air_units.find((/** @type {any} */ a) => a.id === name);
        found.push([known?.name ?? name, craft[i], sorties[i]]);
      }
      return found;
    },

    /** What a figure rests on. @param {Array<[string, string]>} rows */
    sources(rows) {
      const told = rows.filter(([, text]) => text);
      if (!told.length) return null;
      return el("details.sources", {}, el("summary", {}, t("who-says-so")),
        el("dl", {}, ...told.flatMap(([name, text]) => [el("dt", {}, name), el("dd", {}, text.replaceAll(";", "; "))])));
    },
  };
}
