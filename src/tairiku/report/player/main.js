/** The page begins here: the run is unpacked, the parts are made, the keys are listened to. */

import { Clock } from "./clock.js";
import { wireFigures } from "./figures.js";
import { unpack } from "./data.js";
import { byId, el } from "./dom.js";
import { Inspector } from "./inspector.js";
import { wireKeys } from "./keys.js";
import { MapView } from "./map.js";
import { OrderOfBattle } from "./order_of_battle.js";
import { Run } from "./run.js";
import { Search } from "./search.js";
import { set, state, when } from "./state.js";
import { Strip } from "./strip.js";
import { Tables, wirePlaces } from "./tables.js";
import { LANGUAGES, learn, t, tag } from "./words.js";

const TABS = ["map", "beside", "charts", "tables", "sources"];

/** What the reader chose last time; a page from disk may not be allowed to keep it.
 * @param {string} key @param {string} [value] */
function kept(key, value) {
  try {
    if (value !== undefined) localStorage.setItem(`tairiku-${key}`, value);
    return localStorage.getItem(`tairiku-${key}`);
  } catch {
    return null;
  }
}

/** Words of the page itself, in the reader's language. */
function writeWords() {
  document.documentElement.lang = tag();
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.getAttribute("data-t") ?? "");
  for (const [attribute, name] of [["data-t-label", "aria-label"], ["data-t-title", "title"], ["data-t-hint", "placeholder"]]) {
    for (const node of document.querySelectorAll(`[${attribute}]`)) node.setAttribute(name, t(node.getAttribute(attribute) ?? ""));
  }
  for (const node of document.querySelectorAll("[data-language]")) {
    node.setAttribute("aria-pressed", String(node.getAttribute("data-language") === state.language));
  }
}

function wireChoices() {
  for (const node of document.querySelectorAll("[data-language]")) {
    node.addEventListener("click", () => set({ language: node.getAttribute("data-language") ?? "en" }));
  }
  when(["language"], () => { writeWords(); kept("language", state.language); });
  byId("theme").addEventListener("click", () => set({ theme: state.theme === "light" ? "dark" : "light" }));
  when(["theme"], () => { document.documentElement.dataset.theme = state.theme; kept("theme", state.theme); });
  for (const tab of TABS) byId(`tab-${tab}`).addEventListener("click", () => set({ tab }));
  const showTab = () => {
    for (const tab of TABS) {
      byId(`tab-${tab}`).setAttribute("aria-selected", String(tab === state.tab));
      byId(`page-${tab}`).hidden = tab !== state.tab;
    }
    document.body.dataset.tab = state.tab;
  };
  when(["tab"], showTab);
  showTab();
  const layers = byId("layer-list");
  const writeLayers = () => layers.replaceChildren(...Object.keys(state.layers).map((name) => el("label", {},
    el("input", { type: "checkbox", checked: state.layers[name], onchange: (/** @type {Event} */ e) =>
      set({ layers: { ...state.layers, [name]: /** @type {HTMLInputElement} */ (e.target).checked } }) }), t(`layer.${name}`))));
  when(["language", "layers"], writeLayers);
  writeLayers();
  byId("show-tree").addEventListener("click", () => byId("order-of-battle").classList.toggle("open"));
}

async function begin() {
  const run = new Run(await unpack(byId("payload").textContent ?? ""));
  learn(run.contents.words, run.contents.first_date);
  const language = kept("language") ?? run.contents.language;
  state.language = LANGUAGES.includes(language) ? language : "en";
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  state.theme = kept("theme") === "dark" || (kept("theme") === null && dark) ? "dark" : "light";
  document.documentElement.dataset.theme = state.theme;
  state.time = Math.min(run.lastDay, 0);
  wireChoices();
  writeWords();
  const view = new MapView(run);
  const go = (/** @type {import("./state.js").Mark} */ mark) => view.go(mark);
  const clock = new Clock(run, view);
  new Strip(run, go);
  new OrderOfBattle(run, go);
  new Inspector(run, go);
  new Search(run, go);
  new Tables(run, view, go);
  wirePlaces(run, go);
  wireFigures(run);
  wireKeys(run, view, clock);
  byId("loading").remove();
  document.body.dataset.ready = "yes";
  // for tests and the curious: the page's own objects
  Object.assign(window, { tairiku: { run, state, set, view, clock } });
}

begin().catch((error) => {
  const loading = byId("loading");
  loading.classList.add("failed");
  const old = error instanceof Error && error.message === "old-browser";
  loading.replaceChildren(el("p", {}, old
    ? "This browser is too old for the map; the tables below need no script. Use Chrome 103, Firefox 113, Safari 16.4 or later."
    : `The map could not be made: ${error}. The tables need no map; reload the page, or write the report again with 'tairiku report'.`),
  el("button", { type: "button", onclick: () => { loading.remove(); for (const tab of TABS) byId(`page-${tab}`).hidden = tab === "map"; } }, "Show the tables"));
});
