/** Series for the whole of a side: losses of each day, for the strip. */

/**
 * @param {import("./run.js").Run} run
 * @returns {Record<string, Float32Array>} men lost in battle each evening, by side
 */
export function sumUp(run) {
  /** @type {Record<string, Float32Array>} */
  const lost = { japan: new Float32Array(run.evenings), china: new Float32Array(run.evenings) };
  for (let u = 0; u < run.units.length; u++) {
    const series = lost[run.units[u].side] ?? lost.china;
    for (let c = 0; c < run.evenings; c++) series[c] += run.at("lost_today", u, c);
  }
  return lost;
}
