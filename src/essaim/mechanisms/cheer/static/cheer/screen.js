// The race on a wall. It runs for hours: nothing is kept but the last count and the last messages, the elements are
// those the page came with, and one timer drives the ticker.
(() => {
  const stage = document.querySelector("[data-screen]");
  const figure = new Intl.NumberFormat(document.documentElement.lang);
  const lanes = new Map([...stage.querySelectorAll("[data-lane]")].map((lane) => [lane.dataset.lane, lane]));
  const total = stage.querySelector("[data-total]");
  const words = stage.querySelector("[data-ticker-words]");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const EACH = 6000;
  const ASK = 10_000;

  const run = (lane, length) => lane.querySelector("[data-runner]").style.setProperty("--length", length / 100);
  for (const lane of lanes.values()) run(lane, lane.querySelector("[data-runner]").dataset.length);

  // The race.
  let waiting = null;
  const draw = () => {
    const { camps } = waiting;
    waiting = null;
    const most = Math.max(...camps.map((camp) => camp[1]), 0);
    let sum = 0;
    let first = null;
    for (const [slug, members] of camps) {
      const lane = lanes.get(slug);
      if (!lane) continue;
      sum += members;
      lane.querySelector("[data-members]").textContent = figure.format(members);
      run(lane, most ? (100 * members) / most : 0);
      lane.classList.toggle("leads", most > 0 && members === most);
      if (most > 0 && members === most) first ??= lane;
    }
    total.textContent = figure.format(sum);
    paint(first);
  };

  // The colours of who leads, over the whole stage.
  const paint = (lane) => {
    const style = lane && getComputedStyle(lane);
    stage.style.setProperty("--lead", style ? style.getPropertyValue("--camp") : "transparent");
  };
  paint([...lanes.values()].find((lane) => lane.classList.contains("leads")));

  followTally({ stream: stage.dataset.stream, poll: stage.dataset.poll, every: 2000 }, (told) => {
    if (!waiting) requestAnimationFrame(draw);
    waiting = told;
  });

  // The ticker: one message after another, the newest ones as they are let through.
  let messages = [];
  let turn = 0;
  const ask = async () => {
    try {
      const answer = await fetch(stage.dataset.words, { headers: { Accept: "application/json" } });
      if (answer.ok) messages = (await answer.json()).messages;
    } catch {
      // The network is gone: the old messages go on.
    }
  };
  const tick = () => {
    if (!messages.length) return;
    turn = (turn + 1) % messages.length;
    const message = messages[turn];
    const said = document.createElement("q"); // the page's language has its own quotation marks
    said.textContent = message.words;
    words.replaceChildren(said, message.by ? ` – ${message.by}` : "");
    words.className = `ticker-words camp-${message.camp}`;
    if (!still.matches) words.animate([{ opacity: 0, translate: "0 0.6em" }, { opacity: 1, translate: "0 0" }], 400);
  };
  ask().then(tick);
  setInterval(ask, ASK);
  setInterval(tick, EACH);

  // The lamp of a projector's machine stays on while the page is seen.
  const stayAwake = () => document.hidden || navigator.wakeLock?.request("screen").catch(() => {});
  document.addEventListener("visibilitychange", stayAwake);
  stayAwake();

  // A click, or F, fills the screen.
  const fill = () => document.fullscreenElement ?? document.documentElement.requestFullscreen?.().catch(() => {});
  document.addEventListener("click", fill);
  document.addEventListener("keydown", (event) => event.key.toLowerCase() === "f" && fill());
})();
