#include "release/report_page.h"

namespace parley {

const std::string_view kReportMeta =
    R"html(<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
)html";

const std::string_view kReportStyle = R"css(:root {
  --ground: #fbfbfa; --card: #ffffff; --ink: #1d2126; --quiet: #59626d; --line: #dfe2e6;
  --first: #2f6690; --second: #d17a22; --warn: #fdf3e3; --warn-line: #d17a22;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171a; --card: #1c2024; --ink: #e6e8ea; --quiet: #a3acb6; --line: #343a41;
    --first: #6fa8dc; --second: #f0a35b; --warn: #2b2318; --warn-line: #f0a35b;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.55 system-ui, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", sans-serif;
}
header, nav, main, footer { max-width: 76rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.5rem; }
h1 { margin: 0; font-size: clamp(1.6rem, 4vw, 2.4rem); line-height: 1.2; overflow-wrap: anywhere; }
header > p { color: var(--quiet); margin: .4rem 0 0; }
.kind { text-transform: uppercase; letter-spacing: .08em; font-size: .8rem; font-weight: 600; }
a { color: var(--first); }
a:focus-visible, summary:focus-visible, .scroll:focus-visible {
  outline: 3px solid var(--second); outline-offset: 2px; border-radius: 3px;
}
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 9; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(max(8.5rem, (100% - 2.25rem) / 4), 1fr)); gap: .75rem; margin: 1.75rem 0 1rem; }
.tiles div { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .8rem 1rem; }
.tiles dt { color: var(--quiet); font-size: .85rem; }
.tiles dd { margin: 0; font-size: 1.5rem; font-weight: 650; font-variant-numeric: tabular-nums; }
header > .warning {
  color: var(--ink); background: var(--warn); border-left: 4px solid var(--warn-line);
  padding: .6rem .9rem; margin: .5rem 0; border-radius: 0 6px 6px 0;
}
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; padding: 1rem 0; margin: 0; }
main { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 34rem), 1fr)); gap: 1.25rem; align-items: start; }
section {
  background: var(--card); border: 1px solid var(--line); border-radius: 10px;
  padding: 1.1rem 1.25rem; min-width: 0; scroll-margin-top: 1rem;
}
#days { grid-column: 1 / -1; }
h2 { margin: 0; font-size: 1.15rem; line-height: 1.3; }
section > p { margin: .25rem 0 0; color: var(--quiet); font-size: .92rem; }
figure { margin: .75rem 0; }
.plot { width: 100%; }
summary { cursor: pointer; color: var(--first); font-size: .92rem; width: fit-content; }
.scroll { max-height: 24rem; overflow: auto; margin-top: .5rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: right; font-variant-numeric: tabular-nums; }
th { font-weight: 500; }
th:first-child { text-align: left; overflow-wrap: anywhere; }
thead th { position: sticky; top: 0; background: var(--card); font-weight: 650; }
footer { color: var(--quiet); font-size: .85rem; padding-top: 2rem; padding-bottom: 3rem; }
@media print {
  nav, .skip { display: none; }
  section { break-inside: avoid; }
}
)css";

const std::string_view kReportScript = R"js('use strict';
const figures = JSON.parse(document.getElementById('figures').textContent);
const dark = matchMedia('(prefers-color-scheme: dark)');
// Measured by the plotting library before it is set, so it has to be the page's own by name.
const font = getComputedStyle(document.body).fontFamily;
const number = new Intl.NumberFormat('en');
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
// Counts on an axis are whole: no ticks at a half where the largest is small.
const short = value => value >= 1e6 ? value / 1e6 + 'M' : value >= 1e4 ? value / 1e3 + 'k'
    : Number.isInteger(value) ? number.format(value) : '';

function counts(figure) {
  return {
    type: 'value', minInterval: 1, axisLine: {show: false}, axisTick: {show: false},
    splitLine: {lineStyle: {color: colour('--line')}},
    axisLabel: {color: colour('--quiet'), formatter: short, hideOverlap: true},
  };
}

function names(figure) {
  return {
    type: 'category', data: figure.labels, axisTick: {show: false},
    axisLine: {lineStyle: {color: colour('--line')}},
    axisLabel: {color: colour('--ink'), hideOverlap: true},
  };
}

function series(figure, extra) {
  return figure.series.map((one, i) => ({
    name: one.name, type: 'bar', data: one.values,
    itemStyle: {color: colour(i ? '--second' : '--first'), borderRadius: 2}, ...extra,
  }));
}

function options(figure, width) {
  const common = {
    animation: false,
    textStyle: {fontFamily: font, color: colour('--ink')},
    tooltip: {
      trigger: 'axis', axisPointer: {type: 'shadow'}, renderMode: 'richText', confine: true,
      backgroundColor: colour('--card'), borderColor: colour('--line'),
      textStyle: {color: colour('--ink')}, valueFormatter: value => number.format(value),
    },
    legend: {show: figure.series.length > 1, top: 0, left: 0, textStyle: {color: colour('--ink')}},
    grid: {left: 14, right: 16, top: figure.series.length > 1 ? 36 : 12, bottom: 4,
           containLabel: true},
  };
  if (figure.kind === 'bars') {
    const label = {show: true, position: 'right', color: colour('--quiet'),
                   formatter: one => number.format(one.value)};
    const axis = names(figure);
    axis.inverse = true;
    axis.axisLabel = {color: colour('--ink'), width: Math.min(220, width * 0.42),
                      overflow: 'truncate', interval: 0};
    return {...common, grid: {...common.grid, left: 36, right: 64}, xAxis: counts(figure), yAxis: axis,
            series: series(figure, {label, barMaxWidth: 18})};
  }
  if (figure.kind === 'days') {
    const points = figure.labels.map((day, i) => [day, figure.series[0].values[i]]);
    const axis = names(figure);
    return {...common,
            xAxis: {type: 'time', axisLine: axis.axisLine, axisTick: axis.axisTick,
                    minInterval: 86400000,
                    axisLabel: {color: colour('--ink'), hideOverlap: true}},
            yAxis: counts(figure),
            series: [{name: figure.series[0].name, type: 'bar', data: points, barMaxWidth: 24,
                      itemStyle: {color: colour('--first'), borderRadius: 1}}]};
  }
  return {...common, xAxis: names(figure), yAxis: counts(figure),
          series: series(figure, {barMaxWidth: 40, barGap: '10%'})};
}

function height(figure) {
  if (figure.kind !== 'bars') return 280;
  return 70 + figure.labels.length * (figure.series.length > 1 ? 42 : 26);
}

const drawn = [];
for (const figure of figures) {
  const plot = document.getElementById(figure.id + '-plot');
  plot.style.height = height(figure) + 'px';
  drawn.push([figure, plot, echarts.init(plot, null, {renderer: 'svg', locale: 'EN',
                                                      useDirtyRect: false})]);
}
function draw() {
  for (const [figure, plot, chart] of drawn) {
    chart.resize();
    chart.setOption(options(figure, plot.clientWidth), true);
  }
}
draw();
dark.addEventListener('change', draw);
let waiting = 0;
addEventListener('resize', () => {
  clearTimeout(waiting);
  waiting = setTimeout(draw, 120);
});
addEventListener('beforeprint', () => {
  for (const one of document.querySelectorAll('details')) one.open = true;
});
)js";

}  // namespace parley
