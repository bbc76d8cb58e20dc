// The chart of points by month: what was accrued rises, what was redeemed, clawed back or expired falls.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("months-chart");
  const source = document.getElementById("months-data");
  if (!place || !source || !window.echarts) return;

  const data = JSON.parse(source.textContent);
  const css = getComputedStyle(document.documentElement);
  const colour = (name) => css.getPropertyValue(name).trim();
  const font = css.getPropertyValue("--tblr-font-sans-serif").trim();
  const locale = { ar: "ar-u-nu-arab", fa: "fa-u-nu-arabext", en: "en-US" }[data.language];
  const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  const kinds = [
    { name: "accrued", colour: colour("--accent"), sign: 1 },
    { name: "redeemed", colour: colour("--plum"), sign: -1 },
    { name: "clawed_back", colour: colour("--coral"), sign: -1 },
    { name: "expired", colour: colour("--slate"), sign: -1 },
  ];
  const soft = colour("--ink-soft");
  const text = { color: soft, fontFamily: font, fontSize: 12 };

  // Built node by node: nothing from the data is ever read as markup.
  const tip = (points) => {
    const month = data.months[points[0].dataIndex];
    const box = document.createElement("div");
    box.className = "chart-tip";
    box.dir = data.rtl ? "rtl" : "ltr";
    const line = (label, kind, figure) => {
      const row = document.createElement("p");
      if (kind) {
        const dot = document.createElement("span");
        dot.className = `dot ${kind}`;
        row.append(dot);
      }
      row.append(label);
      if (figure) {
        const number = document.createElement("bdi");
        number.textContent = figure;
        row.append(number);
      }
      box.append(row);
    };
    line(month.name);
    kinds.forEach(({ name }) => line(data.words[name], name, month[name].text));
    return box;
  };

  const draw = () => {
    const narrow = place.clientWidth < 520;
    return {
      animation: !still,
      animationDuration: 400,
      textStyle: { fontFamily: font },
      grid: { top: 16, bottom: 8, left: 8, right: 8, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      tooltip: {
        trigger: "axis",
        axisPointer: { type: "shadow", shadowStyle: { color: "rgba(23, 33, 31, 0.04)" } },
        formatter: tip,
        confine: true,
        borderColor: colour("--line"),
        backgroundColor: "#fff",
        padding: 12,
      },
      xAxis: {
        type: "category",
        inverse: data.rtl,
        data: data.months.map((month) => (month.year ? `${month.short}\n${month.year}` : month.short)),
        axisLabel: { ...text, interval: narrow ? 2 : 0, lineHeight: 18, hideOverlap: true },
        axisLine: { onZero: false, show: false },
        axisTick: { show: false },
      },
      yAxis: {
        type: "value",
        position: data.rtl ? "right" : "left",
        splitNumber: 4,
        axisLabel: { ...text, formatter: (value) => compact.format(Math.abs(value)) },
        splitLine: { lineStyle: { color: colour("--line-soft") } },
      },
      series: kinds.map(({ name, colour: fill, sign }) => ({
        name: data.words[name],
        type: "bar",
        stack: "points",
        barMaxWidth: 30,
        barCategoryGap: "38%",
        itemStyle: { color: fill, borderRadius: sign > 0 ? [4, 4, 0, 0] : 0 },
        emphasis: { disabled: true },
        data: data.months.map((month) => sign * month[name].points),
      })),
    };
  };

  // The font may arrive after the first drawing; a canvas does not notice by itself.
  const chart = window.echarts.init(place, null, { renderer: "canvas" });
  chart.setOption(draw());
  document.fonts.ready.then(() => chart.setOption(draw()));
  new ResizeObserver(() => {
    chart.resize();
    chart.setOption(draw());
  }).observe(place);
});
