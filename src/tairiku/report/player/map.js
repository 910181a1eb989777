/** The map view: two canvases, the ground below and what moves above, and the reader's hands. */

import { Camera } from "./camera.js";
import { Counters } from "./counters.js";
import { byId, el } from "./dom.js";
import { Ground, palette } from "./ground.js";
import { Hands } from "./hands.js";
import { set, state, today, when } from "./state.js";
import { nameOf, number, t } from "./words.js";

const TRAIL = 10; // days of the way behind a unit

export class MapView {
  /** @param {import("./run.js").Run} run */
  constructor(run) {
    this.run = run;
    this.camera = new Camera();
    this.ground = new Ground(run);
    this.counters = new Counters(run, () => this.ask());
    this.below = /** @type {HTMLCanvasElement} */ (byId("ground"));
    this.above = /** @type {HTMLCanvasElement} */ (byId("moving"));
    this.tip = byId("tip");
    this.box = byId("map");
    this.groundKey = "";
    /** @type {Array<{x: number, y: number, r: number, number: number}>} */
    this.battles = [];
    this.asked = false;
    this.fitted = false;
    new ResizeObserver(() => this.resize()).observe(this.box);
    when(["time", "layers", "theme", "language", "chosen"], () => this.ask());
    new Hands(this);
    this.resize();
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.box;
    if (!width || !height) return;
    const ratio = devicePixelRatio || 1;
    for (const canvas of [this.below, this.above]) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    this.camera.width = width;
    this.camera.height = height;
    if (!this.fitted) {
      this.camera.fit(this.theatre());
      this.fitted = true;
    }
    this.groundKey = "";
    this.ask();
  }

