/** The strip of time: losses of each day, the months, and when places fell here and in each source. */

import { byId, colour } from "./dom.js";
import { set, state, when } from "./state.js";
import { monthOf, nameOf, shortDate, t } from "./words.js";

const PAD = 14;

export class Strip {
  /** @param {import("./run.js").Run} run @param {(mark: import("./state.js").Mark) => void} go */
  constructor(run, go) {
    this.run = run;
    this.go = go;
    this.canvas = /** @type {HTMLCanvasElement} */ (byId("strip"));
    this.tip = byId("strip-tip");
    this.from = -1;
    this.to = run.lastDay;
    /** @type {Array<{x: number, y: number, text: string, id: string}>} */
    this.marks = [];
    this.asked = false;
    new ResizeObserver(() => this.ask()).observe(this.canvas);
    when(["time", "theme", "language", "tab"], () => this.ask());
    this.listen();
  }

  /** Draw before the next picture of the screen, once however often asked. */
  ask() {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => { this.asked = false; this.draw(); });
  }

  listen() {
    let dragging = false;
    const at = (/** @type {PointerEvent|WheelEvent} */ e) => {
      const { left, top } = this.canvas.getBoundingClientRect();
      return [e.clientX - left, e.clientY - top];
    };
    const seek = (/** @type {number} */ x) => {
      set({ time: Math.round(Math.min(this.run.lastDay, Math.max(-1, this.dayAt(x)))) });
    };
    this.canvas.addEventListener("pointerdown", (e) => {
      const [x, y] = at(e);
      const mark = this.marks.find((m) => Math.hypot(m.x - x, m.y - y) < 7);
      if (mark) { this.go({ kind: "place", id: mark.id }); return; }
      dragging = true;
      this.canvas.setPointerCapture(e.pointerId);
      set({ playing: false });
      seek(x);
    });
    this.canvas.addEventListener("pointermove", (e) => {
      const [x, y] = at(e);
      if (dragging) seek(x);
      const mark = this.marks.find((m) => Math.hypot(m.x - x, m.y - y) < 7);
      this.tip.hidden = false;
      this.tip.textContent = mark ? mark.text : shortDate(Math.round(this.dayAt(x)));
      const half = this.tip.offsetWidth / 2;
      this.tip.style.left = `${Math.min(Math.max(x, half), this.canvas.clientWidth - half)}px`;
    });
    this.canvas.addEventListener("pointerleave", () => { this.tip.hidden = true; });
    this.canvas.addEventListener("pointerup", () => { dragging = false; });
    this.canvas.addEventListener("pointercancel", () => { dragging = false; });
    this.canvas.addEventListener("wheel", (e) => {
      e.preventDefault();
      const day = this.dayAt(at(e)[0]);
      const factor = Math.exp(e.deltaY * 0.002);
      const span = Math.min(this.run.evenings, Math.max(14, (this.to - this.from) * factor));
      const part = (day - this.from) / (this.to - this.from);
      this.from = Math.max(-1, day - span * part);
      this.to = Math.min(this.run.lastDay, this.from + span);
      this.from = Math.max(-1, this.to - span);
      this.ask();
    }, { passive: false });
  }

  /** @param {number} day */
  xOf(day) {
    return PAD + ((day - this.from) / Math.max(1, this.to - this.from)) * (this.canvas.clientWidth - 2 * PAD);
  }

  /** @param {number} x */
  dayAt(x) {
    return this.from + ((x - PAD) / Math.max(1, this.canvas.clientWidth - 2 * PAD)) * (this.to - this.from);
  }

  draw() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (!width || !height) return;
    const ratio = devicePixelRatio || 1;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    const context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    context.scale(ratio, ratio);
    this.keep();
    const low = height - 16;
    const middle = Math.round(height * 0.42);
    this.drawMonths(context, low);
    this.drawLosses(context, middle, height);
    this.drawFalls(context, low - 9);
    const x = this.xOf(state.time);
    context.fillStyle = colour("ink");
    context.fillRect(x - 1, 2, 2, height - 4);
    context.beginPath();
    context.arc(x, 6, 5, 0, 7);
    context.fill();
  }

  /** Follow the day shown when it leaves a zoomed strip. */
  keep() {
    const span = this.to - this.from;
    if (state.time > this.to || state.time < this.from) {
      this.from = Math.max(-1, Math.min(state.time - span * 0.1, this.run.lastDay - span));
      this.to = this.from + span;
    }
  }

  /** @param {CanvasRenderingContext2D} context @param {number} low */
  drawMonths(context, low) {
    context.font = "10.5px system-ui, sans-serif";
    context.strokeStyle = colour("line");
    context.fillStyle = colour("faint");
    const wide = this.xOf(1) - this.xOf(0);
    for (let day = Math.floor(this.from); day <= this.to; day++) {
      const told = monthOf(day);
      const x = this.xOf(day);
      if (told.first) {
        context.beginPath();
        context.moveTo(x, 4);
        context.lineTo(x, low + 12);
        context.stroke();
        context.fillText(told.month, x + 3, low + 12);
      } else if (wide > 22 || (wide > 6 && told.day % 5 === 0 && told.day < 30)) {
        context.fillText(String(told.day), x - 3, low + 12);
      }
    }
  }

  /** China's losses above, Japan's below one line. @param {CanvasRenderingContext2D} context @param {number} middle @param {number} height */
  drawLosses(context, middle, height) {
    const { japan, china } = this.run.sums;
    let most = 1;
    for (let c = 1; c < this.run.evenings; c++) most = Math.max(most, china[c], japan[c]);
    const wide = Math.max(1, this.xOf(1) - this.xOf(0) - 0.5);
    const tall = (/** @type {number} */ men) => Math.sqrt(men / most);
    for (let day = Math.max(0, Math.floor(this.from)); day <= this.to; day++) {
      const x = this.xOf(day) - wide / 2;
      const up = tall(china[day + 1]) * (middle - 6);
      const down = tall(japan[day + 1]) * (height - middle - 34);
      context.globalAlpha = day <= state.time ? 1 : 0.4;
      context.fillStyle = colour("china");
      context.fillRect(x, middle - up, wide, up);
      context.fillStyle = colour("japan");
      context.fillRect(x, middle, wide, Math.max(0, down));
    }
    context.globalAlpha = 1;
  }

  /** @param {CanvasRenderingContext2D} context @param {number} y */
  drawFalls(context, y) {
    this.marks = [];
    context.lineWidth = 1.5;
    for (const told of this.run.contents.beside) {
      const place = this.run.place.get(told.id);
      const name = place ? nameOf(place) : told.name;
      const best = told.de_days ?? told.zh_days ?? told.best_days;
      const said = ["de", "zh"].filter((s) => told[s]).map((s) => `${s} ${told[s]}`).join(" · ");
      if (best) {
        const x = this.xOf((best[0] + best[1]) / 2);
        context.strokeStyle = colour("ink");
        context.beginPath();
        if (told.disputed) {
          context.moveTo(x, y - 4); context.lineTo(x + 4, y); context.lineTo(x, y + 4);
          context.lineTo(x - 4, y); context.closePath();
        } else context.arc(x, y, 3.2, 0, 7);
        context.stroke();
        this.marks.push({ x, y, id: told.id, text: `${name}: ${said || told.best}` });
      }
      if (told.day !== null && told.day !== undefined) {
        const x = this.xOf(told.day);
        context.fillStyle = colour(told.to === "china" ? "china" : "japan");
        context.beginPath();
        context.arc(x, y - 9, 3.2, 0, 7);
        context.fill();
        this.marks.push({ x, y: y - 9, id: told.id,
          text: `${name}: ${t("fell-here")} ${shortDate(told.day)}${said ? ` (${said})` : ""}` });
      }
    }
  }
}
