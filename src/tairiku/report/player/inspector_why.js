/** Why a unit stands where it stands: whose order, what stopped it, what fed it and what cut it. */

import { el } from "./dom.js";
import { today } from "./state.js";
import { linkHex, linkUnit } from "./telling.js";
import { Ways } from "./ways.js";
import { number, percent, shortDate, t } from "./words.js";

/** @typedef {[string, Node|string|null]} Fact */

/** What tells of a siege, and the phase that begins with it; "" where it ends.
 * @type {Map<string, string|undefined>} */
const PHASES = new Map([
  ["siege-begins", "invested"], ["assault-begins", "assault"], ["assault-ends", "rebuild"],
  ["city-taken", ""], ["relieved", ""], ["zone-taken", undefined], ["surrender", undefined],
  ["pocket", undefined], ["refused", undefined], ["permitted", undefined], ["silence", undefined],
]);

/** A pattern with nodes for its parts. @param {string} key @param {Record<string, Array<Node|string>>} parts */
function filled(key, parts) {
  return el("span", {}, ...t(key).split(/(\{[^}]+\})/).flatMap((piece) =>
    (piece.startsWith("{") ? parts[piece.slice(1, -1)] ?? [] : [piece])));
}

/** @param {import("./run.js").Run} run @param {(mark: import("./state.js").Mark) => void} go */
export function whyPieces(run, go) {
  const ways = new Ways(run);

  /** @param {number[]} rows units @param {number} evening */
  const units = (rows, evening) => el("span", {}, ...rows.flatMap((u, i) => [i ? "; " : "",
    filled("why.enemy", { unit: [linkUnit(run, run.units[u].id, go)], men: [number(run.at("men", u, evening))] })]));

  /** The enemy beside a unit, those at its objective first. @param {number} row @param {number} evening */
  const enemies = (row, evening) => {
    const [hex, target] = [run.at("hex", row, evening), run.at("target", row, evening)];
    const beside = [0, 1, 2, 3, 4, 5].map((k) => run.neighbour(hex, k));
    const found = [...run.units.keys()].filter((u) => run.units[u].side !== run.units[row].side
      && run.at("there", u, evening) && run.at("men", u, evening) > 0 && beside.includes(run.at("hex", u, evening)));
    const ahead = found.filter((u) => run.at("hex", u, evening) === target);
    return (ahead.length ? ahead : found)
      .sort((a, b) => run.at("men", b, evening) - run.at("men", a, evening)).slice(0, 6);
  };

  /** The way of supply, leg by leg. @param {string} side @param {number} day @param {number[]} hexes */
  const line = (side, day, hexes) => {
    const legs = ways.legs(side, day, hexes);
    if (!legs.length) return null;
    return el("span.way", {}, ...linkHex(run, legs[0].from, go), ...legs.flatMap((leg) => [" – ",
      filled(leg.line ? "why.leg-line" : "why.leg", { km: [number(leg.km)], means: [t(`means.${leg.means}`)], line: [leg.line] }),
      " – ", ...linkHex(run, leg.to, go)]));
  };

  /** Numbers of the events of a siege on a hex up to today. @param {number} hex */
  const siegeEvents = (hex) => {
    const { e_hex: hexes, e_day: days, e_kind: kinds } = run.arrays;
    const found = [];
    for (let i = 0; i < hexes.length && days[i] <= today(); i++) {
      if (hexes[i] === hex && PHASES.has(run.contents.labels.kind[kinds[i]])) found.push(i);
    }
    return found;
  };

  return {
    siegeEvents,

    /** The siege of a place and the way of supply of its holder. @param {number} hex @returns {Fact[]} */
    whyPlace(hex) {
      const day = today();
      const events = siegeEvents(hex).map((i) => run.event(i)).filter((e) => PHASES.get(e.kind) !== undefined);
      const last = events[events.length - 1];
      const phase = last ? PHASES.get(last.kind) : "";
      const began = events.map((e) => e.kind).lastIndexOf("siege-begins");
      const assaults = events.slice(Math.max(0, began)).filter((e) => e.kind === "assault-begins").length;
      const side = ["japan", "china"][run.control(day - 1)[hex]];
      const way = side && day >= 0 ? ways.way(side, day, hex) : null;
      return [
        [t("why.siege"), last && phase ? filled("why.siege-of", { place: linkHex(run, hex, go),
          phase: [t(`siege.${phase}`).replace("{date}", shortDate(last.day))], assaults: [number(assaults)] }) : null],
        [t("why.line"), way ? line(side, day, way.hexes) : null],
      ];
    },

    /** @param {number} row @param {string|undefined} above @returns {{order: Fact[], supply: Fact[]}} */
    why(row, above) {
      const day = today();
      const evening = day + 1;
      const n = (/** @type {string} */ column) => run.at(column, row, evening);
      if (!n("there") || day < 0) return { order: [], supply: [] };
      const unit = run.units[row];
      const giver = run.word("giver", row, evening);
      const cause = run.word("stopped", row, evening);
      const met = /^(fighting|siege|blocked-enemy|blocked-river|attack|retreat|rout$)/.test(cause);
      const before = met ? enemies(row, evening) : [];
      const answer = run.word("answer", row, evening);
      const from = giver === unit.id ? above : giver;
      const cut = ways.cut(row, day);
      const way = cut ? null : ways.way(unit.side, day, run.at("hex", row, day));
      return {
        order: [
          [t("why.by"), from && n("since") >= 0 ? filled("why.by-since", {
            giver: [linkUnit(run, from, go)], date: [shortDate(n("since"))] }) : null],
          [t("why.stopped"), cause && cause !== "off-map" ? t(`stopped.${cause}`).replace("{days}", number(n("stopped_days"))) : null],
          [t("why.before"), before.length ? units(before, evening) : null],
          [t("why.leave"), n("asked") >= 0 ? filled("why.leave-asked", {
            date: [shortDate(n("asked"))], answer: [answer ? t(`answer.${answer}`) : t("why.waiting")] }) : null],
        ],
        supply: [
          [t("why.line"), cut ? filled(`cut.${cut.cause}`, { date: [shortDate(cut.since)], place: linkHex(run, cut.hex, go) })
            : way ? line(unit.side, day, way.hexes) : null],
          [t("why.barred-by"), cut && cut.enemy.length ? units(cut.enemy, day) : null],
          [t("why.got"), n("hex") >= 0 ? percent(n("got") / 100) : null],
        ],
      };
    },
  };
}
