import { linesAt, lineColours, onPoint, showBar } from './chart.js';
import { byId, element, setText } from './dom.js';
import { moment, price, short, whole } from './format.js';

let shown = { bars: { timestamps: [], series: {} }, signal: null };

onPoint((index) => showLegend(index));

/** Puts into words what the chart shows. */
export function describe(bars, signal) {
  shown = { bars, signal };
  const { ticker, price: close, signal: kind, position, reason, warmup } = signal;
  setText(byId('ticker-name'), ticker);
  setText(byId('price'), price(close));
  byId('badge').hidden = false;
  byId('badge').dataset.kind = kind;
  setText(byId('badge'), warmup.ready ? `${kind} · ${position.toLowerCase()}` : 'WARMING UP');
  setText(byId('reason'), reason);
  setText(byId('event-count'), whole(signal.events.length));
  byId('chart').setAttribute(
    'aria-label',
    `${ticker}: ${bars.count} bars, last close ${price(close)}. ${signal.strategy} says ${kind}: ${reason}. `
      + `${signal.events.length} signals, listed below.`);
  listEvents(signal.events);
  showLegend(bars.count - 1);
  const colours = lineColours();
  document.querySelectorAll('.chip').forEach((chip) => {
    chip.querySelector('i').style.background = colours[chip.dataset.key] ?? '';
  });
}

/** Shows a ticker of which nothing is known yet. */
export function clear(ticker) {
  setText(byId('ticker-name'), ticker);
  ['price', 'reason', 'event-count'].forEach((id) => setText(byId(id), ''));
  byId('badge').hidden = true;
  byId('event-rows').replaceChildren();
  byId('legend').replaceChildren();
  shown = { bars: { timestamps: [], series: {} }, signal: null };
}

function listEvents(events) {
  const rows = [...events].reverse().slice(0, 200).map(({ timestamp, action, price: close, reason }) =>
    element('tr', {},
      element('td', {}, element(
        'button', { type: 'button', title: 'Show in the chart', onclick: () => showBar(timestamp) }, moment(timestamp))),
      element('td', {}, element('span', { class: 'badge', 'data-kind': action }, action)),
      element('td', { class: 'number' }, price(close)),
      element('td', {}, reason)));
  if (rows.length === 0) {
    rows.push(element('tr', {}, element('td', { colspan: 4 }, 'None so far.')));
  }
  byId('event-rows').replaceChildren(...rows);
}

function showLegend(index) {
  const { bars, signal } = shown;
  if (index < 0 || index >= bars.timestamps.length) {
    byId('legend').replaceChildren();
    return;
  }
  const at = (name) => bars.series[name][index];
  const parts = [element('b', {}, moment(bars.timestamps[index]))];
  for (const name of ['open', 'high', 'low', 'close']) {
    parts.push(element('span', {}, `${name[0].toUpperCase()} `, element('b', {}, price(at(name)))));
  }
  parts.push(element('span', {}, 'Vol ', element('b', {}, short(at('volume')))));
  for (const { name, value, colour } of linesAt(index)) {
    const label = element('span', {}, `${name} `, element('b', {}, price(value)));
    label.style.color = colour;
    parts.push(label);
  }
  const event = signal?.events.find(({ timestamp }) => timestamp === bars.timestamps[index]);
  if (event) {
    parts.push(element('span', { class: 'why' }, element('b', {}, event.action), ` ${event.reason}`));
  }
  byId('legend').replaceChildren(...parts);
}
