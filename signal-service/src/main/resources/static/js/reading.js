import { linesAt, lineColours, onPoint, pointAt, priceDecimals, splitAt } from './chart.js';
import { byId, element, isShortcut, reconcile, setContent, setText } from './dom.js';
import { change, moment, mood, price, short, whole } from './format.js';

const MAX_ROWS = 300;
const POSITIONS = { LONG: 'long', SHORT: 'short', FLAT: 'no position' };
const HOLDINGS = { LONG: 'a long position', SHORT: 'a short position', FLAT: 'no position' };
const NOTHING = { bars: { timestamps: [], series: {}, count: 0 }, signal: null, profits: {} };

let shown = NOTHING;
let cursor = -1;

onPoint((index, x) => {
  showLegend(index);
  showTooltip(index, x);
});
byId('chart').addEventListener('keydown', walk);

/**
 * Puts into words what the chart shows: bars, and the signal unless it is null.
 *
 * @param isOld whether the signal is that of the numbers before, because the chosen ones are refused
 */
export function describe(bars, signal, profits, isOld) {
  ['badge', 'reason', 'events'].forEach((id) => { byId(id).dataset.old = String(isOld); });
  if (bars.count !== shown.bars.count) {
    cursor = bars.count - 1;
  }
  shown = { bars, signal, profits };
  const { close } = bars.series;
  setText(byId('ticker-name'), bars.ticker);
  setText(byId('price'), price(close.at(-1), priceDecimals()));
  showChange(close);
  byId('badge').hidden = !signal;
  setText(byId('reason'), signal?.reason ?? '');
  setText(byId('event-count'), signal ? whole(signal.events.length) : '');
  let label = `${bars.ticker}: ${bars.count} bars, last close ${price(close.at(-1), priceDecimals())}.`;
  listEvents(signal);
  if (signal) {
    const { strategy, signal: kind, position, reason, warmup, events } = signal;
    byId('badge').dataset.kind = kind === 'HOLD' ? position : kind;
    setText(byId('badge'), warmup.ready ? `${kind === 'HOLD' ? 'No new signal' : kind} · ${POSITIONS[position]}` : 'WARMING UP');
    byId('badge').title = warmup.ready
      ? `The last bar gives ${kind === 'HOLD' ? 'no new signal' : `the signal ${kind}`}. The strategy holds ${HOLDINGS[position]}.`
      : `The strategy needs ${warmup.required} bars.`;
    label += isOld ? ' The chosen numbers are refused. With the numbers before:' : '';
    label += ` ${strategy} says ${kind}: ${reason}. ${events.length} signals, listed below.`;
  }
  byId('chart').setAttribute('aria-label', label);
  colourLines();
}

/** Gives legend and chips the colours of the lines. */
export function colourLines() {
  showLegend(cursor);
  const colours = lineColours();
  document.querySelectorAll('.chip').forEach((chip) => {
    chip.querySelector('i').style.background = colours[chip.dataset.key] ?? '';
  });
}

/** Shows a ticker of which nothing is known yet. */
export function clear(ticker) {
  setText(byId('ticker-name'), ticker);
  ['price', 'change', 'reason', 'event-count', 'chart-reading', 'period'].forEach((id) => setText(byId(id), ''));
  ['badge', 'tooltip'].forEach((id) => { byId(id).hidden = true; });
  byId('event-rows').replaceChildren();
  byId('legend').replaceChildren();
  byId('chart').setAttribute('aria-label', `${ticker}: nothing drawn yet`);
  shown = NOTHING;
  cursor = -1;
}

function showChange(close) {
  const fraction = close.length > 1 ? close.at(-1) / close.at(-2) - 1 : 0;
  setText(byId('change'), close.length > 1 ? `${change(fraction)} since the previous close` : '');
  byId('change').className = `change ${mood(fraction)}`;
}

function listEvents(signal) {
  const events = (signal?.events ?? []).slice(-MAX_ROWS).reverse();
  reconcile(byId('event-rows'), events, ({ timestamp }) => timestamp, () => element('tr'), fillRow);
  if (signal && events.length === 0) {
    setContent(byId('event-rows'), element('tr', {}, element('td', { colspan: 5 }, 'None so far.')));
  }
}

