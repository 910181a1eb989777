/** Downloads of a study's report: each figure as SVG, each table as CSV. */

/** @param {string} name @param {string} type @param {string} text */
function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** @param {string} text @returns {string} a cell by RFC 4180 */
function cell(text) {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

for (const button of document.querySelectorAll("[data-svg]")) {
  button.addEventListener("click", () => {
    const key = button.getAttribute("data-svg");
    const svg = document.getElementById(key)?.querySelector("svg");
    if (svg) save(`${key}.svg`, "image/svg+xml", new XMLSerializer().serializeToString(svg));
  });
}

for (const button of document.querySelectorAll("[data-csv]")) {
  button.addEventListener("click", () => {
    const key = button.getAttribute("data-csv");
    const table = /** @type {HTMLTableElement} */ (document.querySelector(`table[data-name="${key}"]`));
    const rows = [...table.rows].map((row) => [...row.cells].map((c) => cell(c.textContent ?? "")).join(","));
    save(`${key}.csv`, "text/csv;charset=utf-8", `\ufeff${rows.join("\r\n")}\r\n`);
  });
}
