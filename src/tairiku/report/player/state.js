/** What the reader has chosen: one object; whoever draws from it is told when it changes. */

/**
 * @typedef {{kind: "unit"|"place"|"hex"|"battle"|"field"|"box"|"formation", id: string|number}}
 *   Mark a thing the inspector can show
 */

/**
 * @typedef {Object} State
 * @property {number} time campaign day, with a fraction while playing; -1 is the first dawn
 * @property {boolean} playing
 * @property {number} speed days a second
 * @property {string} language en, de, zht, zhs, ja
 * @property {string} theme light or dark
 * @property {string} tab map, beside, charts, tables, sources
 * @property {Mark|null} chosen
 * @property {Record<string, boolean>} layers
 */

/** @type {State} */
export const state = {
  time: -1,
  playing: false,
  speed: 2,
  language: "en",
  theme: "light",
  tab: "map",
  chosen: null,
  layers: {
    relief: true, control: true, rivers: true, rails: true, roads: false, provinces: false,
    places: true, fields: true, units: true, trails: true, battles: true, boxes: true,
  },
};

/** @type {Map<string, Set<() => void>>} */
const listeners = new Map();

/** @param {string[]} keys parts of the state @param {() => void} tell called after a change */
export function when(keys, tell) {
  for (const key of keys) {
    if (!listeners.has(key)) listeners.set(key, new Set());
    /** @type {Set<() => void>} */ (listeners.get(key)).add(tell);
  }
}

/** @param {Partial<State>} change */
export function set(change) {
  /** @type {Set<() => void>} */
  const told = new Set();
  for (const [key, value] of Object.entries(change)) {
    // @ts-ignore the keys are those of State
    if (state[key] === value) continue;
    // @ts-ignore
    state[key] = value;
    for (const tell of listeners.get(key) ?? []) told.add(tell);
  }
  for (const tell of told) tell();
}

/** The evening shown: a whole campaign day. */
export function today() {
  return Math.floor(state.time + 1e-6);
}
