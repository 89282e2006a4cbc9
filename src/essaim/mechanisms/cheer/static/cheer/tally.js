// The count as it moves: server-sent events where the house streams them, else asked for every few seconds.
// followTally({stream, poll}, hear) calls hear({round, camps: [[slug, members, guests, heard], …]}) when it moves.
globalThis.followTally = (where, hear) => {
  const EVERY = 3000;
  const AGAIN = 15_000;
  let source = null;
  let timer = 0;
  let last = "";

  const told = (text) => {
    if (text === last) return;
    last = text;
    hear(JSON.parse(text));
  };

  const ask = async () => {
    try {
      const answer = await fetch(where.poll, { headers: { Accept: "application/json" } });
      if (answer.ok) told(await answer.text());
    } catch {
      // The network is gone: the next turn asks again.
    }
  };

  const poll = (wanted) => {
    if (wanted && !timer) {
      ask();
      timer = setInterval(ask, where.every ?? EVERY);
    } else if (!wanted && timer) {
      clearInterval(timer);
      timer = 0;
    }
  };

  const listen = () => {
    source = new EventSource(where.stream);
    source.addEventListener("open", () => poll(false));
    source.addEventListener("tally", (event) => told(event.data));
    source.addEventListener("error", () => {
      poll(true);
      if (source?.readyState !== EventSource.CLOSED) return;
      source = null;
      setTimeout(() => document.hidden || source || listen(), AGAIN);
    });
  };

  const start = () => {
    if (!where.stream) poll(true);
    else if (!source) listen();
  };
  const stop = () => {
    source?.close();
    source = null;
    poll(false);
  };

  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : start()));
  if (!document.hidden) start();
};
