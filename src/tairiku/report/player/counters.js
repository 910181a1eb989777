/** Counters of units: a standard symbol whose fill is the strength left, a bar of supply below. */

import { palette } from "./ground.js";
import { state, today } from "./state.js";
import { nameOf } from "./words.js";
import { stacksOf } from "./stacks.js";

const FOOD_DAYS = 10; // the bar is full with this many days of food

/** Frame of a symbol in the units of its drawing. */
const FRAMES = {
  diamond: [[100, 28], [172, 100], [100, 172], [28, 100]],
  rectangle: [[25, 50], [175, 50], [175, 150], [25, 150]],
};

/** From the middle of a counter to the lower end of its frame: a diamond is higher than a rectangle.
 * @param {string} force @param {number} size */
const halfHeight = (force, size) => size * (force === "japan" || force === "puppet" ? 0.48 : 0.33);

/** The mark of size stands above the frame, on the map: it takes the colour of the ink.
 * @param {string} svg @param {string} ink */
function inked(svg, ink) {
  const at = svg.indexOf("<g ");
  return at < 0 ? svg : svg.slice(0, at) + svg.slice(at).replaceAll('"black"', `"${ink}"`);
}

/** Draws the counters of a run, keeps each symbol as a picture, and knows what lies where. */
export class Counters {
  /** @param {import("./run.js").Run} run @param {() => void} redraw called when a symbol is ready */
  constructor(run, redraw) {
    this.run = run;
    this.redraw = redraw;
    /** @type {Map<string, HTMLImageElement>} */
    this.images = new Map();
    /** @type {Map<string, HTMLCanvasElement>} */
    this.stamps = new Map();
    /** @type {Array<{x: number, y: number, r: number, stack: import("./stacks.js").Stack}>} */
    this.hits = [];
    this.key = "";
    /** @type {import("./stacks.js").Stack[]} */
    this.stacks = [];
    /** the stack whose members are fanned out @type {number|null} */
    this.fanned = null;
  }

  /** @param {number} scale */
  size(scale) {
    return Math.min(44, Math.max(25, 25 + 7 * Math.log2(Math.max(scale, 0.5) / 0.5)));
  }

  /** @param {import("./camera.js").Camera} camera */
  update(camera) {
    const key = `${today()}/${camera.scale.toFixed(3)}`;
    if (key === this.key) return;
    this.key = key;
    this.stacks = stacksOf(this.run, today(), camera.scale, this.size(camera.scale));
  }

  /** Where a unit is at this moment, between two evenings. @param {number} unit @returns {[number, number]|null} */
  place(unit) {
    const evening = today() + 1;
    const here = this.run.spot(unit, evening);
    const part = state.time - today();
    if (!here || part <= 0) return here;
    const next = this.run.spot(unit, evening + 1);
    return next ? [here[0] + (next[0] - here[0]) * part, here[1] + (next[1] - here[1]) * part] : here;
  }

  /** @param {CanvasRenderingContext2D} context @param {import("./camera.js").Camera} camera
   * @returns {Array<[number, number, number, number]>} rectangles that the counters cover */
  draw(context, camera) {
    this.hits = [];
    if (!state.layers.units) return [];
    this.update(camera);
    const size = this.size(camera.scale);
    const chosen = this.chosenRow();
    /** @type {Array<[number, number, number, number]>} */
    const taken = [];
    // weakest first, so that the strongest lie on top
    for (let i = this.stacks.length - 1; i >= 0; i--) {
      const stack = this.stacks[i];
      const spot = this.place(stack.lead);
      if (!spot || !camera.sees(spot[0], spot[1], size)) continue;
      const [x, y] = camera.toScreen(spot[0], spot[1]);
      const lead = this.run.units[stack.lead];
      const group = stack.group ? this.run.formation.get(stack.group) : null;
      this.counter(context, x, y, size, {
        force: lead.force, kind: group ? "infantry" : lead.kind, level: group ? group.level : lead.level,
        strength: stack.men / stack.full, food: stack.food,
        count: stack.members.length, chosen: chosen >= 0 && stack.members.includes(chosen),
      });
      const half = halfHeight(lead.force, size);
      taken.push([x - size / 2, y - half - 6, x + size / 2, y + half + 7]);
      this.hits.push({ x, y, r: size * 0.55, stack });
    }
    this.drawNames(context, size, camera.scale, taken);
    this.drawFan(context, size, chosen);
    return taken;
  }

