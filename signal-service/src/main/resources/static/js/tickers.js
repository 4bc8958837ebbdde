import { getJson } from './api.js';
import { choices, signalQuery } from './choices.js';
import { badge, byId, element, setText, showState, spinner } from './dom.js';
import { price, whole } from './format.js';

const BADGES_AT_MOST = 60;
const AT_ONCE = 4;

let tickers = [];
let signals = {};
let choose = () => {};
let round = 0;

export function setUpTickers(onChoose) {
  choose = onChoose;
  showState(byId('ticker-state'), 'Loading', spinner());
  byId('ticker-filter').addEventListener('input', show);
  byId('ticker-list').addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const buttons = [...byId('ticker-list').querySelectorAll('button')];
      buttons[buttons.indexOf(document.activeElement) + step]?.focus();
    }
  });
}

/** Asks for the list; the names, or an empty list. */
export async function loadTickers() {
  try {
    const before = JSON.stringify(tickers);
    ({ tickers } = await getJson('tickers'));
    show();
    if (JSON.stringify(tickers) !== before) {
      loadBadges();
    }
  } catch (problem) {
    if (tickers.length === 0) {
      showState(byId('ticker-state'), problem.title, element('p', {}, problem.message));
    }
  }
  return tickers.map(({ ticker }) => ticker);
}

/** Asks what the chosen strategy says of each ticker, a few at a time; a newer round ends an older one. */
export async function loadBadges() {
  const mine = ++round;
  const waiting = tickers.slice(0, BADGES_AT_MOST).map(({ ticker }) => ticker);
  const work = async () => {
    while (waiting.length > 0 && mine === round) {
      const ticker = waiting.shift();
      const answer = await getJson(`signals/${encodeURIComponent(ticker)}`, { ...signalQuery(), last: 1 }).catch(() => null);
      if (mine === round) {
        noteSignal(ticker, answer);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** Keeps what the last bar says or, when it says nothing new, what one holds. */
export function noteSignal(ticker, answer) {
  const kind = answer && (answer.signal === 'HOLD' ? answer.position : answer.signal);
  if (signals[ticker] !== kind) {
    signals[ticker] = kind;
    show();
  }
}

export function show() {
  const filter = byId('ticker-filter').value.trim().toUpperCase();
  const visible = tickers.filter(({ ticker }) => ticker.includes(filter));
  const focused = document.activeElement?.dataset?.ticker;
  byId('ticker-list').replaceChildren(...visible.map(row));
  byId('ticker-list').querySelector(`[data-ticker="${CSS.escape(focused ?? '')}"]`)?.focus();
  setText(byId('ticker-count'), tickers.length ? whole(tickers.length) : '');
  const state = byId('ticker-state');
  if (tickers.length === 0) {
    showState(state, 'No quotes yet', element('p', {}, 'Import some into any stock-service:'), element('pre', {}, element('code', {},
      "curl --data-binary @quotes.csv \\\n  -H 'Content-Type: text/csv' \\\n  http://ADDRESS:PORT/api/v1/data/SPY")));
  } else {
    showState(state, visible.length ? '' : 'No ticker like this');
  }
}

function row({ ticker, count, lastClose }) {
  return element('li', {}, element(
    'button',
    {
      type: 'button', class: 'ticker', 'data-ticker': ticker, onclick: () => choose(ticker),
      'aria-current': ticker === choices.ticker ? 'true' : false,
    },
    element('b', {}, ticker),
    ...(signals[ticker] ? [badge(signals[ticker])] : []),
    element('small', {}, `${price(lastClose)} · ${whole(count)} bars`)));
}
