/** Words and names in the reader's language, numbers and dates as that language writes them. */

import { state } from "./state.js";

export const LANGUAGES = ["en", "de", "zht", "zhs", "ja"];
const LOCALES = { en: "en-GB", de: "de-DE", zht: "zh-TW", zhs: "zh-CN", ja: "ja-JP" };

/** @type {Record<string, string[]>} */
let words = {};
let first = Date.UTC(1944, 3, 17);

/** @param {Record<string, string[]>} table words by key @param {string} firstDate ISO date */
export function learn(table, firstDate) {
  words = table;
  const [year, month, day] = firstDate.split("-").map(Number);
  first = Date.UTC(year, month - 1, day);
}

const at = () => Math.max(0, LANGUAGES.indexOf(state.language));

/** The tag of the language for the page. */
export function tag() {
  return { en: "en", de: "de", zht: "zh-Hant", zhs: "zh-Hans", ja: "ja" }[state.language] ?? "en";
}

/** @param {string} key @returns {string} the key itself where no word is known */
export function t(key) {
  const found = words[key];
  return found ? found[at()] || found[0] : key.replace(/^[a-z_]+\./, "").replaceAll("-", " ");
}

/** @param {string} key */
export function has(key) {
  return key in words;
}

/** @param {{names: string[], id?: string}|null|undefined} thing @returns {string} */
export function nameOf(thing) {
  return thing ? thing.names[at()] || thing.names[0] : "";
}

/** The name in its own country's script, where it differs from the one shown.
 * @param {{names: string[], side?: string}} thing @returns {string} */
export function original(thing) {
  const local = thing.side === "japan" ? thing.names[4] : thing.names[2];
  const shown = nameOf(thing);
  return local && local !== shown ? local : at() > 1 ? thing.names[0] : "";
}

const locale = () => LOCALES[/** @type {keyof LOCALES} */ (state.language)] ?? "en-GB";

/** @param {number} value @param {number} [digits] @returns {string} */
export function number(value, digits = 0) {
  if (!Number.isFinite(value)) return "–";
  return value.toLocaleString(locale(), { maximumFractionDigits: digits });
}

/** @param {number} share 0-1 @returns {string} */
export function percent(share) {
  return `${Math.round(share * 100)} %`;
}

/** @param {number} day campaign day @returns {string} "19 May 1944" */
export function dateOf(day) {
  return new Date(first + Math.max(day, 0) * 86400000).toLocaleDateString(locale(), {
    timeZone: "UTC", day: "numeric", month: "long", year: "numeric",
  });
}

/** @param {number} day @returns {string} "19 May" */
export function shortDate(day) {
  return new Date(first + day * 86400000).toLocaleDateString(locale(), {
    timeZone: "UTC", day: "numeric", month: "short",
  });
}

/** @param {number} day @returns {{day: number, month: string, first: boolean}} for the strip */
export function monthOf(day) {
  const date = new Date(first + day * 86400000);
  return {
    day: date.getUTCDate(),
    month: date.toLocaleDateString(locale(), { timeZone: "UTC", month: "short" }),
    first: date.getUTCDate() === 1,
  };
}

/** @param {string} text ISO date or "" @returns {number|null} campaign day */
export function dayOf(text) {
  const parts = text.split("-").map(Number);
  if (parts.length !== 3 || parts.some(Number.isNaN)) return null;
  return Math.round((Date.UTC(parts[0], parts[1] - 1, parts[2]) - first) / 86400000);
}
