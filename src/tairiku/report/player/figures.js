/** Charts and tables of the page: their figures as files. */

import { download } from "./csv.js";

/** @param {import("./run.js").Run} run */
export function wireFigures(run) {
  for (const button of document.querySelectorAll("[data-csv]")) {
    const name = button.getAttribute("data-csv") ?? "";
    button.addEventListener("click", () => {
      const table = run.contents.figures[name];
      if (table) download(`${name}.csv`, table);
      else {
        const shown = document.getElementById(`table-${name}`);
        const rows = [...(shown?.querySelectorAll("tr") ?? [])].map((row) =>
          [...row.children].map((cell) => cell.textContent?.trim() ?? ""));
        download(`${name}.csv`, rows);
      }
    });
  }
}
