/* Narrows and sorts the lists of a page. The view is kept in the address, so that it can be sent to a colleague.

   The filters [data-mb-filters=ID] belong to the list #ID. What can be hidden there carries data-f: for each facet
   the places of its answers, as pages/facets.py writes them ("0|2 5|"). [data-mb-group] is hidden when all that is
   in it is. A table that is split over several pages names the others in data-parts: they are fetched from this site
   as soon as somebody narrows or sorts. */
(() => {
  "use strict";

  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  // The folds that are open because somebody narrowed a list.
  const opened = new WeakSet();

  for (const filters of document.querySelectorAll("[data-mb-filters]")) {
    const list = document.getElementById(filters.dataset.mbFilters);
    if (list) start(filters, list);
  }

  function start(filters, list) {
    const view = new URLSearchParams(location.search);
    for (const control of controlsOf(filters)) {
      if (view.has(control.name)) control.value = view.get(control.name);
      // A word that is no option any more leaves the control without a choice: it asks for nothing.
      if (control.tagName === "SELECT" && control.selectedIndex < 0) control.value = "";
    }
    const sorting = { by: view.get("sort"), down: view.get("order") === "desc" };
    let whole = null;

    const update = async () => {
      remember(filters, sorting);
      const asked = isAsked(filters) || sorting.by !== null;
      if (asked && whole === null) whole = fetchParts(list);
      if (asked) await whole;
      sort(list, sorting);
      tell(filters, list, narrow(filters, list));
    };
    const clear = () => {
      for (const control of controlsOf(filters)) control.value = "";
      sorting.by = null;
      update();
    };
    filters.addEventListener("input", update);
    filters.querySelector("button").addEventListener("click", clear);
    noneOf(list)?.querySelector("button").addEventListener("click", clear);
    addSortButtons(list, sorting, update);
    filters.hidden = false;
    foldOnPhones(filters, () => isAsked(filters) || sorting.by !== null);
    update();
  }

  /* What a reader asks with: the words that a row contains, and a choice for each facet. */
  function controlsOf(filters) {
    return [...filters.querySelectorAll("[name]")];
  }

  /* On a phone the records come first, and the filters are folded away while nothing is asked. */
  function foldOnPhones(filters, asked) {
    const phone = matchMedia("(max-width: 30em)");
    const fold = () => (filters.closest("details").open = !phone.matches || asked());
    phone.addEventListener("change", fold);
    fold();
  }

  function isAsked(filters) {
    return controlsOf(filters).some((control) => control.value !== "");
  }

  function remember(filters, sorting) {
    const view = new URLSearchParams(location.search);
    for (const control of controlsOf(filters)) {
      if (control.value) view.set(control.name, control.value);
      else view.delete(control.name);
    }
    view.delete("sort");
    view.delete("order");
    if (sorting.by !== null) {
      view.set("sort", sorting.by);
      if (sorting.down) view.set("order", "desc");
    }
    const address = new URL(location.href);
    address.search = view;
    history.replaceState(null, "", address);
  }

  /* Hides what does not answer as asked; gives how many of how many are shown. */
  function narrow(filters, list) {
    const wanted = [...filters.querySelectorAll("select[data-facet]")]
      .filter((select) => select.value !== "")
      .map((select) => [Number(select.dataset.facet), select.selectedOptions[0].dataset.place]);
    const words = typed(filters.querySelector("[name=contains]")?.value ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    const items = [...list.querySelectorAll("[data-f]")];
    let shown = 0;
    for (const item of items) {
      const answers = item.dataset.f.split("|");
      const text = words.length ? typed(item.textContent).toLowerCase() : "";
      const fits =
        wanted.every(([facet, place]) => answers[facet].split(" ").includes(place)) &&
        words.every((word) => text.includes(word));
      item.hidden = !fits;
      if (fits) shown += 1;
    }
    // Of a table in parts, the rest is fetched only when somebody asks for it.
    const all = Math.max(items.length, Number(list.dataset.total || 0));
    const asked = wanted.length > 0 || words.length > 0;
    for (const group of list.querySelectorAll("[data-mb-group]")) {
      group.hidden = !group.querySelector("[data-f]:not([hidden])");
      for (const fold of group.querySelectorAll("details")) {
        // What was looked for is shown, and folded away again when nobody asks for it any more.
        if (asked && !fold.open) opened.add(fold);
        if (opened.has(fold)) fold.open = asked;
        if (!asked) opened.delete(fold);
      }
    }
    return [shown, all];
  }

  /* The sentence that stands in the place of a list that is narrowed to nothing. */
  function noneOf(list) {
    return document.querySelector(`[data-mb-none="${list.id}"]`);
  }

  function tell(filters, list, [shown, all]) {
    const missing = list.dataset.missing ? `. ${list.dataset.missing}` : "";
    const [some, whole] = [shown, all].map((number) => number.toLocaleString("en"));
    const count = shown === all ? `${whole} ${filters.dataset.what}` : `${some} of ${whole} ${filters.dataset.what}`;
    filters.querySelector("output").textContent = count + missing;
    filters.querySelector("button").hidden = !isAsked(filters);
    const none = noneOf(list);
    if (none) none.hidden = shown > 0;
    (list.closest(".mb-scroll") || list).hidden = shown === 0;
  }

  function addSortButtons(list, sorting, update) {
    for (const head of list.querySelectorAll("thead th[data-sort]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => {
        sorting.down = sorting.by === head.dataset.sort && !sorting.down;
        sorting.by = head.dataset.sort;
        update();
      });
      head.append(button);
    }
  }

  function sort(list, sorting) {
    const body = list.querySelector("tbody");
    const heads = [...list.querySelectorAll("thead th")];
    const column = heads.findIndex((head) => sorting.by !== null && head.dataset.sort === sorting.by);
    for (const head of heads) {
      if (!head.dataset.sort) continue;
      const state = head === heads[column] ? (sorting.down ? "descending" : "ascending") : "none";
      head.setAttribute("aria-sort", state);
    }
    if (!body) return;
    const rows = [...body.rows];
    rows.forEach((row, place) => (row.mbPlace ??= place));
    const hasFigures = column >= 0 && heads[column].classList.contains("mb-figures");
    const facet = column < 0 || hasFigures ? undefined : heads[column].dataset.facet;
    const key = (row) => {
      // Figures are sorted by their size, words of a vocabulary as it orders them, everything else as it reads.
      if (facet !== undefined) return row.dataset.f.split("|")[facet];
      const text = typed(row.cells[column].innerText.trim());
      return text === "–" ? "" : hasFigures ? figure(text) : text;
    };
    const keys = new Map(rows.map((row) => [row, column < 0 ? "" : key(row)]));
    rows.sort((one, other) => {
      const [a, b] = [keys.get(one), keys.get(other)];
      // What has no value comes last, whichever way the others stand.
      if ((a === "") !== (b === "")) return b === "" ? -1 : 1;
      return (sorting.down ? -1 : 1) * compare(a, b) || one.mbPlace - other.mbPlace;
    });
    body.append(...rows);
  }

  /* A text as a keyboard has it: pages tell figures below nothing with the sign that is made for it. */
  function typed(text) {
    return text.replaceAll("\u2212", "-");
  }

  /* The number that a figure begins with: -1200.5 of "-1,200.5 EUR". What begins with none, as a day, stays text. */
  function figure(text) {
    const found = /^[-+]?\d[\d,]*(\.\d+)?(e[-+]?\d+)?(?=\s|$)/i.exec(text);
    return found ? Number(found[0].replaceAll(",", "")) : text;
  }

  /* Numbers by their size and words as people sort them; numbers come before words. */
  function compare(a, b) {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    return collator.compare(a, b);
  }

  /* The rows of the table's other pages, with their links as seen from here. */
  async function fetchParts(list) {
    for (const part of (list.dataset.parts || "").split(" ").filter(Boolean)) {
      try {
        const page = await window.minutebook.fetchPage(part);
        for (const row of page.querySelectorAll(`#${list.id} tbody tr`)) {
          list.querySelector("tbody").append(document.adoptNode(row));
        }
      } catch {
        list.dataset.missing = "The other parts of this table could not be read: this is a part of it";
      }
    }
  }
})();
