/** The ground: relief, water, lines, places; drawn under everything that moves. */

import { state, today } from "./state.js";
import { nameOf } from "./words.js";
import { frontOf, outside } from "./front.js";

const RADIUS = [0, 1.6, 2, 2.6, 3.4, 4.2]; // of a place by its size [pixels]

/** Colours of a theme. @param {import("./run.js").Run} run @returns {Record<string, any>} */
export function palette(run) {
  return run.contents.palettes[state.theme];
}

/** @param {string} text #rrggbb */
const rgb = (text) => [1, 3, 5].map((i) => parseInt(text.slice(i, i + 2), 16));

/** The relief in colours, by the rule of figures/palette.py. @param {import("./run.js").Run} run */
function paintRelief(run) {
  const told = run.contents.arrays.light;
  if (!told) return null;
  const [rows, cols] = told.shape;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [cols, rows];
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = context.createImageData(cols, rows);
  const colours = palette(run);
  const tints = colours.tints.map(rgb);
  const sea = rgb(colours.sea);
  const table = new Float32Array(256 * 3);
  for (let i = 0; i < 256; i++) {
    const place = Math.max(0, ((i - 1) / 254) * (tints.length - 1));
    const low = Math.min(Math.floor(place), tints.length - 2);
    for (let band = 0; band < 3; band++) {
      table[i * 3 + band] = tints[low][band] + (tints[low + 1][band] - tints[low][band]) * (place - low);
    }
  }
  const { light, tint } = run.arrays;
  for (let i = 0; i < light.length; i++) {
    const shade = 0.62 + (0.76 * light[i]) / 255;
    for (let band = 0; band < 3; band++) {
      image.data[i * 4 + band] = tint[i] === 0 ? sea[band] : table[tint[i] * 3 + band] * shade;
    }
    image.data[i * 4 + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** The ground of one run, with its pictures kept. */
export class Ground {
  /** @param {import("./run.js").Run} run */
  constructor(run) {
    this.run = run;
    this.lines = this.readLines();
    /** @type {Map<string, HTMLCanvasElement|null>} */
    this.reliefs = new Map();
    this.frontDay = -99;
    /** rail state changes by link, in order: [day, open] */
    this.railChanges = this.readRails();
    this.scored = new Set(run.contents.scored);
    this.outside = outside(run);
    this.places = [...run.contents.places].sort((a, b) => b.size - a.size);
  }

  readLines() {
    const { line_points: points, line_start: start } = this.run.arrays;
    const n = points.length / 2;
    const grain = this.run.contents.grain;
    return this.run.contents.lines.map((/** @type {any} */ told, /** @type {number} */ i) => {
      const path = new Path2D();
      for (let p = start[i]; p < start[i + 1]; p++) {
        const [x, y] = [points[p] * grain, -points[n + p] * grain];
        if (p === start[i]) path.moveTo(x, y);
        else path.lineTo(x, y);
      }
      if (told.ring) path.closePath();
      return { ...told, path };
    });
  }

  readRails() {
    /** @type {Map<number, Array<[number, boolean]>>} */
    const found = new Map();
    const kinds = this.run.contents.labels.kind;
    const [open, torn] = [kinds.indexOf("rail-open"), kinds.indexOf("rail-demolished")];
    const { e_kind: kind, e_a: a, e_day: day } = this.run.arrays;
    for (let i = 0; i < kind.length; i++) {
      if (kind[i] < 0 || (kind[i] !== open && kind[i] !== torn)) continue;
      const link = Math.round(a[i]);
      if (!found.has(link)) found.set(link, []);
      /** @type {Array<[number, boolean]>} */ (found.get(link)).push([day[i], kind[i] === open]);
    }
    return found;
  }

  /** Whether trains can run on a link. @param {any} line @param {number} day */
  runs(line, day) {
    let open = line.status.startsWith("operating");
    for (const [when, isOpen] of this.railChanges.get(line.link) ?? []) {
      if (when <= day) open = isOpen;
    }
    return open;
  }

  /** @param {CanvasRenderingContext2D} context @param {import("./camera.js").Camera} camera */
  draw(context, camera) {
    const colours = palette(this.run);
    const ratio = context.canvas.width / camera.width;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = colours.paper;
    context.fillRect(0, 0, context.canvas.width, context.canvas.height);
    const k = camera.scale * ratio;
    const [left, top] = camera.toScreen(0, 0);
    context.setTransform(k, 0, 0, k, left * ratio, top * ratio);
    context.lineJoin = "round";
    context.lineCap = "round";
    const px = 1 / camera.scale;
    const [west, south, east, north] = this.run.contents.bounds;
    context.save();
    context.beginPath();
    context.rect(west, -north, east - west, north - south);
    context.clip();
    if (state.layers.relief) this.drawRelief(context);
    for (const line of this.lines) {
      if (line.kind !== "flood" && line.kind !== "lake") continue;
      context.fillStyle = line.kind === "lake" ? colours.sea : colours.flood;
      context.globalAlpha = line.kind === "lake" ? 1 : 0.55;
      context.fill(line.path);
      context.globalAlpha = 1;
      if (line.kind === "lake") this.stroke(context, line.path, colours.water, 0.7 * px);
    }
    this.drawControl(context, colours);
    this.drawLines(context, colours, px, camera.scale);
    if (state.layers.control) this.drawFront(context, colours, px);
    context.fillStyle = colours.paper;
    context.globalAlpha = 0.62;
    context.fill(this.outside, "evenodd");
    context.globalAlpha = 1;
    context.restore();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (state.layers.boxes) this.drawFrame(context, camera, colours);
  }

  /** @param {CanvasRenderingContext2D} context */
  drawRelief(context) {
    if (!this.reliefs.has(state.theme)) this.reliefs.set(state.theme, paintRelief(this.run));
    const picture = this.reliefs.get(state.theme);
    if (!picture) return;
    const [west, , , north] = this.run.contents.bounds;
    const cell = this.run.contents.relief_cell;
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, west, -north, picture.width * cell, picture.height * cell);
  }

  front() {
    if (this.frontDay !== today()) {
      this.frontDay = today();
      this.paths = frontOf(this.run, this.frontDay);
    }
    return /** @type {{held: Path2D, front: Path2D}} */ (this.paths);
  }

  /** @param {CanvasRenderingContext2D} context @param {Record<string, any>} colours */
  drawControl(context, colours) {
    if (!state.layers.control) return;
    context.fillStyle = colours["japan-fill"];
    context.globalAlpha = state.theme === "light" ? 0.24 : 0.26;
    context.fill(this.front().held, "evenodd");
    context.globalAlpha = 1;
  }

  /** @param {CanvasRenderingContext2D} context @param {Record<string, any>} colours @param {number} px */
  drawFront(context, colours, px) {
    const { front } = this.front();
    this.stroke(context, front, colours.paper, 4.5 * px, 0.65);
    this.stroke(context, front, colours.japan, 2 * px, 0.95);
  }

  /** @param {CanvasRenderingContext2D} context @param {Path2D} path @param {string} colour @param {number} width @param {number} [alpha] @param {number[]} [dash] */
  stroke(context, path, colour, width, alpha = 1, dash = []) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.globalAlpha = alpha;
    context.setLineDash(dash);
    context.stroke(path);
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  /** @param {CanvasRenderingContext2D} context @param {Record<string, any>} colours @param {number} px @param {number} scale */
  drawLines(context, colours, px, scale) {
    const wide = Math.min(1.8, Math.max(0.75, Math.sqrt(scale)));
    const day = today();
    for (const line of this.lines) {
      if (line.kind === "coast") this.stroke(context, line.path, colours.water, 0.9 * px);
      else if (line.kind === "province" && state.layers.provinces) {
        this.stroke(context, line.path, colours.province, 1 * px, 0.9, [5 * px, 4 * px]);
      } else if (line.kind === "river" && state.layers.rivers) {
        const rank = Number(line.rank) || 1;
        if (rank === 1 && scale < 0.7) continue;
        const dry = line.status === "dry bed";
        this.stroke(context, line.path, colours.water, [0.7, 1.2, 2.2][rank - 1] * wide * px,
          dry ? 0.5 : 0.9, dry ? [3 * px, 3 * px] : []);
      }
    }
    for (const line of this.lines) {
      if (line.kind === "road" && state.layers.roads) {
        this.stroke(context, line.path, colours.road, (line.rank === "trunk" ? 1.4 : 0.8) * wide * px,
          0.9, line.status === "good" ? [] : [4 * px, 4 * px]);
      } else if (line.kind === "rail" && state.layers.rails) {
        const running = this.runs(line, day);
        if (running) {
          this.stroke(context, line.path, colours.rail, 2.1 * wide * px, 0.95);
          this.stroke(context, line.path, colours.paper, 0.9 * wide * px, 0.9, [4 * px, 4 * px]);
        } else this.stroke(context, line.path, colours.rail, 1.1 * wide * px, 0.7, [3 * px, 4 * px]);
      }
    }
  }

  /** The edge of the map. @param {CanvasRenderingContext2D} context @param {import("./camera.js").Camera} camera @param {Record<string, any>} colours */
  drawFrame(context, camera, colours) {
    const [west, south, east, north] = this.run.contents.bounds;
    const [left, top] = camera.toScreen(west, north);
    const [right, bottom] = camera.toScreen(east, south);
    context.strokeStyle = colours.faint;
    context.globalAlpha = 0.6;
    context.lineWidth = 1;
    context.strokeRect(left, top, right - left, bottom - top);
    context.globalAlpha = 1;
  }

  /** The places shown at a scale, the larger first. @param {import("./camera.js").Camera} camera */
  shown(camera) {
    if (!state.layers.places) return [];
    const least = camera.scale < 0.55 ? 4 : camera.scale < 0.9 ? 3 : camera.scale < 2 ? 2 : 1;
    return this.places.filter((place) => (place.size >= least || this.scored.has(place.id))
      && camera.sees(place.x, place.y, 20));
  }

  /** @param {CanvasRenderingContext2D} context @param {import("./camera.js").Camera} camera */
  drawPlaces(context, camera) {
    const colours = palette(this.run);
    context.fillStyle = colours.paper;
    context.strokeStyle = colours.ink;
    context.lineWidth = 1.2;
    for (const place of this.shown(camera)) {
      const [x, y] = camera.toScreen(place.x, place.y);
      const r = RADIUS[place.size];
      context.beginPath();
      if (place.walled) context.rect(x - r, y - r, 2 * r, 2 * r);
      else context.arc(x, y, r, 0, 7);
      context.fill();
      context.stroke();
    }
  }

  /** Names of places; one that would cover another or a counter is left out.
   * @param {CanvasRenderingContext2D} context @param {import("./camera.js").Camera} camera
   * @param {Array<[number, number, number, number]>} taken rectangles that must stay free
   * @param {number} size of the counters [pixels] */
  drawNames(context, camera, taken, size) {
    const colours = palette(this.run);
    context.lineJoin = "round";
    context.lineWidth = 3;
    for (const place of this.shown(camera)) {
      const [x, y] = camera.toScreen(place.x, place.y);
      const r = RADIUS[place.size];
      const tall = place.size >= 4 ? 12.5 : place.size === 3 || this.scored.has(place.id) ? 11.5 : 10.5;
      context.font = `${place.size >= 4 ? 600 : 400} ${tall}px system-ui, "Noto Sans CJK SC", sans-serif`;
      const name = nameOf(place);
      const width = context.measureText(name).width;
      const far = size / 2;
      const spot = [
        [x + r + 3, y + 4], [x - r - 3 - width, y + 4], [x - width / 2, y - r - 4],
        [x - width / 2, y + r + 12], [x + far + 4, y + 4], [x - far - 4 - width, y + 4],
        [x - width / 2, y - far - 7], [x - width / 2, y + far + 15], [x + far, y + far + 6],
      ].find(([px, py]) => taken.every(([a, b, c, d]) =>
        px > c || px + width < a || py - tall > d || py < b));
      if (!spot) continue;
      taken.push([spot[0], spot[1] - tall, spot[0] + width, spot[1] + 2]);
      context.strokeStyle = colours.paper;
      context.globalAlpha = 0.8;
      context.strokeText(name, spot[0], spot[1]);
      context.globalAlpha = 1;
      context.fillStyle = colours.ink;
      context.fillText(name, spot[0], spot[1]);
    }
  }
}
