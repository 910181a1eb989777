/** The map's twin for those who read rather than look: units, events and places of the day. */

import { download } from "./csv.js";
import { byId, el } from "./dom.js";
import { set, state, today, when } from "./state.js";
import { link, linkHex, linkUnit, sentence, weight } from "./telling.js";
import { dateOf, nameOf, number, t } from "./words.js";

export class Tables {
  /** @param {import("./run.js").Run} run @param {import("./map.js").MapView} view @param {(mark: import("./state.js").Mark) => void} go */
  constructor(run, view, go) {
    this.run = run;
    this.view = view;
    this.go = go;
    this.root = byId("day-tables");
    this.inView = /** @type {HTMLInputElement} */ (byId("only-in-view"));
    this.inView.addEventListener("change", () => this.draw());
    let shown = -99;
    when(["time"], () => {
      if (state.tab === "tables" && today() !== shown) { shown = today(); this.draw(); }
    });
    when(["tab", "language"], () => { if (state.tab === "tables") this.draw(); });
  }

  rows() {
    const { run, view } = this;
    const evening = today() + 1;
    return [...run.units.keys()].filter((u) => {
      if (!run.at("there", u, evening)) return false;
      if (!this.inView.checked) return true;
      const spot = run.spot(u, evening);
      return spot !== null && view.camera.sees(spot[0], spot[1]);
    }).sort((a, b) => run.at("men", b, evening) - run.at("men", a, evening));
  }

  draw() {
    const { run, go } = this;
    const evening = today() + 1;
    const rows = this.rows();
    const columns = ["unit", "force", "where", "posture", "order", "men", "cohesion", "fed", "lost-today"];
    const cells = (/** @type {number} */ u) => {
      const hex = run.at("hex", u, evening);
      return [
        linkUnit(run, run.units[u].id, go), t(`force.${run.units[u].force}`),
        hex >= 0 ? el("span", {}, ...linkHex(run, hex, go)) : nameOf(run.box.get(run.word("box", u, evening))),
        t(`posture.${run.word("posture", u, evening)}`), t(`order.${run.word("order_code", u, evening)}`),
        number(run.at("men", u, evening)), number(run.at("cohesion", u, evening)),
        number(run.at("fed", u, evening)), number(run.at("lost_today", u, evening)),
      ];
    };
    const events = run.eventsOn(today()).map((i) => run.event(i)).sort((a, b) => weight(b) - weight(a));
    this.root.replaceChildren(
      el("h2", {}, `${dateOf(today())} · ${t("events-today")} (${number(events.length)})`),
      el("ol.account", {}, ...events.slice(0, 150).map((event) => el("li", {}, sentence(run, event, go)))),
      el("h2", {}, `${t("units")} (${number(rows.length)})`),
      el("button", { type: "button", onclick: () => this.save(rows) }, t("download-csv")),
      el("div.scroll", { tabindex: "0", role: "region", "aria-label": t("units") }, el("table", {},
        el("thead", {}, el("tr", {}, ...columns.map((c) => el("th", { scope: "col" }, t(c))))),
        el("tbody", {}, ...rows.map((u) => el("tr", {}, ...cells(u).map((cell, i) =>
          el(i ? "td" : "th", { scope: i ? null : "row", class: i > 4 ? "num" : null }, cell))))))),
    );
  }

  /** @param {number[]} rows */
  save(rows) {
    const { run } = this;
    const evening = today() + 1;
    const numbers = ["men", "sick", "wounded", "stragglers", "guns", "tanks", "trucks", "horses", "cohesion", "fatigue", "fed", "lost_today"];
    download(`units-day-${today()}.csv`, [["unit", "name", "force", "hex", "posture", "order", ...numbers],
      ...rows.map((u) => [run.units[u].id, nameOf(run.units[u]), run.units[u].force, run.at("hex", u, evening),
        run.word("posture", u, evening), run.word("order_code", u, evening), ...numbers.map((c) => run.at(c, u, evening))])]);
  }
}

/** Where a place in a table of the page leads. @param {import("./run.js").Run} run @param {(mark: import("./state.js").Mark) => void} go */
export function wirePlaces(run, go) {
  const write = () => {
    for (const node of document.querySelectorAll("[data-place]")) {
      const id = node.getAttribute("data-place") ?? "";
      const place = run.place.get(id) ?? run.field.get(id);
      if (!place) continue;
      const kind = run.place.has(id) ? "place" : "field";
      node.replaceChildren(link(nameOf(place), { kind, id }, (mark) => { set({ tab: "map" }); go(mark); }));
    }
  };
  when(["language"], write);
  write();
}
