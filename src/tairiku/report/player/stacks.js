/** Units that stand too close to be drawn apart are one counter: an army, a corps, or a stack. */

/**
 * @typedef {Object} Stack
 * @property {number} lead row of the strongest unit, whose place the counter takes
 * @property {number[]} members rows, strongest first
 * @property {string|null} group formation all members belong to, if there is one and they merged
 * @property {string} side
 * @property {number} men
 * @property {number} full men at full strength
 * @property {number} food days of food, the mean over the men
 */

const ARMIES = new Set(["army", "group-army", "area-army", "war-zone"]);

/** The formation a unit is shown as at a scale: its army, its corps, or itself.
 * @param {import("./run.js").Run} run @param {Map<string, string>} tree @param {number} unit @param {number} scale */
function groupOf(run, tree, unit, scale) {
  if (scale >= 2.2) return null;
  let id = tree.get(run.units[unit].id);
  for (let i = 0; id && i < 12; i++) {
    const formation = run.formation.get(id);
    if (!formation) return null;
    if (scale >= 1 ? formation.level === "corps" || ARMIES.has(formation.level)
      : ARMIES.has(formation.level)) return id;
    id = tree.get(id);
  }
  return null;
}

/**
 * @param {import("./run.js").Run} run
 * @param {number} day
 * @param {number} scale pixels a kilometre
 * @param {number} size width of a counter [pixels]
 * @returns {Stack[]} the strongest first
 */
export function stacksOf(run, day, scale, size) {
  const evening = day + 1;
  const tree = run.superiors(day);
  const there = [];
  for (let u = 0; u < run.units.length; u++) {
    const spot = run.spot(u, evening);
    const men = spot ? run.at("men", u, evening) : 0;
    if (spot && men > 0) there.push({ u, men, x: spot[0], y: spot[1] });
  }
  there.sort((a, b) => b.men - a.men || a.u - b.u);
  /** @type {Array<Stack & {x: number, y: number, key: string|null}>} */
  const stacks = [];
  const apart = (size * 0.62) / scale; // nearer than this, counters would hide each other [km]
  for (const { u, men, x, y } of there) {
    const unit = run.units[u];
    const key = groupOf(run, tree, u, scale);
    const home = stacks.find((s) => s.side === unit.side
      && (near(s, x, y) < apart || (key !== null && s.key === key && near(s, x, y) < apart + 40)));
    if (home) {
      home.members.push(u);
      home.men += men;
      home.full += run.full[u];
      home.food += men * run.foodDays(u, evening);
      if (home.key !== key) home.group = null;
    } else {
      stacks.push({
        lead: u, members: [u], group: key, key, side: unit.side, men, full: run.full[u],
        food: men * run.foodDays(u, evening), x, y,
      });
    }
  }
  for (const stack of stacks) {
    stack.food /= Math.max(stack.men, 1);
    if (stack.members.length === 1) stack.group = null;
  }
  return stacks;
}

/** @param {{x: number, y: number}} stack @param {number} x @param {number} y */
function near(stack, x, y) {
  return Math.hypot(stack.x - x, stack.y - y);
}
