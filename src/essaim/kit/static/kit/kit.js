// Comfort only: every page works without this file.
(() => {
  const root = document.documentElement;
  root.dataset.script = "";

  const closest = (event, selector) => event.target.closest?.(selector);

  document.addEventListener("click", (event) => {
    closest(event, "[data-dismiss]")?.closest("[data-toast]")?.remove();

    const opener = closest(event, "[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens)?.showModal();
    closest(event, "[data-closes]")?.closest("dialog")?.close();

    const copier = closest(event, "[data-copy]");
    if (copier) {
      navigator.clipboard.writeText(copier.dataset.copy).then(() => {
        copier.dataset.copied = "";
        const said = copier.querySelector("[data-said]");
        if (said) said.textContent = copier.dataset.saying ?? "✓";
      });
    }

    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // Before htmx hears of it, so that a "no" sends nothing either way.
  document.addEventListener(
    "submit",
    (event) => {
      const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
      if (question && !window.confirm(question)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    },
    true,
  );

  const count = (field) => {
    const counter = document.getElementById(field.dataset.counter);
    if (!counter) return;
    const length = [...field.value].length;
    counter.textContent = `${length} / ${field.dataset.most}`;
    counter.classList.toggle("over", length > Number(field.dataset.most));
  };

  // A form with data-draft="key" keeps what is typed in this browser. Sending marks the draft; it is thrown away
  // when a page without that form comes back soon after, which is what an accepted form leads to.
  const SOON = 60_000;
  const draftKey = (form) => `draft:${form.dataset.draft}`;
  const fields = (form) =>
    [...form.elements].filter((el) => el.name && !["hidden", "file", "password", "submit"].includes(el.type));

  const keep = (form) => {
    const kept = {};
    for (const el of fields(form)) {
      if (["checkbox", "radio"].includes(el.type)) (kept[el.name] ??= []).push(...(el.checked ? [el.value] : []));
      else kept[el.name] = el.value;
    }
    localStorage.setItem(draftKey(form), JSON.stringify(kept));
  };

  const restore = (form) => {
    const kept = JSON.parse(localStorage.getItem(draftKey(form)) ?? "null");
    if (!kept || form.querySelector("[aria-invalid]")) return;
    for (const el of fields(form)) {
      if (!(el.name in kept)) continue;
      if (["checkbox", "radio"].includes(el.type)) el.checked = kept[el.name].includes(el.value);
      else if (!el.value) el.value = kept[el.name];
    }
  };

  document.addEventListener("input", (event) => {
    if (event.target.dataset.counter) count(event.target);
    const form = event.target.form;
    if (form?.dataset.draft) keep(form);
  });

  document.addEventListener("submit", (event) => {
    if (event.target.dataset.draft) sessionStorage.setItem("sent", JSON.stringify([draftKey(event.target), Date.now()]));
  });

  const tidy = () => {
    const [key, moment] = JSON.parse(sessionStorage.getItem("sent") ?? "[null, 0]");
    if (!key) return;
    const open = [...document.querySelectorAll("form[data-draft]")].some((form) => draftKey(form) === key);
    if (!open && Date.now() - moment < SOON) localStorage.removeItem(key);
    if (!open) sessionStorage.removeItem("sent");
  };

  // Where one is, in a strip too long for its place: brought into view.
  const show = (strip) => {
    const here = strip.querySelector("[aria-current]");
    if (!here) return;
    const [at, around] = [here.getBoundingClientRect(), strip.getBoundingClientRect()];
    if (at.left < around.left || at.right > around.right) strip.scrollLeft += at.left - around.left - (around.width - at.width) / 2;
    if (at.top < around.top || at.bottom > around.bottom) strip.scrollTop += at.top - around.top - around.height / 2;
  };

  // What folds on a phone only is said to be open where there is room: the style sheet shows it without being told.
  const roomy = matchMedia("(min-width: 60rem)");
  const unfold = () => document.querySelectorAll(".rail-fold").forEach((rail) => (rail.open = roomy.matches));
  roomy.addEventListener("change", unfold);

  // A table too wide for its place folds: each row a card, each cell after the name of its column. The roles are
  // written because some browsers forget them when rows are no longer laid out as rows.
  const name = (table) => {
    const heads = [...table.tHead.rows[0].cells].map((cell) => (cell.querySelector(".sr-only") ? "" : cell.textContent.trim()));
    table.setAttribute("role", "table");
    for (const group of [table.tHead, ...table.tBodies, table.tFoot]) group?.setAttribute("role", "rowgroup");
    for (const row of table.rows) {
      row.setAttribute("role", "row");
      let column = 0;
      for (const cell of row.cells) {
        const head = cell.parentElement.parentElement === table.tHead;
        cell.setAttribute("role", head ? "columnheader" : cell.tagName === "TH" ? "rowheader" : "cell");
        if (!head && column && cell.colSpan === 1 && heads[column]) cell.dataset.label = heads[column];
        column += cell.colSpan;
      }
    }
  };

  const NARROW = 416;
  const widths = new WeakMap();
  const fold = (frame) => {
    const table = frame.querySelector(":scope > .table");
    if (widths.get(frame) === frame.clientWidth || table?.tHead?.rows.length !== 1) return;
    widths.set(frame, frame.clientWidth);
    table.classList.remove("folded");
    const tight = frame.clientWidth < NARROW && table.tHead.rows[0].cells.length > 3;
    table.classList.toggle("folded", tight || frame.scrollWidth > frame.clientWidth + 1);
  };
  const folding = new ResizeObserver((seen) => seen.forEach(({ target }) => fold(target)));

  const prepare = (within) => {
    tidy();
    if (within === document) unfold();
    for (const strip of within.querySelectorAll(".rail, .tabs, .site-nav")) show(strip);
    for (const frame of within.querySelectorAll(".table-frame")) {
      const table = frame.querySelector(":scope > .table");
      if (table?.tHead?.rows.length === 1) name(table);
      folding.observe(frame);
    }
    for (const field of within.querySelectorAll("[data-counter]")) count(field);
    for (const form of within.querySelectorAll("form[data-draft]")) restore(form);
    within.querySelector("[data-focus]")?.focus();
  };

  document.addEventListener("DOMContentLoaded", () => prepare(document));
  document.addEventListener("htmx:after:swap", (event) => prepare(event.target.closest ? event.target : document));
})();
