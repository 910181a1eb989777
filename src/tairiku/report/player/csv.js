/** Tables as files that a spreadsheet opens. */

/** @param {Array<Array<string|number|null>>} rows @returns {string} RFC 4180 */
export function csv(rows) {
  const cell = (/** @type {string|number|null} */ value) => {
    const text = value === null || value === undefined ? "" : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** @param {string} name of the file @param {Array<Array<string|number|null>>} rows */
export function download(name, rows) {
  const url = URL.createObjectURL(new Blob(["\ufeff", csv(rows)], { type: "text/csv;charset=utf-8" }));
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
