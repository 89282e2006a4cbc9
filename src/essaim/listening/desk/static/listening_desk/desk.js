// The inbox and a mention by keyboard. Without this file the page's own links and buttons do the same.
(() => {
  const list = document.querySelector("[data-mentions]");
  const rows = () => (list ? [...list.querySelectorAll("[data-row]")] : []);
  const current = () => document.activeElement?.closest?.("[data-row]") ?? rows()[0];

  const walk = (step) => {
    const all = rows();
    const here = all.indexOf(document.activeElement?.closest?.("[data-row]"));
    all[Math.min(Math.max(here + step, 0), all.length - 1)]?.focus();
  };

  const press = (key) => {
    const within = list && !"pn".includes(key) ? current() : document;
    const found = within?.querySelector(`[data-key="${key}"]`);
    if (!found) return false;
    const closed = found.closest("details:not([open])");
    if (closed) {
      // What asks a question first is opened, and asked.
      closed.open = true;
      closed.querySelector("select, input:not([type=hidden])")?.focus();
    } else found.click();
    return true;
  };

  const answerHere = () => {
    const field = document.querySelector("#answer textarea");
    field?.scrollIntoView({ block: "center" });
    field?.focus();
    return Boolean(field);
  };

  const acts = {
    j: () => (list ? walk(1) : press("j")),
    k: () => (list ? walk(-1) : press("k")),
    enter: () => list && document.activeElement?.matches("[data-row]") && current().querySelector("[data-open]").click(),
    r: () => (list ? press("r") : answerHere()),
    u: () => !list && document.querySelector(".breadcrumb a")?.click(),
    "/": () => {
      const filters = document.querySelector("[data-filters]");
      if (!filters) return;
      filters.closest("details").open = true;
      filters.querySelector("input[type=search]").focus();
    },
  };
  for (const key of ["a", "s", "c", "n", "p"]) acts[key] = () => press(key);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
    const act = acts[event.key.toLowerCase()];
    if (!act || (event.key === "Enter" && !event.target.matches("[data-row]"))) return;
    act();
    event.preventDefault();
  });
})();
