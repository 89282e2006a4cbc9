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

  const prepare = (within) => {
    tidy();
    for (const field of within.querySelectorAll("[data-counter]")) count(field);
    for (const form of within.querySelectorAll("form[data-draft]")) restore(form);
    within.querySelector("[data-focus]")?.focus();
  };

  document.addEventListener("DOMContentLoaded", () => prepare(document));
  document.addEventListener("htmx:after:swap", (event) => prepare(event.target.closest ? event.target : document));
})();
