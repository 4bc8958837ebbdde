import {
  CandlestickSeries, createChart, createSeriesMarkers, createTextWatermark, CrosshairMode, HistogramSeries, LineSeries, LineStyle,
} from '../vendor/lightweight-charts/lightweight-charts-5.2.1.mjs';
import { byId } from './dom.js';
import { axis, change, decimalsOf, indicatorName } from './format.js';
import { chartColours, colour } from './theme.js';

const LINES = {
  light: ['#0f6fc9', '#b45309', '#7c3aed', '#0f766e', '#be185d', '#4d7c0f', '#57606a', '#9a3412'],
  dark: ['#6cb6f5', '#f0a860', '#c3a3ff', '#5fd4c4', '#f58ab8', '#b5d86a', '#aab4c0', '#f59f7f'],
};
const SHOWN_AT_FIRST = 180;
const SHOWN_ON_A_PHONE = 90;
/** A split leaves prices before it with more decimals than the market has. */
const BARS_FOR_DECIMALS = 20;
/** Pixels that a text such as "S +12.3 %" takes. */
const LABEL_WIDTH = 66;

const chart = createChart(byId('chart'), {
  autoSize: true,
  layout: { attributionLogo: true },
  crosshair: { mode: CrosshairMode.Normal },
  // A vertical swipe on a phone scrolls the page
  handleScroll: { vertTouchDrag: false },
  localization: { dateFormat: 'yyyy-MM-dd' },
  rightPriceScale: { borderVisible: false, minimumWidth: 70 },
  // The bars can be neither moved out of sight nor made smaller than the chart
  timeScale: { borderVisible: false, minBarSpacing: 0.05, fixLeftEdge: true, fixRightEdge: true, lockVisibleTimeRangeOnResize: true },
});
const candles = chart.addSeries(CandlestickSeries, { priceLineVisible: false });
const volume = chart.addSeries(HistogramSeries, {
  priceScaleId: 'volume', priceFormat: { type: 'volume' }, priceLineVisible: false, lastValueVisible: false,
});
volume.priceScale().applyOptions({ scaleMargins: { top: 0.84, bottom: 0 } });
candles.priceScale().applyOptions({ scaleMargins: { top: 0.1, bottom: 0.2 } });
const markers = createSeriesMarkers(candles, []);
chart.timeScale().subscribeVisibleLogicalRangeChange(() => {
  if ([...withRoom(drawn.events)].join() !== labels) {
    drawMarkers(drawn);
  }
});

let lines = [];
let times = [];
let moved = () => {};
// The library reports no crosshair that the page itself sets
let pointed = () => {};
let followed = () => {};
/** The timestamps of the events that have a text, with commas between. */
let labels = '';
let drawn = { bars: { timestamps: [], series: {} }, columns: {}, events: [], profits: {} };

const toTime = (timestamp) => Date.parse(timestamp) / 1000;
const lineColour = (at) => {
  const palette = LINES[document.documentElement.dataset.theme];
  return palette[at % palette.length];
};

/** Takes the colours of the page. */
export function paint() {
  chart.applyOptions(chartColours());
  candles.applyOptions({
    upColor: colour('up'), downColor: colour('down'), wickUpColor: colour('up'), wickDownColor: colour('down'),
    borderVisible: false,
  });
  draw(drawn);
}

/**
 * Draws everything anew; the bars that are in view stay in view.
 *
 * @param content bars (columns), columns (indicators by key, with overlay), events, profits (of events, by timestamp)
 */
export function draw(content) {
  drawn = content;
  const { bars, columns } = content;
  times = bars.timestamps.map(toTime);
  const { open, high, low, close, volume: volumes } = bars.series;
  chart.timeScale().applyOptions({ timeVisible: bars.timestamps.some((at) => !at.endsWith('T00:00:00Z')) });
  candles.applyOptions({ priceFormat: { type: 'price', precision: priceDecimals(), minMove: 10 ** -priceDecimals() } });
  candles.setData(times.map((time, i) => ({ time, open: open[i], high: high[i], low: low[i], close: close[i] })));
  volume.setData(times.map((time, i) => ({
    time, value: volumes[i], color: `${colour(close[i] >= open[i] ? 'up' : 'down')}44`,
  })));
  drawLines(columns);
  drawMarkers(content);
}

