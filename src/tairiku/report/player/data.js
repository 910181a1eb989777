/** The run inside the page: deflated text becomes a table of contents and typed arrays. */

/** @typedef {{type: string, shape: number[], offset: number, delta: boolean}} Described */
/** @typedef {Int8Array|Uint8Array|Int16Array|Int32Array|Float32Array} Numbers */

const KINDS = {
  i8: Int8Array, u8: Uint8Array, i16: Int16Array, i32: Int32Array, f32: Float32Array,
};

/**
 * @param {string} text base64 of the zlib stream that report/pack.py wrote
 * @returns {Promise<{contents: any, arrays: Record<string, Numbers>}>}
 */
export async function unpack(text) {
  if (typeof DecompressionStream === "undefined") throw new Error("old-browser");
  const raw = atob(text.trim());
  const bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const buffer = await new Response(stream).arrayBuffer();
  const length = new DataView(buffer).getUint32(0, true);
  const contents = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  /** @type {Record<string, Numbers>} */
  const arrays = {};
  for (const [name, described] of Object.entries(contents.arrays)) {
    arrays[name] = read(buffer, 4 + length, /** @type {Described} */ (described));
  }
  return { contents, arrays };
}

/** @param {ArrayBuffer} buffer @param {number} start @param {Described} told @returns {Numbers} */
function read(buffer, start, told) {
  const count = told.shape.reduce((a, b) => a * b, 1);
  const Kind = KINDS[/** @type {keyof KINDS} */ (told.type)];
  const stored = new Kind(buffer, start + told.offset, count);
  if (!told.delta) return stored;
  const width = told.shape[told.shape.length - 1];
  const whole = told.type === "f32" ? new Float32Array(count) : new Int32Array(count);
  for (let i = 0; i < count; i++) whole[i] = stored[i] + (i % width ? whole[i - 1] : 0);
  return whole;
}
