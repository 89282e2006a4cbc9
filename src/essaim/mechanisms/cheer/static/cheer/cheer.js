// Comfort only: the page counts, and takes cheers, without this file.
(() => {
  const race = document.querySelector("[data-cheer]");
  const form = document.querySelector("[data-cheer-form]");
  const language = document.documentElement.lang;
  const figure = new Intl.NumberFormat(language);

  // The race. What is heard is shown with the next frame; what came in between is never drawn.
  const show = ({ round, camps }) => {
    if (String(round) !== race.dataset.round) return;
    const most = Math.max(...camps.map((camp) => camp[1]), 0);
    const total = camps.reduce((sum, camp) => sum + camp[1], 0);
    for (const [slug, members, guests, heard] of camps) {
      const lane = race.querySelector(`[data-lane="${CSS.escape(slug)}"]`);
      if (!lane) continue;
      lane.querySelector("[data-members]").textContent = figure.format(members);
      lane.querySelector("[data-part]").textContent = total ? Math.round((100 * members) / total) : 0;
      lane.querySelector("[data-fill]").setAttribute("width", most ? (100 * members) / most : 0);
      lane.querySelector("[data-apart]").textContent = figure.format(guests + heard);
      lane.querySelector("[data-apart-line]").hidden = !(guests + heard);
      lane.classList.toggle("leads", most > 0 && members === most);
    }
    const sum = race.querySelector("[data-total]");
    if (sum) sum.textContent = figure.format(total);
  };

  if (race?.querySelector("[data-race]")) {
    let waiting = null;
    race.querySelector("[data-alive]")?.removeAttribute("hidden");
    followTally({ stream: race.dataset.stream, poll: race.dataset.poll }, (told) => {
      if (!waiting) requestAnimationFrame(() => (show(waiting), (waiting = null)));
      waiting = told;
    });
  }

  // The cheer, by the quick way where there is one. Anything unexpected goes the plain way.
  if (!form?.dataset.live) return;
  const place = document.querySelector("[data-answer]");
  const STATES = { accepted: "accepted", changed: "changed", duplicate: "duplicate", closed: "closed", stranger: "stranger", busy: "busy", "not-written": "busy" };

  const say = (what, camp, time) => {
    const told = document.querySelector(`template[data-said="${what}"]`).content.cloneNode(true);
    for (const [name, text] of [["camp", camp], ["time", time]]) {
      const hole = told.querySelector(`[data-${name}]`);
      if (hole) hole.textContent = text;
    }
    place.replaceChildren(told);
    place.scrollIntoView({ block: "nearest" });
  };

  const timeOf = (answer) => {
    const date = new Date(answer.headers.get("date") ?? Date.now());
    return new Intl.DateTimeFormat(language, { timeStyle: "medium" }).format(date);
  };

  const send = async (camp, words) => {
    const { round, campaign } = form.dataset;
    const body = JSON.stringify({ round: Number(round), campaign: Number(campaign), camp: Number(camp.dataset.pk), words });
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(form.dataset.live, { method: "POST", headers, body });
    const { outcome, camp: stands } = await answer.json();
    if (!(outcome in STATES) || (outcome === "duplicate" && words)) return form.submit();
    const standing = form.querySelector(`[data-pk="${stands}"]`) ?? camp;
    standing.checked = true;
    say(STATES[outcome], standing.closest("label").textContent.trim(), timeOf(answer));
    if (answer.ok) form.elements.words.value = "";
  };

  form.addEventListener("submit", async (event) => {
    const camp = form.querySelector("[name=camp]:checked");
    if (!camp) return;
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      await send(camp, form.elements.words.value);
    } catch {
      say("offline");
    }
    button.disabled = false;
  });
})();