/** How many decimals the newest prices have. */
export const priceDecimals = () => decimalsOf(drawn.bars.series.close?.slice(-BARS_FOR_DECIMALS) ?? []);

/** Returns the split before a bar, if it is the first bar after it. */
export function splitAt(index) {
  const { timestamps, splits = [] } = drawn.bars;
  return splits.find(({ timestamp }) => timestamps.findIndex((at) => at >= timestamp) === index);
}

/** Brings the bars from an index to the newest into view; without an index, as many as are easy to read. */
export function showBarsFrom(index) {
  const usual = byId('chart').clientWidth < 500 ? SHOWN_ON_A_PHONE : SHOWN_AT_FIRST;
  chart.timeScale().setVisibleLogicalRange({ from: Math.max(0, index ?? times.length - usual), to: times.length - 1 });
  candles.priceScale().applyOptions({ autoScale: true });
}

/** Returns the timestamps of the first and the last bar in view; nothing without bars. */
export function view() {
  const { timestamps } = drawn.bars;
  const range = chart.timeScale().getVisibleLogicalRange();
  const at = (index) => timestamps[Math.max(0, Math.min(timestamps.length - 1, Math.round(index)))];
  return range && timestamps.length > 0 ? [at(range.from), at(range.to)] : [];
}

export const onView = (callback) => chart.timeScale().subscribeVisibleLogicalRangeChange(callback);

/** Calls back when the view is moved or zoomed, by mouse, touch or keyboard. */
export function onMove(callback) {
  moved = callback;
  byId('chart').addEventListener('wheel', callback, { passive: true });
  byId('chart').addEventListener('pointermove', ({ buttons }) => buttons > 0 && callback());
}

export const onDoubleClick = (callback) => chart.subscribeDblClick(callback);

function drawLines(columns) {
  lines.forEach(({ series }) => chart.removeSeries(series));
  lines = [];
  let pane = 0;
  let nextOverlay = 0;
  for (const [key, { overlay, outputs }] of Object.entries(columns)) {
    pane += overlay ? 0 : 1;
    // The outputs of an overlay belong together, a middle between an upper and a lower; those in a pane are compared
    const shared = overlay ? nextOverlay++ : -1;
    for (const [at, [name, values]] of Object.entries(outputs).entries()) {
      const kind = name.endsWith('.histogram') ? HistogramSeries : LineSeries;
      const shade = lineColour(overlay ? shared : at);
      const series = chart.addSeries(kind, {
        color: shade, lineWidth: Object.keys(outputs).length > 1 && overlay ? 1 : 1.5, priceLineVisible: false, lastValueVisible: !overlay,
        lineStyle: name.endsWith('.middle') ? LineStyle.Dotted : LineStyle.Solid,
        crosshairMarkerVisible: false, priceFormat: overlay ? { type: 'price', precision: priceDecimals(), minMove: 10 ** -priceDecimals() } : formatOf(values),
      }, overlay ? 0 : pane);
      series.setData(times.map((time, i) => (values[i] == null ? { time } : { time, value: values[i] })));
      lines.push({ key, name, series, values, colour: shade });
    }
    drawLevels(key, overlay);
    if (!overlay) {
      createTextWatermark(chart.panes()[pane], {
        horzAlign: 'left', vertAlign: 'top', lines: [{
          text: indicatorName(key), color: colour('ink'), fontSize: 12, fontStyle: 'bold', fontFamily: chartColours().layout.fontFamily,
        }],
      });
    }
  }
  byId('chart-frame').style.setProperty('--panes', pane);
  chart.panes().forEach((each, at) => each.setStretchFactor(at === 0 ? 4 : 1));
}

/** Returns how the axis of a pane writes numbers: short if they are large, with more decimals if they are small. */
function formatOf(values) {
  const largest = values.reduce((max, value) => Math.max(max, Math.abs(value ?? 0)), 0);
  if (largest >= 1e4) {
    return { type: 'custom', minMove: 1, formatter: axis };
  }
  return largest < 1 ? { type: 'price', precision: 6, minMove: 1e-6 } : { type: 'price', precision: 2, minMove: 0.01 };
}

