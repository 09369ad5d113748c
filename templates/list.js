"use strict";
// The list can be read without this: it lets a press on a column's name sort by it.
(() => {
  const table = document.querySelector(".list");
  if (!table) return;
  document.getElementById("sortable").hidden = false;
  const body = table.tBodies[0], collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  [...table.tHead.rows[0].cells].forEach((cell, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...cell.childNodes);
    cell.append(button);
    button.addEventListener("click", () => {
      const down = cell.getAttribute("aria-sort") === "ascending";
      const value = row => row.cells[at].dataset.value, number = cell.classList.contains("isnad-number");
      const compare = (a, b) => number ? value(a) - value(b) : collator.compare(value(a), value(b));
      const sorted = [...body.rows].sort((a, b) => (down ? -1 : 1) * compare(a, b));
      body.append(...sorted);
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      cell.setAttribute("aria-sort", down ? "descending" : "ascending");
    });
  });
})();
