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

  // The name of the person pointed at, on paper.
  const hovered = (colours) => (context, data, settings) => {
    context.beginPath();
    context.arc(data.x, data.y, data.size + 3, 0, 2 * Math.PI);
    context.strokeStyle = colours.ink;
    context.stroke();
    if (!data.label) return;
    context.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
    const wide = context.measureText(data.label).width + 12;
    context.fillStyle = colours.paper;
    context.fillRect(data.x + data.size + 4, data.y - settings.labelSize, wide, settings.labelSize * 2);
    context.fillStyle = colours.ink;
    context.fillText(data.label, data.x + data.size + 10, data.y + settings.labelSize / 3);
  };

  const graphOf = ({ nodes, edges }) => {
    const graph = new graphology.Graph({ type: "undirected", multi: false });
    const most = Math.max(1, ...nodes.map((one) => one.heard));
    for (const { id, label, x, y, heard, circle, url } of nodes) {
      graph.addNode(String(id), { label, x, y: -y, size: 4 + 10 * Math.sqrt(heard / most), circle, url });
    }
    for (const [source, target] of edges) {
      if (source !== target && !graph.hasEdge(String(source), String(target))) {
        graph.addEdge(String(source), String(target), { size: 1 });
      }
    }
    return graph;
  };

  // A circle's name stands above its people, and opens its page.
  const labelled = (map, graph, circles) => {
    const labels = circles.flatMap(({ name, title, url }) => {
      const places = [];
      graph.forEachNode((_, { circle, x, y }) => circle === name && places.push([x, y]));
      if (!places.length) return [];
      const label = document.createElement("a");
      label.className = "influence-label";
      label.href = url;
      label.textContent = title;
      canvas.append(label);
      const x = places.reduce((sum, [one]) => sum + one, 0) / places.length;
      return [{ label, x, y: Math.max(...places.map(([, one]) => one)) }];
    });
    map.on("afterRender", () => {
      for (const { label, x, y } of labels) {
        const place = map.graphToViewport({ x, y });
        const left = Math.min(Math.max(place.x, label.offsetWidth / 2), canvas.clientWidth - label.offsetWidth / 2);
        const inside = place.x > 0 && place.x < canvas.clientWidth && place.y > 0 && place.y < canvas.clientHeight + 24;
        label.style.visibility = inside ? "visible" : "hidden";
        label.style.transform = `translate(${left}px, ${Math.max(place.y - 18, 0)}px) translate(-50%, -100%)`;
        if (place.y - 18 < label.offsetHeight) label.style.transform = `translate(${left}px, 0) translateX(-50%)`;
      }
    });
  };

  const draw = (told) => {
    const graph = graphOf(told);
    const colours = {};
    const map = new Sigma(graph, canvas, {
      labelFont: "Inter, system-ui, sans-serif",
      labelRenderedSizeThreshold: 9,
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
    labelled(map, graph, told.circles);
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
