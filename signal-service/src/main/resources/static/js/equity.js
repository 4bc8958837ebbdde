import { AreaSeries, createChart, CrosshairMode, LineSeries, LineStyle } from '../vendor/lightweight-charts/lightweight-charts-5.2.1.mjs';
import { byId, element } from './dom.js';
import { axis, moment, money } from './format.js';
import { chartColours, colour } from './theme.js';

const chart = createChart(byId('equity'), {
  autoSize: true,
  crosshair: { mode: CrosshairMode.Normal },
  handleScroll: { vertTouchDrag: false },
  localization: { dateFormat: 'yyyy-MM-dd', priceFormatter: axis },
  rightPriceScale: { borderVisible: false, minimumWidth: 70, scaleMargins: { top: 0.08, bottom: 0.08 } },
  timeScale: { borderVisible: false, minBarSpacing: 0.01, fixLeftEdge: true, fixRightEdge: true },
  // The candles above carry the logo for the page
  layout: { attributionLogo: false },
});
const common = { lineWidth: 2, priceLineVisible: false, lastValueVisible: false, crosshairMarkerVisible: false };
const area = chart.addSeries(AreaSeries, common);
const held = chart.addSeries(LineSeries, { ...common, lineWidth: 1.5, lineStyle: LineStyle.Dashed });

/** The crosshair of the equity chart, for {@link linkCrosshairs}. */
export const equityCrosshair = {
  onCrosshair: (callback) => chart.subscribeCrosshairMove(({ time }) => callback(time ?? null)),
  showCrosshair: (time) => {
    const index = times.indexOf(time);
    if (index < 0) {
      equityCrosshair.hideCrosshair();
    } else {
      chart.setCrosshairPosition(equity.values[index], time, area);
      showLegend(index);
    }
  },
  hideCrosshair: () => {
    chart.clearCrosshairPosition();
    showLegend(Infinity);
  },
};

let times = [];
let equity = { timestamps: [], values: [], buyAndHold: [] };

chart.subscribeCrosshairMove(({ logical }) => showLegend(logical ?? Infinity));

export function paintEquity() {
  chart.applyOptions(chartColours());
  area.applyOptions({ lineColor: colour('accent'), topColor: `${colour('accent')}40`, bottomColor: `${colour('accent')}05` });
  held.applyOptions({ color: colour('muted') });
  showLegend(Infinity);
}

/** Draws what the cash became, beside what it would have become bought and held; from its first bar to its last. */
export function drawEquity(next) {
  equity = next;
  times = equity.timestamps.map((timestamp) => Date.parse(timestamp) / 1000);
  const points = (values) => times.map((time, at) => ({ time, value: values[at] }));
  area.setData(points(equity.values));
  held.setData(points(equity.buyAndHold));
  chart.timeScale().fitContent();
  showLegend(Infinity);
}

function showLegend(logical) {
  const at = Math.max(0, Math.min(equity.timestamps.length - 1, Math.round(logical)));
  const entry = (name, shade, value) => {
    const line = element('i');
    line.style.background = colour(shade);
    return element('span', {}, line, `${name} `, element('b', {}, money(value)));
  };
  byId('equity-legend').replaceChildren(...(equity.timestamps.length === 0 ? [] : [
    element('b', {}, moment(equity.timestamps[at])),
    entry('Strategy', 'accent', equity.values[at]),
    entry('Buy and hold', 'muted', equity.buyAndHold[at]),
  ]));
}
