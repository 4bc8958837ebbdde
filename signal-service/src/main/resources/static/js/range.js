import { onDoubleClick, onMove, onView, showBarsFrom, view } from './chart.js';
import { choices, RANGES } from './choices.js';
import { byId, element, setText } from './dom.js';
import { moment } from './format.js';

const NAMES = { ytd: 'YTD', all: 'All' };
const MEANINGS = {
  '1m': 'The last month', '3m': 'The last 3 months', '6m': 'The last 6 months', ytd: 'Since the first of January',
  '1y': 'The last year', all: 'All bars, as a double click on the chart shows them',
};
const MONTHS = { '1m': 1, '3m': 3, '6m': 6, '1y': 12 };

let timestamps = [];

/**
 * Builds the buttons of the ranges.
 *
 * @param changed is called after another range was chosen, or the view was moved away from it
 */
export function setUpRanges(changed) {
  const choose = (range) => {
    choices.range = range;
    changed();
    showButtons();
  };
  byId('ranges').replaceChildren(...RANGES.map((range) => element('button', {
    type: 'button', class: 'range', 'data-range': range, title: MEANINGS[range],
    onclick: () => {
      choose(range);
      showView();
    },
  }, NAMES[range] ?? range.toUpperCase())));
  onDoubleClick(() => {
    choose('all');
    showView();
  });
  onMove(() => choices.range && choose(''));
  onView(showPeriod);
  showButtons();
}

/**
 * Brings the chosen range into view.
 *
 * @param next start of each bar
 * @param fresh whether other bars were in view before; if not, a view that was moved by hand stays
 */
export function showRange(next, fresh) {
  timestamps = next;
  showButtons();
  if (fresh || choices.range) {
    showView();
  }
  showPeriod();
}

/** The time axis shows a year only where it begins. */
function showPeriod() {
  setText(byId('period'), view().map(moment).join(' – '));
}

function showView() {
  if (timestamps.length === 0) {
    return;
  }
  const from = choices.range ? start(choices.range, new Date(timestamps.at(-1))) : null;
  showBarsFrom(from === null ? null : timestamps.findIndex((timestamp) => Date.parse(timestamp) >= from));
}

function showButtons() {
  byId('ranges').querySelectorAll('button').forEach((button) =>
    button.setAttribute('aria-pressed', String(button.dataset.range === choices.range)));
}

/** Returns the moment at which a range begins that ends with a bar. */
function start(range, last) {
  if (range === 'all') {
    return -Infinity;
  }
  if (range === 'ytd') {
    return Date.UTC(last.getUTCFullYear(), 0, 1);
  }
  const month = last.getUTCMonth() - MONTHS[range];
  const daysOfMonth = new Date(Date.UTC(last.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return Date.UTC(last.getUTCFullYear(), month, Math.min(last.getUTCDate(), daysOfMonth));
}