  /** @param {CanvasRenderingContext2D} context @param {number} size @param {number} chosen */
  drawFan(context, size, chosen) {
    const hit = this.hits.find((h) => h.stack.lead === this.fanned);
    if (!hit || hit.stack.members.length < 2) return;
    const members = hit.stack.members.slice(0, 24);
    const colours = palette(this.run);
    members.forEach((unit, i) => {
      const ring = Math.floor(i / 8);
      const around = Math.min(8, members.length - ring * 8);
      const angle = ((i % 8) / around) * 2 * Math.PI - Math.PI / 2;
      const far = size * (1.45 + 1.15 * ring) + (around > 5 ? 6 : 0);
      const [x, y] = [hit.x + far * Math.cos(angle), hit.y + far * Math.sin(angle)];
      context.strokeStyle = colours.ink;
      context.globalAlpha = 0.5;
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(hit.x, hit.y);
      context.lineTo(x, y);
      context.stroke();
      context.globalAlpha = 1;
      const told = this.run.units[unit];
      const evening = today() + 1;
      this.counter(context, x, y, size, {
        force: told.force, kind: told.kind, level: told.level,
        strength: this.run.at("men", unit, evening) / this.run.full[unit],
        food: this.run.foodDays(unit, evening), count: 1, chosen: unit === chosen,
      });
      this.hits.push({ x, y, r: size * 0.55, stack: { ...hit.stack, lead: unit, members: [unit], group: null } });
    });
  }

  /**
   * @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} size
   * @param {{force: string, kind: string, level: string, strength: number, food: number, count: number, chosen: boolean}} told
   */
  counter(context, x, y, size, told) {
    const colours = palette(this.run);
    const symbol = this.symbol(told.force, told.kind, told.level);
    const k = size / 150;
    const frame = symbol?.diamond ? FRAMES.diamond : FRAMES.rectangle;
    const trace = () => {
      context.beginPath();
      frame.forEach(([a, b], i) => {
        const [px, py] = [x + (a - 100) * k, y + (b - 100) * k];
        if (i) context.lineTo(px, py);
        else context.moveTo(px, py);
      });
      context.closePath();
    };
    const force = `${told.force}-fill` in colours ? told.force : told.force === "japan" ? "japan" : "china";
    if (told.count > 1) {
      context.save();
      context.translate(2.5, -2.5);
      trace();
      context.fillStyle = colours[`${force}-pale`];
      context.strokeStyle = "#2b2a27";
      context.lineWidth = 1;
      context.fill();
      context.stroke();
      context.restore();
    }
    trace();
    if (told.chosen) {
      context.strokeStyle = colours.ink;
      context.lineWidth = 6;
      context.stroke();
      context.strokeStyle = colours.paper;
      context.lineWidth = 3;
      context.stroke();
    }
    context.fillStyle = colours[`${force}-pale`];
    context.fill();
    const [top, bottom] = symbol?.diamond ? [28, 172] : [50, 150];
    context.save();
    context.clip();
    context.fillStyle = colours[`${force}-fill`];
    const level = bottom - (bottom - top) * Math.max(0, Math.min(1, told.strength));
    context.fillRect(x - size, y + (level - 100) * k, 2 * size, (bottom - level) * k);
    context.restore();
    this.stamp(context, symbol, told, x, y, k);
    const wide = (size * 0.8 * Math.min(told.food, FOOD_DAYS)) / FOOD_DAYS;
    const below = y + (bottom - 100) * k + 2;
    context.fillStyle = colours.paper;
    context.fillRect(x - size * 0.4 - 0.5, below - 0.5, size * 0.8 + 1, 4);
    context.fillStyle = colours.ink;
    context.fillRect(x - size * 0.4, below, wide, 3);
    if (told.count > 1) this.badge(context, x + size * 0.5, y - (symbol?.diamond ? 0.36 : 0.4) * size, told.count);
  }

