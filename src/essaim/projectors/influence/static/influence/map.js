// The map of circles. The table under it says the same; without this file nothing is lost but the picture.
(() => {
  const section = document.querySelector("[data-map]");
  if (!section || !window.graphology || !window.Sigma) return;
  const canvas = section.querySelector("[data-map-canvas]");
  const said = section.querySelector("[data-map-said]");
  const shades = ["#b86e00", "#2f6b4f", "#a33b74", "#1f6f8b", "#8a5a2b", "#5b4fa2", "#7a7a1f", "#b83a26"];
  const night = ["#f0b54a", "#84c7a5", "#e79cc4", "#7fc4dd", "#d3a877", "#b3a9ee", "#cfcf7a", "#f29b86"];

  // A probe resolves light-dark() and variables to a colour WebGL understands.
  const resolved = (name) => {
    const probe = document.createElement("span");
    probe.hidden = true;
    canvas.append(probe);
    probe.style.color = `var(${name})`;
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  };

  // The name of the person pointed at, on paper.
  const hovered = (paper, ink) => (context, data, settings) => {
    context.beginPath();
    context.arc(data.x, data.y, data.size + 3, 0, 2 * Math.PI);
    context.strokeStyle = ink;
    context.stroke();
    if (!data.label) return;
    context.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
    const wide = context.measureText(data.label).width + 12;
    context.fillStyle = paper;
    context.fillRect(data.x + data.size + 4, data.y - settings.labelSize, wide, settings.labelSize * 2);
    context.fillStyle = ink;
    context.fillText(data.label, data.x + data.size + 10, data.y + settings.labelSize / 3);
  };

  const draw = ({ nodes, edges }) => {
    const graph = new graphology.Graph({ type: "undirected", multi: false });
    const [red, green, blue] = (resolved("--ink").match(/[\d.]+/g) ?? ["0", "0", "0"]).map(Number);
    const dark = red + green + blue > 380;
    const palette = dark ? night : shades;
    const most = Math.max(1, ...nodes.map((one) => one.heard));
    for (const one of nodes) {
      graph.addNode(String(one.id), {
        label: one.label,
        x: one.x,
        y: -one.y,
        size: 4 + 10 * Math.sqrt(one.heard / most),
        color: palette[one.circle % palette.length],
        url: one.url,
      });
    }
    const line = dark ? "#4a402f" : "#e3d6bd";
    for (const [source, target] of edges) {
      if (source !== target && !graph.hasEdge(String(source), String(target))) {
        graph.addEdge(String(source), String(target), { color: line, size: 1 });
      }
    }
    const ink = dark ? "#f4ead8" : "#211a10";
    const map = new Sigma(graph, canvas, {
      labelColor: { color: ink },
      labelFont: "Inter, system-ui, sans-serif",
      labelRenderedSizeThreshold: 9,
      defaultDrawNodeHover: hovered(dark ? "#201b13" : "#fffdf8", ink),
    });
    map.on("clickNode", ({ node }) => {
      location.href = graph.getNodeAttribute(node, "url");
    });
    const camera = map.getCamera();
    section.addEventListener("click", (event) => {
      const way = event.target.closest?.("[data-map-zoom]")?.dataset.mapZoom;
      if (way === "in") camera.animatedZoom();
      if (way === "out") camera.animatedUnzoom();
      if (way === "all") camera.animatedReset();
    });
    const names = section.querySelector("datalist");
    for (const one of nodes) names.append(new Option(one.label));
    const search = section.querySelector("[data-map-search]");
    search.addEventListener("submit", (event) => {
      event.preventDefault();
      const words = search.querySelector("input").value.trim().toLocaleLowerCase();
      const found = nodes.find((one) => one.label.toLocaleLowerCase().includes(words));
      said.textContent = found && words ? found.label : said.dataset.none;
      if (!found || !words) return;
      graph.forEachNode((node) => graph.setNodeAttribute(node, "highlighted", node === String(found.id)));
      const { x, y } = map.getNodeDisplayData(String(found.id));
      camera.animate({ x, y, ratio: 0.3 }, { duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 400 });
    });
  };

  const failed = () => {
    said.textContent = said.dataset.failed;
    canvas.hidden = true;
  };

  fetch(section.dataset.map, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
    .then(draw)
    .catch(failed);
})();
