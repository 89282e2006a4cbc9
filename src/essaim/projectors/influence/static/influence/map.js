// The map of circles. The list under it says the same; without this file nothing is lost but the picture.
(() => {
  const section = document.querySelector("[data-map]");
  if (!section) return;
  const canvas = section.querySelector("[data-map-canvas]");
  const said = section.querySelector("[data-map-said]");
  const shades = ["#b86e00", "#2f6b4f", "#a33b74", "#1f6f8b", "#8a5a2b", "#5b4fa2", "#7a7a1f", "#b83a26"];
  const night = ["#f0b54a", "#84c7a5", "#e79cc4", "#7fc4dd", "#d3a877", "#b3a9ee", "#cfcf7a", "#f29b86"];
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const dusk = matchMedia("(prefers-color-scheme: dark)");

  // Only what says why there is no map, and the list below, are left.
  const failed = (why) => {
    for (const part of section.querySelectorAll("[data-map-tools], [data-map-keys]")) part.hidden = true;
    canvas.hidden = true;
    said.textContent = why;
  };

  const webgl = () => {
    try {
      const paper = document.createElement("canvas");
      return Boolean(paper.getContext("webgl2") ?? paper.getContext("webgl"));
    } catch {
      return false;
    }
  };

  // A probe resolves light-dark() and variables to a colour WebGL understands.
  const isDark = () => {
    const probe = document.createElement("span");
    probe.hidden = true;
    canvas.append(probe);
    probe.style.color = "var(--ink)";
    const [red, green, blue] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? ["0", "0", "0"]).map(Number);
    probe.remove();
    return red + green + blue > 380;
  };

  // The name of the person pointed at, on paper; to the left where the map ends on the right.
  const hovered = (colours) => (context, data, settings) => {
    context.beginPath();
    context.arc(data.x, data.y, data.size + 3, 0, 2 * Math.PI);
    context.strokeStyle = colours.ink;
    context.stroke();
    if (!data.label) return;
    context.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
    const wide = context.measureText(data.label).width + 12;
    const right = data.x + data.size + 4;
    const left = right + wide < canvas.clientWidth ? right : Math.max(data.x - data.size - 4 - wide, 0);
    context.fillStyle = colours.paper;
    context.fillRect(left, data.y - settings.labelSize, wide, settings.labelSize * 2);
    context.fillStyle = colours.ink;
    context.fillText(data.label, left + 6, data.y + settings.labelSize / 3);
  };

  // Names never lie on one another. Who comes first takes the place: circles before people, the large before the small;
  // who finds none is named when one comes closer, or points at the dot.
  const room = () => {
    const taken = [];
    const free = (box, all) => all.every((one) => box.right <= one.left || box.left >= one.right || box.bottom <= one.top || box.top >= one.bottom);
    const inside = ({ left, right, top, bottom }) => left >= 0 && top >= 0 && right <= canvas.clientWidth && bottom <= canvas.clientHeight;
    return {
      // The first of these boxes that is free of names and, if it can be, of dots; or nothing.
      take(boxes, dots, mayCover) {
        const within = boxes.filter((box) => inside(box) && free(box, taken));
        const chosen = within.find((box) => free(box, dots)) ?? (mayCover ? within[0] : undefined);
        if (chosen) taken.push(chosen);
        return chosen;
      },
    };
  };
  const boxed = (left, top, wide, high) => ({ left, top, right: left + wide, bottom: top + high });

  const graphOf = ({ nodes, edges }) => {
    const graph = new graphology.Graph({ type: "undirected", multi: false });
    const most = Math.max(1, ...nodes.map((one) => one.heard));
    const scale = Math.min(Math.max(canvas.clientWidth / 900, 0.5), 1);
    for (const { id, label, x, y, heard, circle, url } of nodes) {
      graph.addNode(String(id), { label, x, y: -y, size: (4 + 8 * Math.sqrt(heard / most)) * scale, circle, url });
    }
    for (const [source, target] of edges) {
      if (source !== target && !graph.hasEdge(String(source), String(target))) {
        graph.addEdge(String(source), String(target), { size: 1 });
      }
    }
    return graph;
  };

  // A circle's name stands above its people, or under them, and opens its page.
  const titled = (graph, circles) =>
    circles
      .flatMap(({ name, title, url }) => {
        const places = [];
        graph.forEachNode((_, { circle, x, y }) => circle === name && places.push([x, y]));
        if (!places.length) return [];
        const label = document.createElement("a");
        label.className = "influence-label";
        label.href = url;
        label.textContent = title;
        canvas.append(label);
        const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)];
        const x = xs.reduce((sum, one) => sum + one, 0) / xs.length;
        return [{ label, x, top: Math.max(...ys), bottom: Math.min(...ys), people: places.length }];
      })
      .sort((one, other) => other.people - one.people);

  const named = (map, graph, circles, people) => {
    const titles = titled(graph, circles);
    const measure = () => titles.forEach((one) => Object.assign(one, { wide: one.label.offsetWidth, high: one.label.offsetHeight }));
    measure();
    map.on("resize", measure);
    document.fonts.ready.then(() => { measure(); map.refresh(); });

    const dotsNow = () => graph.mapNodes((node) => {
      const { x, y, size } = map.getNodeDisplayData(node);
      const at = map.framedGraphToViewport({ x, y });
      const half = map.scaleSize(size);
      return boxed(at.x - half, at.y - half, 2 * half, 2 * half);
    }).filter(({ left, right, top, bottom }) => right > 0 && bottom > 0 && left < canvas.clientWidth && top < canvas.clientHeight);

    const placeTitle = ({ label, x, top, bottom, wide, high }, free, dots) => {
      const above = map.graphToViewport({ x, y: top });
      const below = map.graphToViewport({ x, y: bottom });
      const left = Math.min(Math.max(above.x - wide / 2, 0), canvas.clientWidth - wide);
      const seen = above.x > 0 && above.x < canvas.clientWidth && below.y > 0 && above.y < canvas.clientHeight;
      const tops = [above.y - 16 - high, below.y + 16, Math.max(above.y - 16 - high, 0)];
      const box = seen && free.take(tops.map((one) => boxed(left, one, wide, high)), dots, true);
      label.style.visibility = box ? "visible" : "hidden";
      if (box) label.style.transform = `translate(${box.left}px, ${box.top}px)`;
    };

    const placePerson = ({ context, data, settings }, free, dots) => {
      context.font = `${settings.labelWeight} ${settings.labelSize}px ${settings.labelFont}`;
      const [wide, high, gap] = [context.measureText(data.label).width, settings.labelSize * 1.3, data.size + 3];
      const boxes = [
        boxed(data.x + gap, data.y - high / 2, wide, high),
        boxed(data.x - gap - wide, data.y - high / 2, wide, high),
        boxed(data.x - wide / 2, data.y - gap - high, wide, high),
        boxed(data.x - wide / 2, data.y + gap, wide, high),
      ];
      const box = free.take(boxes, dots, false);
      if (!box) return;
      context.fillStyle = settings.labelColor.color;
      context.fillText(data.label, box.left, box.bottom - high * 0.28);
    };

    map.on("beforeRender", () => {
      people.length = 0;
    });
    map.on("afterRender", () => {
      const [free, dots] = [room(), dotsNow()];
      for (const one of titles) placeTitle(one, free, dots);
      people.sort((one, other) => other.data.size - one.data.size);
      for (const one of people) placePerson(one, free, dots);
    });
  };

  const draw = (told) => {
    const graph = graphOf(told);
    const colours = {};
    const people = []; // who would be named in this picture, before there is room for them
    const map = new Sigma(graph, canvas, {
      labelFont: "Inter, system-ui, sans-serif",
      labelSize: canvas.clientWidth < 600 ? 12 : 13,
      labelGridCellSize: 48,
      labelRenderedSizeThreshold: 5,
      defaultDrawNodeLabel: (context, data, settings) => data.label && people.push({ context, data: { ...data }, settings }),
      defaultDrawNodeHover: hovered(colours),
      stagePadding: 48,
    });
    const paint = () => {
      const dark = isDark();
      const palette = dark ? night : shades;
      Object.assign(colours, dark ? { ink: "#f4ead8", paper: "#201b13" } : { ink: "#211a10", paper: "#fffdf8" });
      graph.updateEachNodeAttributes((_, one) => ({ ...one, color: palette[one.circle % palette.length] }));
      graph.updateEachEdgeAttributes((_, one) => ({ ...one, color: dark ? "#4a402f" : "#e3d6bd" }));
      map.setSetting("labelColor", { color: colours.ink });
    };
    paint();
    dusk.addEventListener("change", paint);
    named(map, graph, told.circles, people);
    map.on("clickNode", ({ node }) => {
      location.href = graph.getNodeAttribute(node, "url");
    });
    moved(map.getCamera());
    searched(map, graph, told.nodes);
    map.refresh();
  };

  const moved = (camera) => {
    const still = () => ({ duration: calm.matches ? 0 : 200 });
    const by = (x, y) => {
      const { x: left, y: top, ratio } = camera.getState();
      camera.animate({ x: left + x * ratio, y: top + y * ratio }, still());
    };
    const ways = {
      in: () => camera.animatedZoom(still()),
      out: () => camera.animatedUnzoom(still()),
      all: () => camera.animatedReset(still()),
      left: () => by(-0.15, 0),
      right: () => by(0.15, 0),
      up: () => by(0, 0.15),
      down: () => by(0, -0.15),
    };
    const keys = { "+": "in", "=": "in", "-": "out", 0: "all", ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
    section.addEventListener("click", (event) => ways[event.target.closest?.("[data-map-zoom]")?.dataset.mapZoom]?.());
    canvas.addEventListener("keydown", (event) => {
      if (event.target !== canvas || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
      event.preventDefault();
      ways[keys[event.key]]();
    });
  };

  const searched = (map, graph, nodes) => {
    const names = section.querySelector("datalist");
    for (const one of nodes) names.append(new Option(one.label));
    const search = section.querySelector("[data-map-search]");
    search.addEventListener("submit", (event) => {
      event.preventDefault();
      const words = search.querySelector("input").value.trim().toLocaleLowerCase();
      const alike = nodes.filter((one) => one.label.toLocaleLowerCase().includes(words));
      const found = alike.find((one) => one.label.toLocaleLowerCase() === words) ?? alike[0];
      graph.forEachNode((node) => graph.setNodeAttribute(node, "highlighted", Boolean(words && found) && node === String(found.id)));
      if (!found || !words) {
        said.textContent = said.dataset.none;
        return;
      }
      const link = document.createElement("a");
      link.href = found.url;
      link.textContent = found.label;
      said.replaceChildren(link);
      const { x, y } = map.getNodeDisplayData(String(found.id));
      map.getCamera().animate({ x, y, ratio: 0.3 }, { duration: calm.matches ? 0 : 400 });
    });
  };

  const loaded = (address) =>
    new Promise((done, refused) => {
      const script = document.createElement("script");
      script.src = address;
      script.async = false;
      script.addEventListener("load", done);
      script.addEventListener("error", refused);
      document.head.append(script);
    });

  // The drawing library asks for WebGL as soon as it is read: without it, it is not.
  if (!webgl()) {
    failed(said.dataset.failed);
    return;
  }
  const read = fetch(section.dataset.map, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));
  Promise.all([read, ...section.dataset.mapParts.split(" ").map(loaded)]).then(
    ([told]) => {
      try {
        draw(told);
      } catch {
        failed(said.dataset.failed);
      }
    },
    () => failed(said.dataset.unread),
  );
})();
