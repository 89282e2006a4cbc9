// Draws what the tables say, with the house's own colours. Lines differ by dash and symbol, bars by pattern and label.
(() => {
  const told = document.getElementById("charts");
  if (!told || !window.echarts) return;
  const charts = JSON.parse(told.textContent);
  const DASHES = ["solid", "dashed", "dotted", [8, 3, 2, 3], [2, 2], [12, 4]];
  const SYMBOLS = ["circle", "rect", "triangle", "diamond", "pin", "arrow"];
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const narrow = () => matchMedia("(max-width: 40rem)").matches;

  // A canvas knows no light-dark(): each token is resolved by the browser first.
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  const token = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const clear = (colour, share) => {
    const parts = colour.match(/[\d.]+/g)?.slice(0, 3) ?? [0, 0, 0];
    return `rgba(${parts.join(",")},${share})`;
  };
  const palette = () => ["amber", "leaf", "poppy", "ink-soft", "honey", "line-strong"].map(token);
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const sign = new Intl.NumberFormat(document.documentElement.lang, { signDisplay: "exceptZero" });
  const write = (value, unit) =>
    value == null ? "–" : unit === "%" ? `${number.format(value)} %` : unit === "±" ? sign.format(value) : number.format(value);

  const common = (chart) => {
    const ink = token("ink");
    return {
      animation: !still,
      animationDuration: 200,
      aria: { enabled: true, decal: { show: chart.kind !== "line" } },
      color: palette(),
      textStyle: { color: ink, fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 13 },
      tooltip: {
        trigger: chart.kind === "line" ? "axis" : "item",
        renderMode: "richText", // no markup: nothing the policy on styles would refuse
        backgroundColor: token("raised"),
        borderColor: token("line-strong"),
        textStyle: { color: ink, fontSize: 13 },
        valueFormatter: (value) => write(value, chart.unit),
      },
      grid: { left: 8, right: chart.series.length > 1 && !narrow() ? 130 : 36, top: 24, bottom: 8, containLabel: true },
    };
  };

  const axes = (unit) => ({
    axisLabel: { color: token("ink-soft"), formatter: unit === undefined ? undefined : (value) => write(value, unit) },
    axisLine: { lineStyle: { color: token("line-strong") } },
    splitLine: { lineStyle: { color: token("line") } },
  });

  // The first and last days are written inwards, so that neither is cut.
  const ends = (axis) => ({ ...axis, axisLabel: { ...axis.axisLabel, alignMinLabel: "left", alignMaxLabel: "right", hideOverlap: true } });

  // The band between the two ends of an interval: a floor nobody sees, and the height above it.
  const band = (line, colour, place) => [
    { type: "line", stack: `band${place}`, data: line.low, symbol: "none", silent: true, lineStyle: { opacity: 0 }, tooltip: { show: false }, stackStrategy: "all" },
    {
      type: "line",
      stack: `band${place}`,
      data: line.high.map((high, at) => (high == null ? null : high - line.low[at])),
      symbol: "none",
      silent: true,
      lineStyle: { opacity: 0 },
      areaStyle: { color: clear(colour, 0.18) },
      tooltip: { show: false },
      stackStrategy: "all",
    },
  ];

  const lines = (chart) => {
    const colours = palette();
    const series = chart.series.flatMap((line, place) => {
      const colour = colours[place % colours.length];
      const drawn = {
        name: line.name,
        type: "line",
        data: line.data,
        connectNulls: false,
        symbol: SYMBOLS[place % SYMBOLS.length],
        symbolSize: line.data.length > 60 ? 4 : 7,
        color: colour,
        lineStyle: { width: line.own || chart.series.length === 1 ? 3 : 2, type: DASHES[place % DASHES.length] },
        endLabel: { show: chart.series.length > 1 && !narrow(), formatter: "{a}", color: token("ink"), width: 100, overflow: "truncate" },
        labelLayout: { moveOverlap: "shiftY" },
        markPoint: chart.marks?.length
          ? {
              symbol: "pin",
              symbolSize: 34,
              itemStyle: { color: token("poppy") },
              label: { formatter: "!", color: token("on-poppy"), fontWeight: 700 },
              data: chart.marks.map((mark) => ({ coord: [mark.at, line.data[chart.x.indexOf(mark.at)] ?? 0], name: mark.label })),
            }
          : undefined,
      };
      return line.low && (line.own || chart.series.length === 1) ? [...band(line, colour, place), drawn] : [drawn];
    });
    const named = chart.series.map((line) => line.name);
    return {
      ...common(chart),
      legend: { show: named.length > 1 && narrow(), data: named, textStyle: { color: token("ink") }, bottom: 0, type: "plain" },
      grid: { ...common(chart).grid, bottom: named.length > 1 && narrow() ? 12 + 28 * Math.ceil(named.join("    ").length / 26) : 8 },
      xAxis: { type: "category", data: chart.x, boundaryGap: false, ...ends(axes()) },
      yAxis: { type: "value", ...axes(chart.unit ?? "") },
      series,
    };
  };

  const bars = (chart) => ({
    ...common(chart),
    xAxis: { type: "value", ...axes(""), splitNumber: narrow() ? 3 : 5 },
    yAxis: { type: "category", data: chart.x, inverse: true, ...axes(), axisLabel: { color: token("ink"), width: narrow() ? 110 : 200, overflow: "truncate" } },
    series: chart.series.map((line) => ({
      name: line.name,
      type: "bar",
      data: line.data,
      barMaxWidth: 22,
      itemStyle: { color: token("honey"), borderColor: token("amber"), borderWidth: 1 },
      label: { show: true, position: "right", color: token("ink"), formatter: ({ value }) => write(value, "") },
    })),
  });

  // Parts of each step, one on the other: nothing stands for nothing, where a line would need neighbours.
  const stacks = (chart) => {
    const named = chart.series.map((part) => part.name);
    const room = 12 + 24 * Math.ceil((named.join("").length + 8 * named.length) / (narrow() ? 40 : 110));
    return {
      ...common(chart),
      legend: { data: named, textStyle: { color: token("ink") }, bottom: 0, left: 0, type: "plain" },
      grid: { ...common(chart).grid, right: 36, bottom: room + 8 },
      xAxis: { type: "category", data: chart.x, ...axes(), axisLabel: { color: token("ink-soft"), hideOverlap: true } },
      yAxis: { type: "value", ...axes("") },
      series: chart.series.map((part) => ({ name: part.name, type: "bar", stack: "parts", data: part.data.map((value) => value || null), barMaxWidth: 64, itemStyle: { borderColor: token("ink"), borderWidth: 1 } })),
    };
  };

  // Net sentiment: a dot for each brand on a line from all against to all in favour, the interval as a bar behind it.
  const moods = (chart) => {
    const line = chart.series[0];
    return {
      ...common(chart),
      xAxis: { type: "value", min: -100, max: 100, ...axes("±") },
      yAxis: { type: "category", data: chart.x, inverse: true, ...axes(), axisLabel: { color: token("ink"), width: narrow() ? 90 : 180, overflow: "truncate" } },
      series: [
        { type: "bar", stack: "interval", data: line.low, silent: true, itemStyle: { color: "transparent", decal: { symbol: "none" } }, tooltip: { show: false }, stackStrategy: "all" },
        { type: "bar", stack: "interval", data: line.high.map((high, at) => high - line.low[at]), silent: true, barWidth: 12, itemStyle: { color: clear(token("amber"), 0.3) }, tooltip: { show: false }, stackStrategy: "all" },
        { name: line.name, type: "scatter", data: line.data.map((value, at) => [value, at]), symbol: "diamond", symbolSize: 14, itemStyle: { color: token("ink") }, label: { show: true, position: "top", color: token("ink"), formatter: ({ value }) => write(value[0], "±") } },
      ],
    };
  };

  const options = { line: lines, stack: stacks, bars, mood: moods };
  const drawn = [...document.querySelectorAll("[data-chart]")].map((place) => {
    const chart = charts[place.dataset.chart];
    if (chart.kind === "stack") place.style.blockSize = `${narrow() ? 420 : 360}px`;
    else if (chart.kind !== "line") place.style.blockSize = `${Math.max(chart.x.length * 38 + 60, 140)}px`;
    const made = echarts.init(place, null, { renderer: "canvas" });
    made.on("click", ({ dataIndex }) => {
      if (chart.urls[dataIndex]) location.assign(chart.urls[dataIndex]);
    });
    return { made, chart };
  });
  const draw = () => {
    for (const { made, chart } of drawn) {
      made.resize();
      made.setOption(options[chart.kind](chart), true);
    }
  };
  draw();
  new ResizeObserver(draw).observe(document.querySelector("main"));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();