function drawLevels(key, overlay) {
  const levels = { rsi: [30, 70], stoch: [20, 80] }[key.split(':')[0]];
  if (levels && !overlay) {
    levels.forEach((price) => lines.at(-1).series.createPriceLine({
      price, color: colour('edge'), lineWidth: 1, lineStyle: LineStyle.Dotted, axisLabelVisible: false,
    }));
  }
}

/** A mark for each split, at the first bar after it. */
function splitMarkers({ timestamps, splits = [] }) {
  return splits.map(({ timestamp, numerator, denominator }) => ({
    time: times[timestamps.findIndex((at) => at >= timestamp)],
    position: 'aboveBar',
    shape: 'circle',
    color: colour('ink'),
    text: `Split ${numerator}:${denominator}`,
  })).filter(({ time }) => time !== undefined);
}

/** Draws an arrow for each signal; with text, such as the result of the trade that it closed, if the texts have room. */
function drawMarkers({ bars, events, profits }) {
  const labelled = withRoom(events);
  labels = [...labelled].join();
  const arrows = events.map(({ timestamp, action }) => {
    const profit = profits[timestamp];
    const buys = action === 'BUY';
    return {
      time: toTime(timestamp),
      position: buys ? 'belowBar' : 'aboveBar',
      shape: buys ? 'arrowUp' : 'arrowDown',
      color: colour(buys ? 'accent' : 'sell'),
      text: labelled.has(timestamp) ? `${buys ? 'B' : 'S'}${profit === undefined ? '' : ` ${change(profit)}`}` : '',
    };
  });
  // The library wants markers in ascending order
  markers.setMarkers([...arrows, ...splitMarkers(bars)].sort((one, other) => one.time - other.time));
}

/** Returns the timestamps of the events whose texts overlap neither each other nor an edge: all in view, or none. */
function withRoom(events) {
  const scale = chart.timeScale();
  const width = scale.width();
  const inView = events.map((event) => ({ ...event, x: scale.timeToCoordinate(toTime(event.timestamp)) ?? -1 }))
    .filter(({ x }) => x >= 0 && x <= width);
  const areApart = (action) => inView.filter((event) => event.action === action)
    .every(({ x }, at, all) => at === 0 || x - all[at - 1].x >= LABEL_WIDTH);
  const fits = areApart('BUY') && areApart('SELL');
  return new Set(inView.filter(({ x }) => fits && x >= LABEL_WIDTH / 2 && x <= width - LABEL_WIDTH / 2).map(({ timestamp }) => timestamp));
}

/**
 * Calls back with the index of the bar under the crosshair, or of the last bar when there is no crosshair, and with the
 * distance of the crosshair from the left edge in pixels, or null.
 */
export function onPoint(callback) {
  pointed = callback;
  chart.subscribeCrosshairMove(({ logical, point }) => {
    const last = times.length - 1;
    callback(logical == null ? last : Math.max(0, Math.min(last, Math.round(logical))), logical == null ? null : point?.x ?? null);
  });
}

/** Puts the crosshair on a bar and brings the bar into view. */
export function pointAt(index) {
  const { from, to } = chart.timeScale().getVisibleLogicalRange();
  if (index < from || index > to) {
    const half = (to - from) / 2;
    chart.timeScale().setVisibleLogicalRange({ from: index - half, to: index + half });
    moved();
  }
  chart.setCrosshairPosition(drawn.bars.series.close[index], times[index], candles);
  followed(times[index]);
}

/** The crosshair of the price chart, for {@link linkCrosshairs}. */
export const priceCrosshair = {
  onCrosshair: (callback) => {
    followed = callback;
    chart.subscribeCrosshairMove(({ time }) => callback(time ?? null));
  },
  showCrosshair: (time) => {
    const index = times.indexOf(time);
    if (index >= 0) {
      chart.setCrosshairPosition(drawn.bars.series.close[index], time, candles);
      pointed(index, null);
    }
  },
  hideCrosshair: () => {
    chart.clearCrosshairPosition();
    pointed(times.length - 1, null);
  },
};

/** Returns what the chart shows as a canvas. */
export const picture = () => chart.takeScreenshot();

/** What the lines are at a bar: for the legend. */
export const linesAt = (index) =>
  lines.map(({ name, values, colour: shade }) => ({ name, value: values[index], colour: shade }));

/** Colours by indicator key: for the chips. */
export const lineColours = () => Object.fromEntries(lines.map(({ key, colour: shade }) => [key, shade]).reverse());
