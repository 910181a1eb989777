/** The clock: plays the days at the reader's speed. */

import { byId } from "./dom.js";
import { set, state, today, when } from "./state.js";
import { dateOf, number, t } from "./words.js";

const SPEEDS = [0.5, 1, 2, 4, 8, 16];

export class Clock {
  /** @param {import("./run.js").Run} run @param {import("./map.js").MapView} view */
  constructor(run, view) {
    this.run = run;
    this.view = view;
    this.last = 0;
    byId("play").addEventListener("click", () => this.toggle());
    byId("back").addEventListener("click", () => this.step(-1));
    byId("forward").addEventListener("click", () => this.step(1));
    byId("speed").addEventListener("click", () => this.faster(1));
    when(["playing"], () => { if (state.playing) this.run_(); this.write(); });
    when(["time", "language", "speed"], () => this.write());
    this.write();
  }

  toggle() {
    if (!state.playing && state.time >= this.run.lastDay) set({ time: -1 });
    set({ playing: !state.playing });
  }

  /** @param {number} days */
  step(days) {
    set({ playing: false, time: Math.min(this.run.lastDay, Math.max(-1, today() + days)) });
  }

  /** @param {number} by */
  faster(by) {
    const at = SPEEDS.indexOf(state.speed) + by;
    set({ speed: SPEEDS[(at + SPEEDS.length) % SPEEDS.length] });
  }

  run_() {
    this.last = performance.now();
    const tick = (/** @type {number} */ now) => {
      if (!state.playing) return;
      const time = state.time + (Math.min(250, Math.max(0, now - this.last)) / 1000) * state.speed;
      this.last = now;
      if (time >= this.run.lastDay) set({ time: this.run.lastDay, playing: false });
      else {
        set({ time });
        requestAnimationFrame(tick);
      }
    };
    requestAnimationFrame(tick);
  }

  /** The weather of the region nearest to the middle of the view. */
  weather() {
    const { run, view } = this;
    let best = 0;
    let least = Infinity;
    run.contents.regions.forEach((/** @type {any} */ region, /** @type {number} */ i) => {
      const d = Math.hypot(region.x - view.camera.x, region.y - view.camera.y);
      if (d < least) [best, least] = [i, d];
    });
    const region = run.contents.regions[best];
    if (!region || today() < 0) return "";
    const at = best * run.evenings + today() + 1;
    const words = [t(`sky.${["dry", "rain", "storm"][run.arrays.w_sky[at]]}`), t(`ground.${["dry", "wet", "mud"][run.arrays.w_ground[at]]}`)];
    return ` · ${region.name}: ${words.join(", ")}`;
  }

  write() {
    byId("play").textContent = state.playing ? "❚❚" : "▶";
    byId("play").setAttribute("aria-label", t(state.playing ? "pause" : "play"));
    byId("speed").textContent = `${state.speed}×`;
    byId("speed").title = t("speed");
    byId("date").textContent = today() < 0 ? t("dawn") : dateOf(today());
    byId("weather").textContent = today() < 0 ? "" : `${t("day")} ${number(today() + 1)}${this.weather()}`;
    if (!state.playing) byId("spoken").textContent = byId("date").textContent;
  }
}
