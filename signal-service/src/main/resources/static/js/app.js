import { getJson, Problem, repeat } from './api.js';
import { draw, paint } from './chart.js';
import { choices, readChoices, signalQuery, writeChoices } from './choices.js';
import { buildControls, isOverlay, showControls, watchedLines } from './controls.js';
import { byId, element, setText, showState, spinner } from './dom.js';
import { loadEndpoints, noteServing } from './endpoints.js';
import { duration, moment } from './format.js';
import { clear, describe } from './reading.js';
import { followTheme } from './theme.js';
import { loadBadges, loadTickers, noteSignal, setUpTickers, show as showTickers } from './tickers.js';

const SIGNAL_EVERY = 2000;
const TICKERS_EVERY = 5000;
const ENDPOINTS_EVERY = 1000;

let ready = false;
let request = 0;
let bars = null;
let revision = -1;

const path = (resource) => `${resource}/${encodeURIComponent(choices.ticker)}`;

/**
 * Loads bars, indicators and signal of what is chosen and draws them; an answer that comes too late is dropped.
 *
 * @param fit whether to move to the newest bars
 * @param quiet whether to leave the screen as it is until there is an answer
 */
async function load(fit, quiet = !fit) {
  if (!ready || !choices.ticker) {
    return;
  }
  const mine = ++request;
  const keys = [...new Set([...watchedLines(), ...choices.indicators])];
  if (!quiet) {
    showState(byId('chart-state'), `Loading ${choices.ticker}`, spinner());
  }
  const [newBars, signal, indicators] = await Promise.allSettled([
    getJson(path('bars')), getJson(path('signals'), signalQuery()), getJson(path('indicators'), { i: keys.join(',') }),
  ]);
  if (mine !== request) {
    return;
  }
  if (newBars.status === 'rejected') {
    fail(newBars.reason, fit);
    return;
  }
  refuse(signal.reason ?? indicators.reason);
  bars = newBars.value;
  revision = bars.source.revision;
  const events = signal.value?.events ?? [];
  draw({ bars, columns: columns(keys, indicators.value?.series ?? {}), events }, fit);
  showState(byId('chart-state'), bars.count ? '' : 'No bars', element('p', {}, `${choices.ticker} is known but has none.`));
  if (signal.value) {
    describe(bars, signal.value);
  }
  tellSource(bars.source);
}

/** Groups "macd:12:26:9.signal" and its siblings under "macd:12:26:9". */
function columns(keys, series) {
  const grouped = {};
  for (const [name, values] of Object.entries(series)) {
    const key = keys.find((candidate) => name === candidate || name.startsWith(`${candidate}.`)) ?? name.replace(/\.[a-z]+$/, '');
    grouped[key] ??= { overlay: isOverlay(key), outputs: {} };
    grouped[key].outputs[name] = values;
  }
  return grouped;
}

function fail(problem, fit) {
  if (bars && !fit) {
    refuse(problem);
    return;
  }
  bars = null;
  showState(
    byId('chart-state'), problem.title, element('p', {}, problem.message),
    element('button', { type: 'button', onclick: () => load(true) }, 'Try again'));
}

/** Says what the service would not do; says nothing without a problem. */
function refuse(problem) {
  byId('refused').hidden = !(problem instanceof Problem);
  setText(byId('refused'), problem instanceof Problem ? problem.message || problem.title : '');
}

function tellSource({ endpoint, dataAsOf, stale, staleSeconds, revision: number }) {
  noteServing(stale ? '' : endpoint);
  byId('stale').hidden = !stale;
  setText(byId('stale'), stale
    ? `No replica of stock-service answers. These are the bars ${endpoint} gave ${duration(staleSeconds)} ago.` : '');
  setText(byId('source'), `Bars from ${endpoint}, revision ${number}, as of ${moment(dataAsOf)} UTC`);
}

/** Asks for the signal alone, and for the rest only when bars have changed. */
async function refresh() {
  if (!ready || !choices.ticker) {
    return;
  }
  if (!bars) {
    await load(true, true);
    return;
  }
  const mine = request;
  try {
    const signal = await getJson(path('signals'), signalQuery());
    if (mine !== request) {
      return;
    }
    tellSource(signal.source);
    noteSignal(signal.ticker, signal);
    if (signal.source.revision !== revision) {
      await load(false);
    }
  } catch (problem) {
    if (mine === request) {
      refuse(problem);
    }
  }
}

function choose(ticker, visit = true) {
  choices.ticker = ticker;
  writeChoices(visit);
  showTicker();
  load(true);
}

function showTicker() {
  document.title = `${choices.ticker} · Trading signals`;
  clear(choices.ticker);
  showTickers();
}

function changed() {
  writeChoices();
  loadBadges();
  load(false);
}

async function start() {
  try {
    await buildControls(changed);
    ready = true;
    if (choices.ticker) {
      showTicker();
    }
    load(true);
  } catch (problem) {
    showState(byId('chart-state'), problem.title, element('p', {}, problem.message), spinner());
    setTimeout(start, SIGNAL_EVERY);
  }
}

readChoices();
followTheme(paint);
setUpTickers(choose);
showState(byId('chart-state'), 'Loading', spinner());
addEventListener('popstate', () => {
  readChoices();
  showControls();
  showTicker();
  load(true);
});
await start();
repeat(async () => {
  const names = await loadTickers();
  if (!choices.ticker && names.length > 0) {
    choose(names[0], false);
  } else if (!choices.ticker) {
    showState(byId('chart-state'), 'Nothing to draw yet', element('p', {}, 'As soon as there are quotes, they appear here.'));
  }
}, TICKERS_EVERY);
repeat(refresh, SIGNAL_EVERY);
repeat(loadEndpoints, ENDPOINTS_EVERY);