function fillRow(target, { timestamp, action, price: close, reason }) {
  const profit = shown.profits[timestamp];
  setContent(target,
    element('td', {}, element(
      'button', { type: 'button', title: 'Show in the chart', onclick: () => visit(timestamp) }, moment(timestamp))),
    element('td', {}, element('span', { class: 'badge', 'data-kind': action }, action)),
    element('td', { class: 'number' }, price(close, priceDecimals())),
    element('td', { class: `number ${mood(profit)}` }, profit === undefined ? '' : change(profit)),
    element('td', {}, reason));
}

/** Brings a bar into view and puts the crosshair on it. */
export function visit(timestamp) {
  cursor = shown.bars.timestamps.indexOf(timestamp);
  pointAt(cursor);
  showLegend(cursor);
  byId('chart').scrollIntoView({ block: 'nearest' });
}

/** Moves from bar to bar, or from signal to signal, and says aloud where one is. */
function walk(event) {
  if (isShortcut(event)) {
    return;
  }
  const { timestamps } = shown.bars;
  const last = timestamps.length - 1;
  const signals = (shown.signal?.events ?? []).map(({ timestamp }) => timestamps.indexOf(timestamp));
  const to = {
    ArrowLeft: () => Math.max(0, cursor - 1),
    ArrowRight: () => Math.min(last, cursor + 1),
    Home: () => 0,
    End: () => last,
    PageUp: () => signals.findLast((at) => at >= 0 && at < cursor),
    PageDown: () => signals.find((at) => at > cursor),
  }[event.key]?.();
  if (to !== undefined && last >= 0) {
    event.preventDefault();
    cursor = to;
    pointAt(cursor);
    showLegend(cursor);
    setText(byId('chart-reading'), byId('legend').textContent);
  }
}

/** Shows the signal of the bar under the crosshair, if it has one. @param x of the crosshair; null without one */
function showTooltip(index, x) {
  const { bars, signal, profits } = shown;
  const event = x === null ? undefined : signal?.events.find(({ timestamp }) => timestamp === bars.timestamps[index]);
  byId('tooltip').hidden = !event;
  if (event) {
    const profit = profits[event.timestamp];
    const half = 160;
    byId('tooltip').style.left = `${Math.max(half, Math.min(byId('chart').clientWidth - half, x))}px`;
    setText(byId('tooltip'), `${event.action}: ${event.reason}${profit === undefined ? '' : `, closing a trade at ${change(profit)}`}`);
  }
}

function showLegend(index) {
  const { bars, signal, profits } = shown;
  if (index < 0 || index >= bars.timestamps.length) {
    byId('legend').replaceChildren();
    return;
  }
  const timestamp = bars.timestamps[index];
  const at = (name) => bars.series[name][index];
  const parts = [element('b', {}, moment(timestamp))];
  for (const name of ['open', 'high', 'low', 'close']) {
    parts.push(element('span', {}, `${name[0].toUpperCase()} `, element('b', {}, price(at(name), priceDecimals()))));
  }
  parts.push(element('span', {}, 'Vol ', element('b', {}, short(at('volume')))));
  for (const { name, value, colour } of linesAt(index)) {
    const label = element('span', { class: 'line' }, `${name} `, element('b', {}, price(value, priceDecimals())));
    label.style.color = colour;
    parts.push(label);
  }
  const split = splitAt(index);
  if (split) {
    parts.push(element('span', {}, `Split ${split.numerator}:${split.denominator}`));
  }
  const event = signal?.events.find((candidate) => candidate.timestamp === timestamp);
  if (event) {
    const profit = profits[timestamp];
    parts.push(element('span', { class: 'why' },
      element('b', {}, event.action), ` ${event.reason}${profit === undefined ? '' : `, closing a trade at ${change(profit)}`}`));
  }
  byId('legend').replaceChildren(...parts.flatMap((part) => [part, ' ']));
}
