// The moderators' queue by keyboard. Without this file each row's own buttons do the same.
(() => {
  const queue = document.querySelector("[data-queue]");
  const rows = () => [...queue.querySelectorAll("[data-row]")];
  const current = () => document.activeElement?.closest?.("[data-row]");
  const said = queue.querySelector("[data-said]");

  const walk = (step) => {
    const all = rows();
    const here = all.indexOf(current());
    all[Math.min(Math.max(here + step, 0), all.length - 1)]?.focus();
  };

  const decide = async (row, act) => {
    const form = row.querySelector("form");
    const next = row.nextElementSibling ?? row.previousElementSibling;
    const body = new FormData(form);
    body.set("act", act);
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
    const told = await answer.json();
    said.textContent = told.said ?? told.refused;
    if (!answer.ok) return;
    const author = act === "block";
    row.remove();
    queue.querySelector("[data-left]").textContent = told.left;
    if (author || (!rows().length && told.left)) return location.reload();
    if (!rows().length) queue.querySelector("[data-nothing]").hidden = false;
    next?.focus();
  };

  queue.addEventListener("submit", (event) => {
    event.preventDefault();
    decide(event.target.closest("[data-row]"), event.submitter.value);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input, textarea") || (event.target.matches("select") && event.key !== "Escape")) return;
    const key = event.key.toLowerCase();
    const row = current() ?? rows()[0];
    if (key === "j" || key === "arrowdown") walk(1);
    else if (key === "k" || key === "arrowup") walk(-1);
    else if (!row) return;
    else if (key === "a") decide(row, "approve");
    else if (key === "r") decide(row, "refuse");
    else if (key === "b") decide(row, "block");
    else if (/^[1-9]$/.test(key)) {
      const reason = row.querySelector("select");
      if (Number(key) > reason.options.length) return;
      reason.selectedIndex = Number(key) - 1;
      decide(row, "refuse");
    } else return;
    event.preventDefault();
  });

  rows()[0]?.focus({ preventScroll: true });
})();