  /** The part of the map where the run begins to matter: all units that ever moved. */
  theatre() {
    const [west, south, east, north] = this.run.contents.bounds;
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let u = 0; u < this.run.units.length; u++) {
      let before = -1;
      for (let c = 0; c < this.run.evenings; c++) {
        const hex = this.run.at("there", u, c) ? this.run.at("hex", u, c) : -1;
        if (hex >= 0 && before >= 0 && hex !== before) {
          const [x, y] = this.run.centre(hex);
          box[0] = Math.min(box[0], x); box[1] = Math.min(box[1], y);
          box[2] = Math.max(box[2], x); box[3] = Math.max(box[3], y);
        }
        before = hex;
      }
    }
    if (!Number.isFinite(box[0])) return [west, south, east, north];
    const pad = 70;
    return [Math.max(west, box[0] - pad), Math.max(south, box[1] - pad),
      Math.min(east, box[2] + pad), Math.min(north, box[3] + pad)];
  }

  /** Draw before the next picture of the screen, once however often asked. */
  ask() {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => {
      this.asked = false;
      this.draw();
    });
  }

  draw() {
    const camera = this.camera;
    const key = [camera.x, camera.y, camera.scale, camera.width, camera.height, today(), state.theme,
      state.language, JSON.stringify(state.layers)].join("/");
    const ground = /** @type {CanvasRenderingContext2D} */ (this.below.getContext("2d"));
    if (key !== this.groundKey) {
      this.groundKey = key;
      this.ground.draw(ground, camera);
    }
    const context = /** @type {CanvasRenderingContext2D} */ (this.above.getContext("2d"));
    const ratio = this.above.width / camera.width;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, camera.width, camera.height);
    this.ground.drawPlaces(context, camera);
    this.drawFields(context);
    const boxes = this.drawBoxes(context);
    this.drawTrails(context);
    this.drawBattles(context);
    this.drawChosenPlace(context);
    const taken = [...this.counters.draw(context, camera), ...boxes];
    this.ground.drawNames(context, camera, taken, this.counters.size(camera.scale));
    this.drawScale(context);
  }

  /** @param {CanvasRenderingContext2D} context */
  drawFields(context) {
    if (!state.layers.fields || this.camera.scale < 0.6) return;
    const colours = palette(this.run);
    const control = this.run.control(today());
    for (const field of this.run.contents.fields) {
      if (field.hex === null || !this.camera.sees(field.x, field.y, 10)) continue;
      const [x, y] = this.camera.toScreen(field.x, field.y);
      const holder = control[field.hex] === 0 ? "japan" : "china";
      context.strokeStyle = colours[holder];
      context.fillStyle = colours.paper;
      context.lineWidth = 1.5;
      context.beginPath();
      context.arc(x, y, 4.5, 0, 7);
      context.fill();
      context.stroke();
      context.beginPath();
      context.moveTo(x - 2.6, y + 1); context.lineTo(x + 2.6, y + 1);
      context.moveTo(x, y - 2.8); context.lineTo(x, y + 2.8);
      context.stroke();
    }
  }

  /** @param {CanvasRenderingContext2D} context @returns {Array<[number, number, number, number]>} what they cover */
  drawBoxes(context) {
    /** @type {Array<[number, number, number, number]>} */
    const taken = [];
    if (!state.layers.boxes) return taken;
    const colours = palette(this.run);
    context.font = '500 10.5px system-ui, "Noto Sans CJK SC", sans-serif';
    context.textAlign = "center";
    for (const box of this.run.contents.boxes) {
      if (!this.camera.sees(box.x, box.y, 80)) continue;
      const [x, y] = this.camera.toScreen(box.x, box.y);
      const name = nameOf(box);
      const half = context.measureText(name).width / 2 + 7;
      const tall = taken.some(([a, , c, d]) => x - half < c && x + half > a && Math.abs(y + 33 - d) < 20) ? 34 : 14;
      taken.push([x - half, y + tall, x + half, y + tall + 19]);
      context.fillStyle = colours.paper;
      context.globalAlpha = 0.92;
      context.strokeStyle = colours[box.side.startsWith("Japan") ? "japan" : "china"];
      context.lineWidth = 1;
      context.beginPath();
      context.roundRect(x - half, y + tall, 2 * half, 19, 3);
      context.fill();
      context.stroke();
      context.globalAlpha = 1;
      context.fillStyle = colours.ink;
      context.fillText(name, x, y + tall + 13.5);
    }
    context.textAlign = "left";
    return taken;
  }

  /** @param {CanvasRenderingContext2D} context */
  drawTrails(context) {
    if (!state.layers.trails || !state.layers.units) return;
    const colours = palette(this.run);
    const chosen = this.counters.chosenRow();
    const evening = today() + 1;
    const rows = new Set([...(this.camera.scale > 0.9 ? this.run.units.keys() : []), chosen]);
    context.lineJoin = "round";
    for (const u of rows) {
      if (u < 0) continue;
      const from = u === chosen ? 0 : Math.max(0, evening - TRAIL);
      context.beginPath();
      let last = null;
      let moved = 0;
      for (let c = from; c <= evening; c++) {
        if (!this.run.at("there", u, c) || this.run.at("hex", u, c) < 0) { last = null; continue; }
        const [x, y] = this.camera.toScreen(...this.run.centre(this.run.at("hex", u, c)));
        if (last === null) context.moveTo(x, y);
        else if (last !== this.run.at("hex", u, c)) { context.lineTo(x, y); moved++; }
        last = this.run.at("hex", u, c);
      }
      if (!moved) continue;
      const now = this.counters.place(u);
      if (now) context.lineTo(...this.camera.toScreen(...now));
      context.strokeStyle = colours[this.run.units[u].side];
      context.globalAlpha = u === chosen ? 0.9 : 0.35;
      context.lineWidth = u === chosen ? 2.5 : 1.5;
      context.setLineDash(this.run.units[u].side === "japan" ? [] : [5, 3]);
      context.stroke();
    }
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  /** @param {CanvasRenderingContext2D} context */
  drawBattles(context) {
    this.battles = [];
    if (!state.layers.battles) return;
    const colours = palette(this.run);
    for (const i of this.run.eventsOn(today())) {
      const event = this.run.event(i);
      if (event.kind !== "battle" || event.hex < 0) continue;
      const [x, y] = this.camera.toScreen(...this.run.centre(event.hex));
      const r = Math.min(26, 13 + Math.sqrt(Math.max(0, event.c + event.d)) / 4);
      context.beginPath();
      for (let k = 0; k < 20; k++) {
        const far = k % 2 ? r * 0.66 : r;
        const angle = (k / 20) * 2 * Math.PI;
        context.lineTo(x + far * Math.cos(angle), y + far * Math.sin(angle));
      }
      context.closePath();
      context.fillStyle = colours.paper;
      context.strokeStyle = colours.ink;
      context.globalAlpha = 0.85;
      context.lineWidth = 1.2;
      context.fill();
      context.stroke();
      context.globalAlpha = 1;
      this.battles.push({ x, y, r, number: i });
    }
  }

  /** @param {CanvasRenderingContext2D} context */
  drawChosenPlace(context) {
    const chosen = state.chosen;
    if (!chosen || chosen.kind === "unit" || chosen.kind === "battle") return;
    const spot = this.spotOf(chosen);
    if (!spot) return;
    const [x, y] = this.camera.toScreen(...spot);
    context.strokeStyle = palette(this.run).ink;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(x, y, 11, 0, 7);
    context.stroke();
  }

  /** Where a mark lies. @param {import("./state.js").Mark} mark @returns {[number, number]|null} [km] */
  spotOf(mark) {
    if (mark.kind === "unit") {
      const row = this.run.unitIndex.get(String(mark.id));
      return row === undefined ? null : this.counters.place(row);
    }
    if (mark.kind === "hex") return this.run.centre(Number(mark.id));
    if (mark.kind === "battle") return this.run.centre(this.run.event(Number(mark.id)).hex);
    const found = { place: this.run.place, field: this.run.field, box: this.run.box }[
      /** @type {"place"} */ (mark.kind)]?.get(String(mark.id));
    return found ? [found.x, found.y] : null;
  }

  /** Bring a mark into view and choose it. @param {import("./state.js").Mark} mark */
  go(mark) {
    set({ chosen: mark, tab: "map" });
    const spot = this.spotOf(mark);
    if (!spot) return;
    [this.camera.x, this.camera.y] = spot;
    this.camera.scale = Math.max(this.camera.scale, 1.3);
    this.ask();
  }

  /** @param {CanvasRenderingContext2D} context */
  drawScale(context) {
    const colours = palette(this.run);
    const km = [10, 20, 50, 100, 200, 500].find((d) => d * this.camera.scale > 60) ?? 500;
    const [x, y, w] = [14, this.camera.height - 14, km * this.camera.scale];
    context.strokeStyle = colours.ink;
    context.lineWidth = 1.5;
    context.beginPath();
    context.moveTo(x, y - 5); context.lineTo(x, y); context.lineTo(x + w, y); context.lineTo(x + w, y - 5);
    context.stroke();
    context.fillStyle = colours.ink;
    context.font = "11px system-ui, sans-serif";
    context.fillText(`${number(km)} km`, x + 5, y - 4);
  }

  /** @param {number} px @param {number} py @param {boolean} finger */
  point(px, py, finger) {
    const hit = this.counters.hit(px, py, finger ? 8 : 0);
    const lead = hit?.stack.lead ?? null;
    if (!finger && hit && hit.stack.members.length > 1 && this.counters.fanned !== lead) {
      this.counters.fanned = lead;
      this.ask();
    } else if (!hit && this.counters.fanned !== null && !this.overFan(px, py)) {
      this.counters.fanned = null;
      this.ask();
    }
    this.below.parentElement?.classList.toggle("pointing", Boolean(hit) || Boolean(this.battleAt(px, py)));
    if (!hit || finger) { this.tip.hidden = true; return; }
    const { stack } = hit;
    const thing = stack.group ? this.run.formation.get(stack.group) : this.run.units[stack.lead];
    this.tip.replaceChildren(el("b", {}, nameOf(thing)), el("span", {},
      `${number(stack.men)} ${t("men")}${stack.members.length > 1 ? ` · ${number(stack.members.length)} ${t("units")}` : ""}`));
    this.tip.hidden = false;
    this.tip.style.left = `${Math.min(px + 14, this.camera.width - 190)}px`;
    this.tip.style.top = `${py + 16}px`;
  }

  /** @param {number} px @param {number} py */
  overFan(px, py) {
    const hit = this.counters.hits.find((h) => h.stack.lead === this.counters.fanned);
    return Boolean(hit && Math.hypot(hit.x - px, hit.y - py) < this.counters.size(this.camera.scale) * 3.2);
  }

  /** @param {number} px @param {number} py */
  battleAt(px, py) {
    return this.battles.find((b) => Math.hypot(b.x - px, b.y - py) <= b.r) ?? null;
  }

  /** @param {number} px @param {number} py @param {boolean} finger */
  tap(px, py, finger) {
    const hit = this.counters.hit(px, py, finger ? 8 : 0);
    if (hit) {
      if (finger && hit.stack.members.length > 1) this.counters.fanned = hit.stack.lead;
      set({ chosen: hit.stack.group ? { kind: "formation", id: hit.stack.group }
        : { kind: "unit", id: this.run.units[hit.stack.lead].id } });
      this.ask();
      return;
    }
    const battle = this.battleAt(px, py);
    if (battle) { set({ chosen: { kind: "battle", id: battle.number } }); return; }
    set({ chosen: this.markAt(px, py, finger ? 18 : 9) });
  }

  /** The place, field, box or hex at a point. @param {number} px @param {number} py @param {number} reach
   * @returns {import("./state.js").Mark|null} */
  markAt(px, py, reach) {
    const least = this.camera.scale < 0.9 ? 3 : 1;
    /** @type {import("./state.js").Mark|null} */
    let best = null;
    let near = reach;
    const tryAll = (/** @type {any[]} */ list, /** @type {"place"|"field"|"box"} */ kind, /** @type {number} */ extra) => {
      for (const thing of list) {
        const [x, y] = this.camera.toScreen(thing.x, thing.y + (kind === "box" ? -22 / this.camera.scale : 0));
        const d = Math.hypot(x - px, y - py) - extra;
        if (d < near) { near = d; best = { kind, id: thing.id }; }
      }
    };
    const scored = this.run.contents.scored;
    tryAll(this.run.contents.places.filter((/** @type {any} */ p) => p.size >= least || scored.includes(p.id)), "place", 0);
    if (this.camera.scale >= 0.6) tryAll(this.run.contents.fields.filter((/** @type {any} */ f) => f.hex !== null), "field", 0);
    if (state.layers.boxes) tryAll(this.run.contents.boxes, "box", 14);
    if (best) return best;
    const hex = this.run.hexAt(...this.camera.toPlane(px, py));
    return hex >= 0 ? { kind: "hex", id: hex } : null;
  }
}
