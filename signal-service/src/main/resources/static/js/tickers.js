import { getJson, Problem } from './api.js';
import { choices, signalQuery, timeframeQuery } from './choices.js';
import { badge, byId, element, isShortcut, reconcile, setText, showState, spinner } from './dom.js';
import { bars, price, whole } from './format.js';
import { openImport } from './import.js';
import { screen } from './screen.js';

const KEYS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

const MAX_AT_ONCE = 100;

let tickers = null;
let signals = {};
let strategy = '';
let running = null;
let refused = false;
let scrolledTo = '';
let choose = () => {};
let waiting = false;

export function setUpTickers(onChoose) {
  choose = onChoose;
  showState(byId('ticker-state'), 'Loading', spinner());
  byId('ticker-filter').addEventListener('input', show);
  byId('ticker-filter').addEventListener('keydown', (event) => {
    const [first, second] = byId('ticker-list').querySelectorAll('button');
    if (event.key === 'Enter' && first && !second) {
      choose(first.dataset.ticker);
    } else if (event.key === 'ArrowDown' && first) {
      event.preventDefault();
      first.focus();
    }
  });
  byId('ticker-choice').addEventListener('change', ({ target }) => choose(target.value));
  byId('ticker-list').addEventListener('keydown', (event) => {
    const buttons = [...byId('ticker-list').querySelectorAll('button')];
    const to = { Home: 0, End: buttons.length - 1 }[event.key] ?? buttons.indexOf(document.activeElement) + KEYS[event.key];
    if (buttons[to] && !isShortcut(event)) {
      event.preventDefault();
      buttons[to].focus();
    }
  });
}

/** Requests the list. @returns the names, or the problem as long as no list has come */
export async function loadTickers() {
  const answer = await getJson('tickers', timeframeQuery()).catch((problem) => problem);
  if (answer instanceof Problem) {
    if (!tickers) {
      showState(byId('ticker-state'), answer.title, element('p', {}, answer.message));
      return answer;
    }
  } else if (JSON.stringify(answer.tickers) === JSON.stringify(tickers)) {
    requestMissing();
  } else {
    ({ tickers } = answer);
    show();
    loadBadges();
  }
  return tickers.map(({ ticker }) => ticker);
}

/** Requests the signal of each ticker. Those of other numbers are grey until then; they stay grey if these are refused. */
export function loadBadges() {
  const chosen = JSON.stringify(signalQuery());
  if (chosen !== strategy) {
    strategy = chosen;
    refused = false;
    Object.values(signals).forEach((signal) => { signal.isOld = true; });
    show();
  }
  if (tickers?.length > 0) {
    requestRows('*');
  }
}

/** Requests those again that failed, and those of which nothing came because the rows broke off. */
function requestMissing() {
  const missing = tickers.filter(({ ticker }) => !signals[ticker] || signals[ticker].isOld || signals[ticker].kind === 'ERROR');
  if (missing.length > 0 && !running && !refused) {
    requestRows(missing.slice(0, MAX_AT_ONCE).map(({ ticker }) => ticker).join(','));
  }
}

/** Rows stream in, and a newer round ends an older one. */
async function requestRows(names) {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  await screen(names, signalQuery(), (row) => mine.signal.aborted || noteSignal(row.ticker, row), mine.signal)
    .catch((problem) => { refused = mine.signal.aborted ? refused : problem.refused === true; });
  if (running === mine) {
    running = null;
    if (!refused) {
      signals = Object.fromEntries(Object.entries(signals).filter(([, { isOld }]) => !isOld));
      show();
    }
  }
}

/** Keeps the signal of the last bar or, without a new one, the position. */
export function noteSignal(ticker, { error, signal, position, reason }) {
  signals[ticker] = error
    ? { kind: 'ERROR', reason: error.detail }
    : { kind: signal === 'HOLD' ? position : signal, reason };
  if (!waiting) {
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      show();
    });
  }
}

/** Returns what the list has of a ticker: null if the ticker is not in it, undefined as long as there is no list. */
export const summaryOf = (ticker) => (tickers ? tickers.find((each) => each.ticker === ticker) ?? null : undefined);

/** Shows the list, as soon as one has come. */
export function show() {
  if (!tickers) {
    return;
  }
  const filter = byId('ticker-filter').value.trim().toUpperCase();
  const visible = tickers.filter(({ ticker }) => ticker.includes(filter));
  const reachable = visible.some(({ ticker }) => ticker === choices.ticker) ? choices.ticker : visible[0]?.ticker;
  reconcile(byId('ticker-list'), visible, ({ ticker }) => ticker, row, (item, summary) => fill(item, summary, reachable));
  reconcile(byId('ticker-choice'), tickers, ({ ticker }) => ticker, ({ ticker }) => element('option', { value: ticker }, ticker), describe);
  byId('ticker-choice').value = choices.ticker;
  scrollToChosen();
  setText(byId('ticker-count'), tickers.length ? whole(tickers.length) : '');
  if (tickers.length > 0) {
    showState(byId('ticker-state'), visible.length ? '' : 'No ticker like this');
  } else {
    showState(
      byId('ticker-state'), 'No quotes yet',
      element('p', { class: 'hint' }, 'Drop a CSV file anywhere on this page, or choose one.'),
      element('button', { type: 'button', onclick: () => openImport() }, 'Choose a file'));
  }
}

/** On a phone the list is a menu, and its rows are texts. */
function describe(option, { ticker }) {
  const { kind, isOld } = signals[ticker] ?? {};
  setText(option, kind && !isOld ? `${ticker} · ${kind}` : ticker);
}

/** Brings the chosen ticker into view, once: afterwards the list stays where the user scrolls it. */
function scrollToChosen() {
  const list = byId('ticker-list');
  const chosen = list.querySelector('[aria-current="true"]')?.parentElement;
  if (chosen && scrolledTo !== choices.ticker) {
    scrolledTo = choices.ticker;
    const top = chosen.offsetTop - list.offsetTop;
    if (top < list.scrollTop || top + chosen.offsetHeight > list.scrollTop + list.clientHeight) {
      list.scrollTop = top - list.clientHeight / 2;
    }
  }
}

function row({ ticker }) {
  return element('li', {}, element(
    'button', { type: 'button', class: 'ticker', 'data-ticker': ticker, onclick: () => choose(ticker) },
    element('b', {}, ticker), badge(''), element('small')));
}

/** One ticker is on the way of the Tab key, the others are reached from it with the arrow keys. */
function fill(item, { ticker, count, lastClose }, reachable) {
  const button = item.firstChild;
  const current = ticker === choices.ticker;
  button.tabIndex = ticker === reachable ? 0 : -1;
  current ? button.setAttribute('aria-current', 'true') : button.removeAttribute('aria-current');
  const { kind = '', reason = '', isOld = false } = signals[ticker] ?? {};
  const mark = button.querySelector('.badge');
  mark.hidden = !kind;
  mark.dataset.kind = kind;
  mark.title = reason;
  mark.dataset.old = String(isOld);
  setText(mark, kind);
  setText(button.querySelector('small'), `${price(lastClose)} · ${bars(count)}`);
}