  /** @param {string} force @param {string} kind @param {string} level */
  symbol(force, kind, level) {
    const all = this.run.contents.symbols;
    return all[`${force}/${kind}/${level}`] ?? all[`${force}/infantry/${level}`] ?? null;
  }

  /** The lines of a symbol from a picture that is drawn once a size.
   * @param {CanvasRenderingContext2D} context @param {any} symbol @param {any} told @param {number} x @param {number} y @param {number} k */
  stamp(context, symbol, told, x, y, k) {
    if (!symbol) return;
    const name = `${told.force}/${told.kind}/${told.level}`;
    const [left, top, width, height] = symbol.box;
    const ratio = devicePixelRatio || 1;
    const key = `${name}@${(k * ratio).toFixed(3)}/${state.theme}`;
    if (!this.stamps.has(key)) {
      const image = this.image(`${name}/${state.theme}`, inked(symbol.svg, palette(this.run).ink));
      if (!image.complete || !image.naturalWidth) return;
      if (this.stamps.size > 400) this.stamps.clear();
      const canvas = document.createElement("canvas");
      canvas.width = Math.ceil(width * k * ratio);
      canvas.height = Math.ceil(height * k * ratio);
      canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
      this.stamps.set(key, canvas);
    }
    context.drawImage(/** @type {HTMLCanvasElement} */ (this.stamps.get(key)),
      x + (left - 100) * k, y + (top - 100) * k, width * k, height * k);
  }

  /** @param {string} name @param {string} svg */
  image(name, svg) {
    let image = this.images.get(name);
    if (!image) {
      image = new Image();
      image.onload = this.redraw;
      image.src = `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
      this.images.set(name, image);
    }
    return image;
  }

  /** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} count */
  badge(context, x, y, count) {
    const colours = palette(this.run);
    context.font = "600 9.5px system-ui, sans-serif";
    const width = Math.max(13, context.measureText(String(count)).width + 6);
    context.fillStyle = colours.ink;
    context.beginPath();
    context.roundRect(x - width / 2, y - 6.5, width, 13, 6.5);
    context.fill();
    context.fillStyle = colours.paper;
    context.textAlign = "center";
    context.fillText(String(count), x, y + 3.4);
    context.textAlign = "left";
  }

  /** Names below the counters, the strongest first, where there is room.
   * @param {CanvasRenderingContext2D} context @param {number} size @param {number} scale
   * @param {Array<[number, number, number, number]>} taken */
  drawNames(context, size, scale, taken) {
    if (scale < 2.2) return;
    const colours = palette(this.run);
    context.font = '500 10.5px system-ui, "Noto Sans CJK SC", sans-serif';
    context.textAlign = "center";
    context.lineJoin = "round";
    context.lineWidth = 3;
    for (let i = this.hits.length - 1; i >= 0; i--) {
      const { x, y, stack } = this.hits[i];
      const lead = this.run.units[stack.lead];
      const name = nameOf(stack.group ? this.run.formation.get(stack.group) : lead);
      const half = context.measureText(name).width / 2;
      const below = y + halfHeight(lead.force, size) + 17;
      if (half > 75 || taken.some(([a, b, c, d]) => x - half < c && x + half > a && below - 9 < d && below + 2 > b)) continue;
      taken.push([x - half, below - 10, x + half, below + 3]);
      context.strokeStyle = colours.paper;
      context.strokeText(name, x, below);
      context.fillStyle = colours.ink;
      context.fillText(name, x, below);
    }
    context.textAlign = "left";
  }

  /** Row of the unit chosen, -1 if none is. */
  chosenRow() {
    return state.chosen?.kind === "unit" ? this.run.unitIndex.get(String(state.chosen.id)) ?? -1 : -1;
  }

  /** What lies at a point, the topmost. @param {number} px @param {number} py @param {number} [slack] */
  hit(px, py, slack = 0) {
    for (let i = this.hits.length - 1; i >= 0; i--) {
      const h = this.hits[i];
      if (Math.hypot(h.x - px, h.y - py) <= h.r + slack) return h;
    }
    return null;
  }
}
