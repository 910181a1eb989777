/** The keyboard: every control of the map without a mouse. */

import { byId } from "./dom.js";
import { set, state } from "./state.js";

/** @param {import("./run.js").Run} run @param {import("./map.js").MapView} view @param {import("./clock.js").Clock} clock */
export function wireKeys(run, view, clock) {
  const pan = (/** @type {number} */ dx, /** @type {number} */ dy) => { view.camera.pan(dx, dy); view.ask(); };
  const zoom = (/** @type {number} */ factor) => { view.camera.zoom(factor); view.ask(); };
  byId("zoom-in").addEventListener("click", () => zoom(1.5));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.5));
  byId("whole").addEventListener("click", () => { view.camera.fit(view.theatre()); view.ask(); });
  /** @type {Record<string, (e: KeyboardEvent) => void>} */
  const keys = {
    " ": () => clock.toggle(),
    ArrowRight: (e) => (e.shiftKey ? pan(-80, 0) : clock.step(1)),
    ArrowLeft: (e) => (e.shiftKey ? pan(80, 0) : clock.step(-1)),
    ArrowUp: () => pan(0, 80),
    ArrowDown: () => pan(0, -80),
    PageDown: () => clock.step(7),
    PageUp: () => clock.step(-7),
    Home: () => set({ time: -1, playing: false }),
    End: () => set({ time: run.lastDay, playing: false }),
    "+": () => zoom(1.4), "=": () => zoom(1.4), "-": () => zoom(1 / 1.4),
    "0": () => { view.camera.fit(view.theatre()); view.ask(); },
    ".": () => clock.faster(1), ",": () => clock.faster(-1),
    "/": () => byId("search").focus(),
    Escape: () => { view.counters.fanned = null; set({ chosen: null }); view.ask(); },
  };
  document.addEventListener("keydown", (e) => {
    const target = /** @type {HTMLElement} */ (e.target);
    if (e.ctrlKey || e.metaKey || e.altKey || target.closest("input, select, textarea")) return;
    if (e.key === " " && target.closest("button, summary, a")) return;
    if (state.tab !== "map" && e.key !== "/") return;
    const action = keys[e.key];
    if (!action) return;
    e.preventDefault();
    action(e);
  });
}
