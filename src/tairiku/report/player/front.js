/** The line between the sides: from the hexes each holds to smooth rings and chains. */

/** @typedef {Array<[number, number]>} Line points in the plane [km] */

// the six corners of a hex in half pitches to the east and half radii to the south
const CORNER_X = [1, 1, 0, -1, -1, 0];
const CORNER_Y = [1, -1, -2, -1, 1, 2];

/**
 * Edges of the hexes of one kind that face others; an edge runs with its own hex on the left.
 * @param {import("./run.js").Run} run
 * @param {ArrayLike<number>} kinds of each hex
 * @param {number} own
 * @param {(other: number) => boolean} faces whether an edge towards such a kind is wanted; -1 is
 *   what lies beyond the map
 * @returns {Array<[number, number, [number, number]]>} start, end, middle of each edge
 */
function edges(run, kinds, own, faces) {
  const { cols, pitch } = run.grid;
  const radius = pitch / Math.sqrt(3);
  /** @type {Array<[number, number, [number, number]]>} */
  const found = [];
  for (let hex = 0; hex < kinds.length; hex++) {
    if (kinds[hex] !== own) continue;
    const row = Math.floor(hex / cols);
    const across = 2 * (hex % cols) + (row & 1) + 1;
    const key = (/** @type {number} */ k) =>
      (across + CORNER_X[k]) * 4096 + row * 3 + CORNER_Y[k] + 2;
    for (let side = 0; side < 6; side++) {
      const other = run.neighbour(hex, side);
      const kind = other < 0 ? -1 : kinds[other];
      if (kind === own || !faces(kind)) continue;
      const [x, y] = run.centre(hex);
      const next = (side + 1) % 6;
      found.push([key(side), key(next), [
        x + ((CORNER_X[side] + CORNER_X[next]) * pitch) / 4,
        y - ((CORNER_Y[side] + CORNER_Y[next]) * radius) / 4,
      ]]);
    }
  }
  return found;
}

/** Join edges end to start. @param {ReturnType<typeof edges>} parts @returns {{line: Line, closed: boolean}[]} */
function joined(parts) {
  const from = new Map(parts.map((part, i) => [part[0], i]));
  const to = new Set(parts.map((part) => part[1]));
  const used = new Uint8Array(parts.length);
  /** @type {{line: Line, closed: boolean}[]} */
  const chains = [];
  const walk = (/** @type {number} */ start) => {
    /** @type {Line} */
    const line = [];
    /** @type {number|undefined} */
    let i = start;
    while (i !== undefined && !used[i]) {
      used[i] = 1;
      line.push(parts[i][2]);
      i = from.get(parts[i][1]);
    }
    chains.push({ line, closed: i === start });
  };
  parts.forEach((part, i) => { if (!to.has(part[0])) walk(i); });
  parts.forEach((_, i) => { if (!used[i]) walk(i); });
  return chains;
}

/** Chaikin's corner cutting. @param {Line} line @param {boolean} closed @returns {Line} */
export function smooth(line, closed) {
  if (line.length < 3) return line;
  /** @type {Line} */
  const cut = closed ? [] : [line[0]];
  const n = closed ? line.length : line.length - 1;
  for (let i = 0; i < n; i++) {
    const [a, b] = [line[i], line[(i + 1) % line.length]];
    cut.push([a[0] * 0.75 + b[0] * 0.25, a[1] * 0.75 + b[1] * 0.25]);
    cut.push([a[0] * 0.25 + b[0] * 0.75, a[1] * 0.25 + b[1] * 0.75]);
  }
  if (!closed) cut.push(line[line.length - 1]);
  return cut;
}

/** @param {{line: Line, closed: boolean}[]} chains @returns {Path2D} in the plane, y to the south */
function path(chains) {
  const drawn = new Path2D();
  for (const { line, closed } of chains) {
    const soft = smooth(smooth(line, closed), closed);
    soft.forEach(([x, y], i) => (i ? drawn.lineTo(x, -y) : drawn.moveTo(x, -y)));
    if (closed) drawn.closePath();
  }
  return drawn;
}

/**
 * @param {import("./run.js").Run} run
 * @param {number} day
 * @returns {{held: Path2D, front: Path2D}} the country Japan holds, and the line that faces China
 */
export function frontOf(run, day) {
  const control = run.control(day);
  return {
    held: path(joined(edges(run, control, 0, () => true))),
    front: path(joined(edges(run, control, 0, (holder) => holder === 1))),
  };
}

/** The country outside the theatre, which no one can enter. @param {import("./run.js").Run} run @returns {Path2D} */
export function outside(run) {
  const own = run.contents.terrains.indexOf("outside");
  return path(joined(edges(run, run.arrays.terrain, own, () => true)));
}
